"""What a source is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loaders.findings import Finding
from loaders.records import Record

__all__ = ["Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """One file format and its reader.

    :param name: key of the format, as ``data/datasets.yaml`` and the command line write it.
    :param title: language to the name that people see.
    :param suffixes: endings of its files; a folder has the ending ``""``.
    :param read: path and dataset key to records and findings, streaming.
    """

    name: str
    title: Mapping[str, str] = field(hash=False)
    suffixes: tuple[str, ...]
    read: Callable[[Path, str], Iterator[Record | Finding]]
