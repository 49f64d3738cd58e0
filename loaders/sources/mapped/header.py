"""The headings of a table: found among title rows, compared with those of a map."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loaders.letters import column_index, column_letter
from loaders.normalise.names import lookup_key
from loaders.sources.mapped.column_map import Column, ColumnMap
from loaders.sources.tables import Row

__all__ = ["LOOKED_AT", "Header", "find_header", "heading_names"]

#: Rows in which headings are looked for; titles, dates and explanations may stand above them.
LOOKED_AT = 40
#: Least share of a map's columns by which a row is taken for its headings.
_ENOUGH = 0.4
#: What stands between the languages of one heading, and before a remark in brackets.
_BETWEEN = re.compile(r"\s*[\r\n]+\s*|\s+/\s+|\s*\|\s*|\s+\(")


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of one table, as a map sees them.

    :param row: the row that they stand in, counted from 1.
    :param width: number of columns with a heading, counted to the last of them.
    :param places: index of a column of the table to the column of the map.
    :param missing: columns of the map that the table lacks.
    :param marks: heading of a column that only marks persons, to its index.
    :param unread: index of a column that the map does not name, to its heading.
    :param left_out: index of a column that the map leaves out, to the reason.
    """

    row: int
    width: int
    places: Mapping[int, Column]
    missing: tuple[Column, ...]
    marks: Mapping[str, int]
    unread: Mapping[int, str]
    left_out: Mapping[int, str]

    def place_of(self, part: str, field: str) -> int | None:
        """Return the index of the first column that fills a field, or ``None`` where none does.

        :param part: name of a part of the map.
        :param field: a field of it.
        """
        wanted = (part, field)
        found = (i for i, column in self.places.items() if wanted in [(t.part, t.field) for t in column.targets])
        return min(found, default=None)


#: Characters of a heading that are looked at; whatever is longer is none.
_LONGEST = 1_000


def heading_names(cell: str) -> tuple[str, ...]:
    """Return the look-up keys under which a heading is known: the whole of it, then its lines and languages.

    :param cell: the heading as written.
    """
    cell = cell[:_LONGEST]
    parts = [lookup_key(part) for part in _BETWEEN.split(cell)]
    return tuple(dict.fromkeys(part for part in (lookup_key(cell), *parts) if part))


def find_header(column_map: ColumnMap, rows: Iterable[Row]) -> Header | None:
    """Find the headings that a map names.

    :param column_map: the map.
    :param rows: the first rows of a table.
    :returns: the row that fits best, or ``None`` where too few of the map's columns are found in any.
    """
    stated = column_map.table.heading_row
    best: Header | None = None
    for row in rows:
        if row.blank or (stated is not None and row.number != stated):
            continue
        header = _header(column_map, row)
        if best is None or len(header.places) > len(best.places):
            best = header
    if best is None or not best.places:
        return None
    wanted = [column for column in column_map.columns if not column.optional]
    found = sum(column not in best.missing for column in wanted)
    return best if found >= _ENOUGH * len(wanted) else None


def _header(column_map: ColumnMap, row: Row) -> Header:
    free = {index: heading_names(cell) for index, cell in enumerate(row.cells) if cell.strip()}
    width = max(free, default=-1) + 1
    places: dict[int, Column] = {}
    missing: list[Column] = []
    for column in column_map.columns:
        index = column_index(column.letter) if column.letter else _index(free, column.heading)
        if index is None or (column.letter and index not in free and index >= width):
            missing.append(column)
        else:
            places[index] = column
            free.pop(index, None)
    left_out: dict[int, str] = {}
    for one in column_map.left_out:
        index = column_index(one.letter) if one.letter else _index(free, one.heading)
        if index in free:
            left_out[index] = one.reason
            del free[index]
    headings = {index: cell for index, cell in enumerate(row.cells) if cell.strip()}
    marks = {}
    for part in column_map.parts.values():
        if part.persons is not None:
            index = _index({i: heading_names(cell) for i, cell in headings.items()}, part.persons.heading)
            if index is not None:
                marks[part.persons.heading] = index
                free.pop(index, None)
    unread = {index: " ".join(row.cells[index].split()) for index in free}
    return Header(row.number, width, places, tuple(missing), marks, unread, left_out)


def _index(free: Mapping[int, tuple[str, ...]], heading: str) -> int | None:
    """Return the first column of a heading: one that is called so, else one of whose lines or languages is."""
    wanted = lookup_key(heading)
    exact = (index for index, names in free.items() if names[0] == wanted)
    part = (index for index, names in free.items() if wanted in names)
    return next(exact, next(part, None))


def letter(index: int) -> str:
    """Return the letter of a column."""
    return column_letter(index)
