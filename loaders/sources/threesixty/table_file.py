"""Flattened grants, in CSV files and workbooks: a row a grant, and sheets of rows that belong to grants."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from loaders.findings import Finding, finding
from loaders.letters import column_letter
from loaders.records import Cell, SourceRef
from loaders.sources.csv_table import read_csv
from loaders.sources.files import SourceFile
from loaders.sources.tables import PUBLISHED, Row, Table
from loaders.sources.threesixty import fields
from loaders.sources.threesixty.parts import Node
from loaders.sources.xlsx_table import read_workbook

__all__ = ["Header", "Sheet", "find_header", "read_sheets"]

#: Rows in which the headings are looked for; titles and notes may stand above them.
_LOOKED_AT = 30
_APART = re.compile(r"\s*[:/]\s*")


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table.

    :param row: the row where they stand.
    :param paths: index of a column to the field that it holds, for columns that hold one.
    :param unknown: index of a column to its heading, for columns of the publisher's own.
    :param twice: indexes of columns that hold what a column before them holds.
    """

    row: Row
    paths: dict[int, fields.Path]
    unknown: dict[int, str]
    twice: tuple[int, ...]

    @property
    def identifier(self) -> int:
        """Index of the column that says which grant a row is about."""
        return next(index for index, path in self.paths.items() if path == ("id",))

    @property
    def main(self) -> bool:
        """Whether rows are grants, and not only parts of grants that stand in another table."""
        return any(len(path) == 1 and path != ("id",) for path in self.paths.values())


@dataclass(slots=True)
class Sheet:
    """A table with headings of grants.

    :param table: the table.
    :param header: its headings.
    :param rows: what follows the headings.
    """

    table: Table
    header: Header
    rows: Iterator[Row | Finding] = field(repr=False)

    def trees(self, dataset: str) -> Iterator[tuple[dict[str, Node], SourceRef] | Finding]:
        """Yield what each row says of a grant, as JSON would nest it.

        :param dataset: key of the dataset.
        :returns: the values and the place of each row; findings about cells of columns that are read.
        """
        header, table = self.header, self.table
        letters = {column_letter(index) for index, path in header.paths.items() if _read(path)}
        for item in self.rows:
            if isinstance(item, Finding):
                if item.location is None or not item.location.column or item.location.column in letters:
                    yield item
            elif item.blank or item.comment or self._heads(item):
                continue
            elif table.separated and len(item.cells) < len(header.row.cells):
                yield finding("row-too-short", table.place(item), cells=len(item.cells), columns=len(header.row.cells))
            else:
                source = SourceRef(dataset, table.file, table.sha256, table.sheet, item.number)
                yield _tree(header, item), source

    def _heads(self, row: Row) -> bool:
        """Tell whether a row repeats the headings in other words, as titles under names do."""
        index = self.header.identifier
        return index < len(row.cells) and fields.heading_path(row.cells[index]) == ("id",)


def read_sheets(file: SourceFile, *, separated: bool) -> Iterator[Sheet | Finding]:
    """Yield the tables of a file that have the headings of grants.

    :param file: a workbook or CSV file.
    :param separated: whether it is a CSV file.
    :returns: the tables, each to be read before the next is asked for; a finding for each that has no such headings.
    :raises SourceError: if the file cannot be read.
    """
    tables = [read_csv(file, limits=PUBLISHED)] if separated else read_workbook(file, limits=PUBLISHED)
    for table in tables:
        header, passed, rows = find_header(table)
        if header is None:
            if any(isinstance(item, Row) for item in passed):
                yield finding("threesixty-no-header", table.place())
            continue
        if any(isinstance(item, Row) and item.number < header.row.number and not item.comment for item in passed):
            yield finding("rows-above-header", table.place(header.row), rows=header.row.number - 1)
        for index in header.twice:
            heading = header.row.cells[index].strip()
            yield finding("threesixty-column-twice", table.place(header.row, index), value=heading)
        after = [item for item in passed if isinstance(item, Finding) or item.number > header.row.number]
        yield Sheet(table, header, chain(after, rows))


def find_header(table: Table) -> tuple[Header | None, list[Row | Finding], Iterator[Row | Finding]]:
    """Look for the headings of a table: the first of its rows that name most fields, the identifier among them.

    :param table: the table; some of its rows are read.
    :returns: the headings or ``None``; the rows that were read, without blank ones; and those that follow.
    """
    passed: list[Row | Finding] = []
    best: Header | None = None
    rows = iter(table.rows)
    looked = 0
    for item in rows:
        if isinstance(item, Row):
            looked += 1
            if item.blank:
                continue
            header = None if item.comment else _header(item)
            if header is not None and (best is None or len(header.paths) > len(best.paths)):
                best = header
        passed.append(item)
        if looked == _LOOKED_AT:
            break
    return best, passed, rows


def _header(row: Row) -> Header | None:
    paths: dict[int, fields.Path] = {}
    unknown: dict[int, str] = {}
    twice: list[int] = []
    for index, cell in enumerate(row.cells):
        heading = " ".join(cell.split())
        path = fields.heading_path(heading) if heading else None
        if path is None:
            unknown[index] = _APART.sub("/", heading) or f"({column_letter(index)})"
        elif path in paths.values() and _read(path):
            twice.append(index)
        else:
            paths[index] = path
    alone = len(paths) < 2 or ("id",) not in paths.values()
    return None if alone else Header(row, paths, unknown, tuple(twice))


def _read(path: fields.Path) -> bool:
    """Tell whether the values of a field are read at all."""
    return fields.fields_of(fields.GRANT)[str(path[0])].kind is not fields.Kind.UNUSED


def _tree(header: Header, row: Row) -> dict[str, Node]:
    tree: dict[Any, Any] = {}
    for index, text in enumerate(row.cells):
        if not text.strip():
            continue
        path: fields.Path = header.paths.get(index) or (header.unknown.get(index, ""),)
        if index in header.twice or path == ("",):
            path = (f"({column_letter(index)})",)
        inner = tree
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
        cell = Cell(text, column_letter(index), row.line)
        if path[-1] in inner:  # several columns of a field that is not read: they only count
            inner[path[-1]] = [inner[path[-1]], cell]
        else:
            inner[path[-1]] = cell
    return {str(name): _nested(node) for name, node in tree.items()}


def _nested(node: Any) -> Node:  # noqa: ANN401
    """Make lists of what is numbered."""
    if isinstance(node, Cell | list):
        return node
    if all(isinstance(name, int) for name in node):
        return [_nested(node[number]) for number in sorted(node)]
    return {name: _nested(item) for name, item in node.items()}
