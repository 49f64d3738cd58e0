"""What a release says about its datasets and about the files of its content."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph_app.journal.events import canonical
from graph_app.journal.loads import Load, published_details

__all__ = ["DatasetNote", "FileNote", "Part", "hash_of", "load_digest", "part_name"]


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file that was loaded.

    :param name: the name under which it came.
    :param sha256: its hash, under which the inbox holds it.
    :param size: its bytes.
    """

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class DatasetNote:
    """What a release says about one of its datasets.

    :param key: its stable name.
    :param title: language to title.
    :param publisher: who published it.
    :param licence: IRI of its licence, or words.
    :param retrieved: day of retrieval, ISO 8601, or empty where unknown.
    :param files: the files that were loaded, as they are in the inbox.
    :param event: hash of the event that published them.
    :param load: hash of what that event says: the same bytes and description, published again, give the same.
    """

    key: str
    title: Mapping[str, str] = field(hash=False)
    publisher: str = ""
    licence: str = ""
    retrieved: str = ""
    files: tuple[FileNote, ...] = ()
    event: str = ""
    load: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the content of a release: sorted N-Quads, each line once, values exactly as they were loaded.

    :param name: its name.
    :param sha256: its hash.
    :param size: its bytes.
    :param statements: its lines.
    """

    name: str
    sha256: str
    size: int
    statements: int


def load_digest(load: Load) -> str:
    """Return what tells loads apart that give other content; who published them, and how, does not.

    :param load: the load.
    """
    details = published_details(load.dataset, load.files, folder=load.folder, name=load.name)
    return hashlib.sha256(canonical(details)).hexdigest()


def part_name(dataset: str) -> str:
    """Return the name of the file that holds a dataset.

    :param dataset: its key.
    """
    return f"{dataset}.nq"


def hash_of(parts: Iterable[Part]) -> str:
    """Return the hash of a content, which anyone can compute by ``LC_ALL=C sha256sum *.nq | sha256sum``.

    :param parts: its files.
    """
    lines = sorted((part.name, f"{part.sha256}  {part.name}\n") for part in parts)
    return hashlib.sha256("".join(line for _, line in lines).encode()).hexdigest()
