"""Any table of projects, through a column map."""

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.records import Record
from loaders.sources.files import shown_name
from loaders.sources.look import Look
from loaders.sources.mapped.column_map import PROJECT, ColumnMap
from loaders.sources.mapped.header import Header, find_header
from loaders.sources.mapped.known import KnownEntities
from loaders.sources.mapped.map_reader import parse_map
from loaders.sources.mapped.rows import read_row
from loaders.sources.mapped.shipped import fitting_map, map_names, shipped_map
from loaders.sources.mapped.table_reading import Reading, Seen
from loaders.sources.mapped.tables import SUFFIXES, first_rows, read_tables, split_head
from loaders.sources.registry import Source
from loaders.sources.tables import Row, Table, row_text

__all__ = ["SOURCE", "read"]


def read(path: Path, dataset: Dataset) -> Iterator[Record | Finding]:
    """Read a table through the column map of its dataset, or through the shipped map whose headings it has.

    :param path: the CSV file or workbook.
    :param dataset: the dataset; its ``map`` is the text of the map.
    :returns: records and findings in the order of the file.
    :raises SourceError: if the file or the map cannot be read, or the file does not have the columns of the map.
    """
    here = Location(shown_name(path.name))
    if dataset.map:
        return _read(path, dataset.key, parse_map(dataset.map), [])
    name = fitting_map(first_rows(Look(path)))
    if not name:
        raise SourceFault(finding("map-missing", here, names=", ".join(map_names())))
    return _read(path, dataset.key, shipped_map(name), [finding("map-chosen", here, name=name)])


def _read(path: Path, key: str, column_map: ColumnMap, said: list[Finding]) -> Iterator[Record | Finding]:
    yield from said
    wanted = column_map.table.sheet
    seen = Seen()
    found = False
    unfit: list[str] = []
    for table in read_tables(path, column_map.table):
        if wanted and table.sheet and table.sheet.strip() != wanted.strip():
            continue
        head, items = split_head(table)
        header = find_header(column_map, head)
        if header is None:
            unfit += [row_text(row) for row in head[:1]]
            continue
        found = True
        yield from _about(table, header, column_map)
        telling = header.place_of(PROJECT, "title"), header.place_of(PROJECT, "id")
        yield from _body(Reading(key, column_map, table, header, seen, KnownEntities(column_map.known), telling), items)
    if not found:
        headings = ", ".join(f"“{column.heading}”" for column in column_map.columns[:10])
        shown = "; ".join(unfit)
        raise SourceFault(
            finding("map-headings", Location(shown_name(path.name), wanted), value=shown, headings=headings)
        )
    yield from _end(path, column_map, seen)


def _about(table: Table, header: Header, column_map: ColumnMap) -> Iterator[Finding]:
    """Say once which columns are missing, left out or not in the map."""
    here = table.place()
    for column in header.missing:
        if not column.optional:
            yield finding("map-column-missing", here, value=column.heading)
    for part in column_map.parts.values():
        if part.persons is not None and part.persons.heading not in header.marks:
            raise SourceFault(finding("map-column-persons", here, value=part.persons.heading))
    if header.left_out:
        shown = "; ".join(f"{table.place(column=index).column}: {reason}" for index, reason in header.left_out.items())
        yield finding("map-left-out", here, columns=shown)
    if header.unread:
        shown = ", ".join(
            f"{table.place(column=index).column} “{heading[:60]}”" for index, heading in header.unread.items()
        )
        yield finding("map-unread", here, columns=shown)
    if column_map.key:
        shown = ", ".join(f"{part}.{name}" for part, name in column_map.key)
        yield finding("map-key-combined", here, fields=shown)


def _body(reading: Reading, items: Iterator[Row | Finding]) -> Iterator[Record | Finding]:
    first = reading.column_map.table.first_row or reading.header.row + 1
    for item in items:
        if isinstance(item, Finding):
            yield item
        elif item.number < first or item.blank:
            continue
        elif reading.column_map.not_read:
            reading.seen.rows += 1
        else:
            yield from read_row(reading, item)


def _end(path: Path, column_map: ColumnMap, seen: Seen) -> Iterator[Finding]:
    here = Location(shown_name(path.name))
    if not seen.rows:
        yield finding("map-no-rows", here)
    if column_map.not_read:
        yield finding("map-rows-left-out", here, rows=seen.rows, reason=column_map.not_read)
    if seen.asides:
        fields = ", ".join(f"{part}.{name}" for part, name in column_map.required)
        yield finding("map-asides", here, rows=len(seen.asides), first=seen.asides[0], fields=fields)
    if seen.numbers.again:
        yield finding("map-numbered", here, rows=seen.numbers.again)


def _recognise(look: Look) -> str:
    """Recognise a table by the headings of a shipped map."""
    if look.path.is_dir():
        return ""
    name = fitting_map(first_rows(look))
    return f"It has the headings of the column map {name}." if name else ""


SOURCE = Source(
    "mapped",
    MappingProxyType(
        {
            "en": "Table of any kind, through a column map (CSV or XLSX)",
            "cs": "Jakákoli tabulka, pomocí mapy sloupců (CSV nebo XLSX)",
        }
    ),
    SUFFIXES,
    read,
    _recognise,
    published=True,
    repairable=True,
)
