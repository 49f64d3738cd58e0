"""Which loads are in force: what a release is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from graph_app.journal.errors import JournalError
from graph_app.journal.events import Event, EventType
from graph_app.journal.inbox import KeptFile
from loaders.datasets import Dataset

__all__ = ["Load", "dataset_details", "load_of", "loads_in_force", "published_details", "undone"]


@dataclass(frozen=True, slots=True)
class Load:
    """The bytes and the description of one dataset, as one event published them.

    :param dataset: what they are.
    :param files: the files, all of them in the inbox.
    :param folder: whether they make up a folder rather than being one file.
    :param name: name of the file or folder.
    :param event: the event.
    """

    dataset: Dataset
    files: tuple[KeptFile, ...]
    folder: bool
    name: str
    event: Event = field(compare=False)


def dataset_details(dataset: Dataset) -> dict[str, Any]:
    """Return the description of a dataset in plain values, from which :class:`Dataset` makes it again.

    :param dataset: the dataset.
    """
    values = ((member, getattr(dataset, member)) for member in Dataset.__dataclass_fields__)
    return {member: dict(value) if isinstance(value, Mapping) else value for member, value in values}


def published_details(dataset: Dataset, files: Iterable[KeptFile], *, folder: bool, name: str) -> dict[str, Any]:
    """Return what an event that publishes a load says.

    :param dataset: what the files are.
    :param files: the files.
    :param folder: whether they make up a folder.
    :param name: name of the file or folder.
    """
    return {
        "dataset": dataset_details(dataset),
        "files": [asdict(file) for file in files],
        "folder": folder,
        "name": name,
    }


def load_of(event: Event) -> Load:
    """Read what a ``published`` event says.

    :param event: the event.
    :raises JournalError: if it describes no load that this version of the program knows.
    """
    try:
        details: Mapping[str, Any] = event.details
        return Load(
            dataset=Dataset(**details["dataset"]),
            files=tuple(KeptFile(**file) for file in details["files"]),
            folder=details["folder"],
            name=details["name"],
            event=event,
        )
    except (KeyError, TypeError) as error:
        raise JournalError(
            "Event {seq} describes a load in a way that this version of the program does not know ({error}). Use "
            "the version that wrote it, or a newer one.",
            seq=event.seq,
            error=error,
        ) from error


def undone(events: Iterable[Event]) -> dict[str, Event]:
    """Return the hash of each event that was undone, with the event that did it.

    :param events: all events.
    """
    return {event.details["event"]: event for event in events if event.type is EventType.REVERTED}


def loads_in_force(events: Iterable[Event]) -> tuple[Load, ...]:
    """Return the loads of which a release is made: of each dataset the latest one that was not undone.

    :param events: all events.
    :returns: the loads, by key of their dataset.
    :raises JournalError: if one cannot be read.
    """
    events = tuple(events)
    gone = undone(events)
    latest: dict[str, Load] = {}
    for event in events:
        if event.type is EventType.PUBLISHED and event.hash not in gone:
            load = load_of(event)
            latest[load.dataset.key] = load
    return tuple(latest[key] for key in sorted(latest))
