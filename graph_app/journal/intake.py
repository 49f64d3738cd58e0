"""Take data in: keep its bytes, check what was kept, and publish it as one event, or not at all."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.events import Event
from graph_app.journal.fresh import keep_fresh
from graph_app.journal.inbox import Inbox
from graph_app.journal.journal import Journal
from graph_app.journal.keeper import Keeper
from graph_app.journal.loads import Load, loads_in_force
from graph_app.journal.reading import NOBODY, nobody_looks, read_kept
from graph_app.journal.usable import refuse_unusable
from graph_app.settings import Settings
from loaders.changes import Changes, Contents, compare
from loaders.datasets import Dataset, read_datasets
from loaders.errors import SourceFault
from loaders.findings import Finding, Severity
from loaders.tally import Tally

__all__ = ["DATASETS", "Intake", "open_inbox", "open_journal", "take_in", "take_in_all"]

logger = logging.getLogger(__name__)

Progress = Callable[[str], None]
Listener = Callable[[Finding], None]

#: The list of datasets in the data folder.
DATASETS = "datasets.yaml"


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a file or folder.

    :param event: the event that publishes it, or ``None`` where it was refused.
    :param tally: what reading it came to; nothing where it was in force already.
    :param changed: whether the journal has grown.
    :param changes: kind of entity to what differs from the file in whose place it comes; empty where it is the first of
        its dataset, or was refused.
    """

    event: Event | None
    tally: Tally
    changed: bool
    changes: Mapping[str, Changes] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What its loader found: all, or the first of each rule where there are very many."""
        return tuple(self.tally.examples)


def take_in(
    path: Path,
    dataset: Dataset,
    settings: Settings,
    progress: Progress = lambda _: None,
    listen: Listener = lambda _: None,
    keeper: Keeper = NOBODY,
) -> Intake:
    """Take in a file or folder, all or nothing.

    What is checked are the bytes that were kept, whatever happens to the file meanwhile. The same bytes and description
    as are in force change nothing, so that this can be tried again after any failure.

    :param path: the file, or the folder of a source that is a folder.
    :param dataset: what it is; takes the place of what the dataset held before.
    :param settings: where inbox and journal are, and who acts.
    :param progress: told in a sentence what is done next.
    :param listen: told of every finding as it comes.
    :param keeper: handed what the file gives.
    :returns: the event; or findings, a violation among them, where nothing was published.
    :raises SourceError: if the format of the dataset is unknown.
    :raises JournalError: if the bytes cannot be kept, the event cannot be written, or the description of the dataset
        cannot be used.
    """
    return _take_in(path, dataset, settings, open_journal(settings), progress, listen, keeper)


def take_in_all(settings: Settings, progress: Progress = lambda _: None, keeper: Keeper = NOBODY) -> tuple[Intake, ...]:
    """Take in everything that ``data/datasets.yaml`` names, each dataset by itself.

    :param settings: where data, inbox and journal are, and who acts.
    :param progress: told in a sentence what is done next.
    :param keeper: handed what each file gives.
    :returns: what became of each dataset, in the order of the list; a refused one does not keep others out.
    :raises SourceError: if the list cannot be read, or names an unknown format.
    :raises JournalError: as :func:`take_in`.
    """
    journal = open_journal(settings)  # one for all, so that it is read once
    return tuple(
        _take_in(settings.data / dataset.file, dataset, settings, journal, progress, lambda _: None, keeper)
        for dataset in read_datasets(settings.data / DATASETS)
    )


def _take_in(
    path: Path,
    dataset: Dataset,
    settings: Settings,
    journal: Journal,
    progress: Progress,
    listen: Listener,
    keeper: Keeper,
) -> Intake:
    def hear(found: Finding) -> None:
        keeper.find(found)
        listen(found)

    refuse_unusable(dataset)
    inbox = open_inbox(settings)
    tally = Tally()
    try:
        progress(f"Keeping {path}")
        fresh = keep_fresh(path, dataset, inbox)
        known = fresh.in_force(journal.events())
        if known is not None:
            return Intake(known, tally, changed=False)
        progress(f"Reading {dataset.key}")
        before = _before(dataset, journal)
        contents = Contents(dataset.namespace)
        look = contents.take if before else nobody_looks
        read_kept(fresh, inbox, settings.base, tally, hear, keeper, look)
    except SourceFault as fault:
        tally.find(*fault.findings)
        for found in fault.findings:
            listen(found)
        return Intake(None, tally, changed=False)
    if any(found.severity is Severity.VIOLATION for found in tally.examples):
        return Intake(None, tally, changed=False)
    changes = _changes(before, contents, inbox, settings, progress) if before else {}
    event, changed = fresh.publish(journal, settings.actor)
    keeper.publish(event)
    return Intake(event, tally, changed=changed, changes=changes)


def _before(dataset: Dataset, journal: Journal) -> Load | None:
    """Return what a dataset holds so far."""
    return next((load for load in loads_in_force(journal.events()) if load.dataset.key == dataset.key), None)


def _changes(
    before: Load, contents: Contents, inbox: Inbox, settings: Settings, progress: Progress
) -> Mapping[str, Changes]:
    """Compare a file with the one in whose place it comes."""
    progress(f"Comparing with event {before.event.seq}")
    try:
        earlier = Contents(before.dataset.namespace)
        read_kept(before, inbox, settings.base, Tally(), look=earlier.take)
        return compare(earlier, contents)
    except SourceFault as fault:  # read by an earlier version of the program; what replaces it is sound
        logger.warning("Event %d cannot be compared: %s", before.event.seq, fault)
        return {}
