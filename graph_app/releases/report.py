"""How a release was made: in which steps, how long each took, and what changed."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

__all__ = ["UNKNOWN", "BuildReport", "Kind", "Progress", "Steps"]

Progress = Callable[[str], None]


class Kind(StrEnum):
    """How a store can be made."""

    FULL = "full"
    INCREMENTAL = "incremental"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """How a release was made.

    :param kind: from its content alone, or from the release before it.
    :param seconds: how long it took.
    :param steps: step to seconds, in order.
    :param added: statements that it has and the release before it has not.
    :param removed: statements that the release before it has and it has not.
    """

    kind: Kind
    seconds: float
    steps: Mapping[str, float] = field(hash=False)
    added: int
    removed: int


#: Of a release that was not built but put together, as measurements and tests do.
UNKNOWN = BuildReport(Kind.FULL, 0.0, MappingProxyType({}), 0, 0)


class Steps:
    """Tells each step as it begins, and notes how long it takes.

    :param progress: told in a sentence what is done next.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._begun = self._latest = time.monotonic()
        self._step = ""
        self.seconds: dict[str, float] = {}

    def begin(self, step: str) -> None:
        """Begin a step, which ends the one before it.

        :param step: what is done, as a sentence without its full stop.
        """
        self._end()
        self._step = step
        self._progress(step)

    def report(self, kind: Kind, added: int, removed: int) -> BuildReport:
        """End the last step.

        :param kind: how the store was made.
        :param added: statements that came.
        :param removed: statements that went.
        :returns: the report.
        """
        self._end()
        return BuildReport(kind, round(time.monotonic() - self._begun, 3), dict(self.seconds), added, removed)

    def _end(self) -> None:
        now = time.monotonic()
        if self._step:
            self.seconds[self._step] = round(now - self._latest, 3)
        self._step, self._latest = "", now
