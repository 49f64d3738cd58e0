"""Readers: each knows one file format and gives records, never triples."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from loaders.errors import SourceFault
from loaders.findings import Location, finding
from loaders.sources import curated, template
from loaders.sources.files import shown_name
from loaders.sources.registry import Source

__all__ = ["SOURCES", "Source", "detect"]

#: Every format that can be read, by its name.
SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        source.name: source
        for source in (
            Source(
                "curated",
                {"en": "Curated records (YAML)", "cs": "Ručně vedené záznamy (YAML)"},
                (".yaml", ".yml"),
                curated.read,
            ),
            Source(
                "template",
                {
                    "en": "Template of Integration Graph (XLSX or CSV)",
                    "cs": "Šablona Integration Graph (XLSX nebo CSV)",
                },
                (*template.SUFFIXES, ""),
                template.read,
            ),
        )
    }
)


def detect(path: Path) -> Source:
    """Return the source that reads a file or folder, told by its ending.

    :param path: the file or folder.
    :raises SourceError: if no format has such an ending.
    """
    suffix = "" if path.is_dir() else path.suffix.lower()
    for source in SOURCES.values():
        if suffix in source.suffixes:
            return source
    known = ", ".join(suffix for source in SOURCES.values() for suffix in source.suffixes if suffix)
    raise SourceFault(finding("file-format", Location(shown_name(path.name)), suffixes=known))
