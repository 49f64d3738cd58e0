"""Take data in: keep its bytes, check what was kept, and publish it as one event, or not at all."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.errors import JournalError
from graph_app.journal.events import START, Event, EventType, canonical
from graph_app.journal.inbox import Inbox, KeptFile, plain_name
from graph_app.journal.journal import Journal
from graph_app.journal.loads import Load, load_of, loads_in_force, published_details
from graph_app.settings import Settings
from loaders.datasets import Dataset, read_datasets
from loaders.errors import SourceFault
from loaders.findings import Finding, Severity
from loaders.load import load_lines
from loaders.sources.files import refuse_links_out

__all__ = ["DATASETS", "Intake", "open_inbox", "open_journal", "take_in", "take_in_all"]

Progress = Callable[[str], None]

#: The list of datasets in the data folder.
DATASETS = "datasets.yaml"

#: Keys are parts of IRIs and names of files; those of what every release holds beside its datasets are taken.
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_TAKEN = frozenset(("derived", "integration-graph", "ontology"))


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a file or folder.

    :param event: the event that publishes it, or ``None`` where it was refused.
    :param findings: what its loader found; nothing where it was in force already.
    :param changed: whether the journal has grown.
    """

    event: Event | None
    findings: tuple[Finding, ...]
    changed: bool


def take_in(path: Path, dataset: Dataset, settings: Settings, progress: Progress = lambda _: None) -> Intake:
    """Take in a file or folder, all or nothing.

    What is checked are the bytes that were kept, whatever happens to the file meanwhile. The same bytes and description
    as are in force change nothing, so that this can be tried again after any failure.

    :param path: the file, or the folder of a source that is a folder.
    :param dataset: what it is; takes the place of what the dataset held before.
    :param settings: where inbox and journal are, and who acts.
    :param progress: told in a sentence what is done next.
    :returns: the event; or findings, a violation among them, where nothing was published.
    :raises SourceError: if the format of the dataset is unknown.
    :raises JournalError: if the bytes cannot be kept, the event cannot be written, or the key of the dataset cannot be
        used.
    """
    return _take_in(path, dataset, settings, open_journal(settings), progress)


def take_in_all(settings: Settings, progress: Progress = lambda _: None) -> tuple[Intake, ...]:
    """Take in everything that ``data/datasets.yaml`` names, each dataset by itself.

    :param settings: where data, inbox and journal are, and who acts.
    :param progress: told in a sentence what is done next.
    :returns: what became of each dataset, in the order of the list; a refused one does not keep others out.
    :raises SourceError: if the list cannot be read, or names an unknown format.
    :raises JournalError: as :func:`take_in`.
    """
    journal = open_journal(settings)  # one for all, so that it is read once
    return tuple(
        _take_in(settings.data / dataset.file, dataset, settings, journal, progress)
        for dataset in read_datasets(settings.data / DATASETS)
    )


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What is to be published."""

    dataset: Dataset
    files: tuple[KeptFile, ...]
    folder: bool
    name: str

    @property
    def details(self) -> dict[str, object]:
        return published_details(self.dataset, self.files, folder=self.folder, name=self.name)

    def in_force(self, events: Iterable[Event]) -> Event | None:
        """Return the event that has published just this, if it is in force."""
        for known in loads_in_force(events):
            if known == Load(self.dataset, self.files, self.folder, self.name, known.event):
                return known.event
        return None

    def id_after(self, events: Iterable[Event]) -> str:
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


def _take_in(path: Path, dataset: Dataset, settings: Settings, journal: Journal, progress: Progress) -> Intake:
    if not _KEY.fullmatch(dataset.key) or dataset.key in _TAKEN:
        raise JournalError(
            f"{dataset.key!r} cannot be the key of a dataset. Use letters without accents, digits, dots, hyphens and "
            f"underscores, and none of {', '.join(sorted(_TAKEN))}."
        )
    inbox = open_inbox(settings)
    try:
        progress(f"Keeping {path}")
        fresh = _Fresh(dataset, _keep(path, inbox), path.is_dir(), plain_name(path.absolute().name))
        known = fresh.in_force(journal.events())
        if known is not None:
            return Intake(known, (), changed=False)
        progress(f"Checking {dataset.key}")
        with inbox.lend(fresh.files, name=fresh.name, folder=fresh.folder) as laid:
            found = tuple(item for item in load_lines(laid, dataset, base=settings.base) if isinstance(item, Finding))
    except SourceFault as fault:
        return Intake(None, (fault.finding,), changed=False)
    if any(item.severity is Severity.VIOLATION for item in found):
        return Intake(None, found, changed=False)
    with journal.writing() as writer:
        known = fresh.in_force(writer.events)  # somebody else may have published the same meanwhile
        event = known or writer.append(
            EventType.PUBLISHED, fresh.details, id=fresh.id_after(writer.events), actor=settings.actor
        )
    return Intake(event, found, changed=known is None)


def _keep(path: Path, inbox: Inbox) -> tuple[KeptFile, ...]:
    if not path.is_dir():
        return (inbox.keep(path),)
    refuse_links_out(path)
    # Readers of folders pass over hidden files too: editors and systems leave them.
    return tuple(inbox.keep(file) for file in sorted(path.iterdir()) if not file.name.startswith("."))
