"""Readers: each knows one file format and gives records, never triples."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from loaders.errors import SourceFault
from loaders.findings import Location, finding
from loaders.sources import cordis, curated, endpoint, iati, iati_tables, mapped, template, threesixty
from loaders.sources.files import shown_name
from loaders.sources.look import Look
from loaders.sources.registry import Source

__all__ = ["SOURCES", "Detection", "Source", "detect"]

#: Every format that can be read, by its name, in the order in which a file is compared with them.
SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        source.name: source
        for source in (
            curated.SOURCE,
            cordis.SOURCE,
            threesixty.SOURCE,
            iati.SOURCE,
            iati_tables.SOURCE,
            endpoint.SOURCE,
            mapped.SOURCE,
            template.SOURCE,
        )
    }
)


@dataclass(frozen=True, slots=True)
class Detection:
    """What a file was taken for.

    :param source: the format.
    :param reason: why, as a sentence.
    """

    source: Source
    reason: str


def detect(path: Path) -> Detection:
    """Find out which source reads a file or folder, by what is in it.

    :param path: the file or folder.
    :returns: the first format that recognises it, else the one for files of its ending, whose reader says what does not
        fit: for tables and folders that is the template.
    :raises SourceError: if it is nothing that any format could be.
    """
    # A pipe or device may never give its first byte; whoever reads it refuses it.
    look = Look(path)
    for source in SOURCES.values() if path.is_file() or path.is_dir() else ():
        reason = source.recognise(look)
        if reason:
            return Detection(source, reason)
    # A folder has the ending "", a file without one has none that any format reads.
    ending = "" if path.is_dir() else path.suffix.lower() or None
    usual = [source for source in SOURCES.values() if ending in source.suffixes]
    if template.SOURCE in usual or len(usual) == 1:
        source = template.SOURCE if template.SOURCE in usual else usual[0]
        like_it = f"files that end in {ending}" if ending else "folders"
        other = (
            " `intgraph map suggest` drafts a map for any other table." if ending and source is template.SOURCE else ""
        )
        return Detection(source, f"No format recognises its content, and {like_it} are usually this.{other}")
    known = ", ".join(sorted({suffix for source in SOURCES.values() for suffix in source.suffixes if suffix}))
    raise SourceFault(finding("file-format", Location(shown_name(path.name)), suffixes=known))
