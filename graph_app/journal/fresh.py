"""Files that were kept and described, and become what a dataset holds by one event."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from graph_app.journal.events import START, Event, EventType, canonical
from graph_app.journal.inbox import Inbox, KeptFile, plain_name
from graph_app.journal.journal import Journal
from graph_app.journal.loads import Load, load_of, loads_in_force, published_details
from loaders.datasets import Dataset
from loaders.sources.files import refuse_links_out

__all__ = ["Fresh", "keep_all", "keep_fresh"]

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is to be published.

    :param dataset: what the files are.
    :param files: the files, all of them kept.
    :param folder: whether they make up a folder rather than being one file.
    :param name: name of the file or folder.
    """

    dataset: Dataset
    files: tuple[KeptFile, ...]
    folder: bool
    name: str

    @property
    def details(self) -> dict[str, object]:
        """What the event says that publishes it."""
        return published_details(self.dataset, self.files, folder=self.folder, name=self.name)

    def in_force(self, events: Iterable[Event]) -> Event | None:
        """Return the event that has published just this, if it is in force.

        :param events: all events.
        """
        for known in loads_in_force(events):
            if known == Load(self.dataset, self.files, self.folder, self.name, known.event):
                return known.event
        return None

    def publish(self, journal: Journal, actor: str, further: Mapping[str, object] = _NOTHING) -> tuple[Event, bool]:
        """Publish it, unless it is in force already: somebody else may have published the same meanwhile.

        :param journal: where to.
        :param actor: who publishes it.
        :param further: what else the event says.
        :returns: the event, and whether it is a new one.
        :raises JournalError: if it cannot be written.
        """
        with journal.writing() as writer:
            known = self.in_force(writer.events)
            event = known or writer.append(
                EventType.PUBLISHED, {**self.details, **further}, event_id=self._id_after(writer.events), actor=actor
            )
        return event, known is None

    def _id_after(self, events: Iterable[Event]) -> str:
        """Return an id that a retry repeats; the same bytes after others, or after they were undone, give another."""
        latest = START.hash
        hashes: set[str] = set()
        for event in events:
            mine = event.type is EventType.PUBLISHED and load_of(event).dataset.key == self.dataset.key
            if mine:
                hashes.add(event.hash)
            if mine or (event.type is EventType.REVERTED and event.details["event"] in hashes):
                latest = event.hash
        return "load-" + hashlib.sha256(canonical([latest, self.details])).hexdigest()


def keep_fresh(path: Path, dataset: Dataset, inbox: Inbox) -> Fresh:
    """Keep a file or folder that is to be published.

    :param path: the file or folder.
    :param dataset: what it is.
    :param inbox: where it is kept.
    :raises SourceFault: as :func:`keep_all`.
    :raises JournalError: as :func:`keep_all`.
    """
    return Fresh(dataset, keep_all(path, inbox), path.is_dir(), plain_name(path.absolute().name))


def keep_all(path: Path, inbox: Inbox) -> tuple[KeptFile, ...]:
    """Keep a file, or each file of a folder.

    :param path: the file or folder.
    :param inbox: where they are kept.
    :returns: the files, by name.
    :raises SourceFault: if one cannot be read, or is a link that leads out of the folder.
    :raises JournalError: if one cannot be kept.
    """
    if not path.is_dir():
        return (inbox.keep(path),)
    refuse_links_out(path)
    # Readers of folders pass over hidden files too: editors and systems leave them.
    return tuple(inbox.keep(file) for file in sorted(path.iterdir()) if not file.name.startswith("."))
