"""Who keeps what files give while they are taken in, so that nobody has to read them again."""

from collections import deque
from collections.abc import Iterable

from graph_app.journal.events import Event
from loaders.findings import Finding

__all__ = ["Keeper"]


class Keeper:
    """Is handed all that a file gives; this one keeps none of it."""

    def write(self, lines: Iterable[str]) -> None:
        """Take the statements of a file, all of them.

        :param lines: texts of whole lines of N-Quads.
        """
        deque(lines, maxlen=0)

    def find(self, found: Finding) -> None:
        """Take a finding of the file that is being read.

        :param found: the finding.
        """

    def publish(self, event: Event) -> None:
        """Learn which event has published the file that was read last; without one, nothing of it counts.

        :param event: the event.
        """
