"""Files of 360Giving: their grants, of JSON or of tables, to records; and how such files are recognised."""

import re
from collections.abc import Iterator
from pathlib import Path

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.records import Record, SourceRef
from loaders.sources.files import LARGEST_PUBLISHED, SourceFile, read_file, shown_name
from loaders.sources.look import Look
from loaders.sources.tables import Table
from loaders.sources.threesixty.grants import Grants
from loaders.sources.threesixty.json_file import read_json
from loaders.sources.threesixty.parts import Node, Part, Sorter, place_of
from loaders.sources.threesixty.table_file import Sheet, find_header, read_sheets

__all__ = ["SUFFIXES", "read", "recognise"]

#: Endings of the files.
SUFFIXES = (".json", ".xlsx", ".csv")

_BEGINNING = 65_536
_LISTS_GRANTS = re.compile(r'\s*\{.*"grants"\s*:\s*\[', re.DOTALL)
#: Fields of which a table has at least these, if it holds grants and not anything else with an identifier.
_TELLING = ({"fundingOrganization", "recipientOrganization", "recipientIndividual"}, {"amountAwarded", "awardDate"})


def read(path: Path, dataset: Dataset) -> Iterator[Record | Finding]:
    """Read a file of 360Giving.

    :param path: a JSON file, a workbook or a CSV file.
    :param dataset: the dataset.
    :returns: records and findings in the order of the file; what was left out of the whole file comes last.
    :raises SourceError: if the file cannot be read at all.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SourceFault(finding("file-format", Location(shown_name(path.name)), suffixes=", ".join(SUFFIXES)))
    file = read_file(path, LARGEST_PUBLISHED)
    sorter, grants = Sorter(), Grants(dataset)
    if suffix == ".json":
        items = _sorted(read_json(file, dataset.key), sorter)
    else:
        items = _tabled(file, suffix, dataset, sorter)
    for item in items:
        if isinstance(item, Finding):
            yield item
        else:
            yield from grants.records(item)
    yield from sorter.told(file.name)


def _sorted(items: Iterator[tuple[dict[str, Node], SourceRef] | Finding], sorter: Sorter) -> Iterator[Part | Finding]:
    """Turn what a file says of each grant into the grant or part of one."""
    for item in items:
        if isinstance(item, Finding):
            yield item
        else:
            part, faults = sorter.grant(*item)
            yield from faults
            yield part


def _tabled(file: SourceFile, suffix: str, dataset: Dataset, sorter: Sorter) -> Iterator[Part | Finding]:
    """Yield the grants of the main tables, each with its parts of other tables, which are read before them."""
    separated = suffix == ".csv"
    parts: dict[str, list[Part]] = {}
    if not separated:
        yield from _parts(file, dataset, sorter, parts)
    found = False
    for sheet in read_sheets(file, separated=separated):
        if isinstance(sheet, Finding):
            yield sheet
            continue
        found = True
        if sheet.header.main or separated:
            yield from (_whole(item, parts) for item in _sorted(sheet.trees(dataset.key), sorter))
    if not found:
        raise SourceFault(finding("threesixty-no-table", Location(file.name)))
    for identifier, lost in parts.items():
        for part in lost:
            yield finding("threesixty-part-alone", place_of(part.source, part.cell("id")), value=identifier)


def _whole(item: Part | Finding, parts: dict[str, list[Part]]) -> Part | Finding:
    """Join a grant with its parts of other tables, and take these from what is left."""
    if isinstance(item, Part):
        for part in parts.pop(item.text("id"), ()):
            item = item.joined(part)
    return item


def _parts(file: SourceFile, dataset: Dataset, sorter: Sorter, parts: dict[str, list[Part]]) -> Iterator[Finding]:
    """Collect the rows of the tables that hold parts of grants, by the identifier of the grant."""
    for sheet in read_sheets(file, separated=False):
        if isinstance(sheet, Sheet) and not sheet.header.main:
            for part in _sorted(sheet.trees(dataset.key), sorter):
                if isinstance(part, Finding):
                    yield part
                elif identifier := part.text("id"):
                    parts.setdefault(identifier, []).append(part)
                else:
                    yield finding("threesixty-without-identifier", place_of(part.source))


def recognise(look: Look) -> str:
    """Recognise a file of grants by the beginning of its content.

    :param look: a look at the file.
    :returns: the reason, or an empty string.
    """
    path, suffix = look.path, look.path.suffix.lower()
    try:
        if not path.is_file() or suffix not in SUFFIXES:
            return ""
        if suffix == ".json":
            with path.open("rb") as stream:
                beginning = stream.read(_BEGINNING).decode("utf-8-sig", errors="replace")
            return "It is a JSON object that lists “grants”." if _LISTS_GRANTS.match(beginning) is not None else ""
    except OSError:
        return ""
    return "Its headings are those of 360Giving grants." if any(map(_telling, look.tables())) else ""


def _telling(table: Table) -> bool:
    header, _, _ = find_header(table)
    names = {path[0] for path in header.paths.values()} if header is not None else set()
    return all(names & some for some in _TELLING)
