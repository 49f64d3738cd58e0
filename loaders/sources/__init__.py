"""Readers: each knows one file format and gives records, never triples."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from loaders.findings import Finding
from loaders.records import Record
from loaders.sources import curated

__all__ = ["SOURCES", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """One file format."""

    name: str
    read: Callable[[Path, str], Iterator[Record | Finding]]


SOURCES: Mapping[str, Source] = MappingProxyType({"curated": Source("curated", curated.read)})
