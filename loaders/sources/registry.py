"""What a source is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loaders.batches import Batch
from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.records import Record
from loaders.sources.look import Look

__all__ = ["Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """One file format and its reader.

    :param name: key of the format, as ``data/datasets.yaml`` and the command line write it.
    :param title: language to the name that people see.
    :param suffixes: endings of its files; a folder has the ending ``""``.
    :param read: path and dataset to records and findings, streaming.
    :param recognise: look at a file to the reason, as a sentence in English, why it is of this format, or empty where
        it is not; never raises for a file that is something else.
    :param batches: the same as ``read``, records of plain rows together; ``None`` where no reader gives it so.
    :param namespace: identifier space that all files of the format share, or empty where each dataset has its own.
    :param published: whether others publish such files, whom nobody here can ask to repair them: what cannot be used is
        then left out and said, where an entry of our own keeps the whole file out.
    :param addresses: whether an id in its files may be the address of an entity of the graph: in entries of our own,
        and where a query constructs the IRIs; else every id stays within the identifier space of its source.
    :param repairable: whether who hands in such a file as a new entry says what is in it and edits its cells, so that
        what cannot be used keeps it out there, although others publish such files too.
    """

    name: str
    title: Mapping[str, str] = field(hash=False)
    suffixes: tuple[str, ...]
    read: Callable[[Path, Dataset], Iterator[Record | Finding]]
    recognise: Callable[[Look], str]
    batches: Callable[[Path, Dataset], Iterator[Record | Batch | Finding]] | None = None
    namespace: str = ""
    published: bool = False
    addresses: bool = False
    repairable: bool = False
