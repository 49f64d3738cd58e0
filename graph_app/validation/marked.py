"""The sheets of an entry as they were filled in, with the findings at their cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl.utils import column_index_from_string

from loaders.errors import SourceError
from loaders.findings import Finding, Severity
from loaders.sources.csv_table import read_csv
from loaders.sources.files import read_file
from loaders.sources.tables import Row, Table
from loaders.sources.xlsx_table import read_workbook

__all__ = ["Mark", "MarkedSheet", "Places", "marked_sheets", "placed", "tables_of"]

#: Rows kept on either side of a marked one, so that people see where they are.
_AROUND = 1
_MOST_ROWS = 200

#: Row and index of the column, ``None`` for the whole row, to the findings there.
Places = Mapping[tuple[int, int | None], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell with findings.

    :param row: row of the table, counted from 1.
    :param column: index of the column, or ``None`` where the whole row is meant.
    :param findings: what was found there.
    """

    row: int
    column: int | None
    findings: tuple[Finding, ...]

    @property
    def blocks(self) -> bool:
        """Whether one of the findings keeps the entry from being taken in."""
        return any(found.severity is Severity.VIOLATION for found in self.findings)


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """One sheet with its marks; rows far from any mark are left out.

    :param file: name of the file.
    :param sheet: name of the sheet, or empty.
    :param rows: row number to cells.
    :param marks: cells with findings, in reading order.
    :param left_out: how many marked rows are not among the rows, because the sheet has more than can be looked through.
    """

    file: str
    sheet: str
    rows: Mapping[int, tuple[str, ...]]
    marks: tuple[Mark, ...]
    left_out: int = 0


def marked_sheets(paths: Iterable[Path], findings: Iterable[Finding]) -> list[MarkedSheet]:
    """Lay findings on the sheets that they are about.

    :param paths: the files of the entry.
    :param findings: what its check found.
    :returns: the sheets with a finding at a row or cell, in the order of the files.
    """
    by_sheet = placed(findings)
    return [
        _marked(table, by_sheet[table.file, table.sheet])
        for path in paths
        for table in tables_of(path)
        if (table.file, table.sheet) in by_sheet
    ]


def placed(findings: Iterable[Finding]) -> Mapping[tuple[str, str], Places]:
    """Sort findings by the sheet and cell or row that they are about.

    :param findings: the findings; those about no row are left out.
    :returns: file and sheet to the findings at their places.
    """
    by_sheet: dict[tuple[str, str], dict[tuple[int, int | None], list[Finding]]] = {}
    for found in findings:
        place = found.location
        if place is not None and place.row is not None:
            column = column_index_from_string(place.column) - 1 if place.column.isalpha() else None
            by_sheet.setdefault((place.file, place.sheet), {}).setdefault((place.row, column), []).append(found)
    return by_sheet


def tables_of(path: Path, encoding: str = "") -> Iterator[Table]:
    """Return the tables of a file, none of one that cannot be read; a table may end where its file stops being one.

    :param path: a workbook or CSV file.
    :param encoding: Python's name of the encoding of a CSV file where somebody states it.
    """
    try:
        file = read_file(path)
        for table in read_workbook(file) if path.suffix.lower() == ".xlsx" else [read_csv(file, encoding=encoding)]:
            yield replace(table, rows=_readable(table.rows))
    except SourceError:
        # The check has said already why this file cannot be read; there is nothing to mark in it.
        return


def _readable(rows: Iterator[Row | Finding]) -> Iterator[Row | Finding]:
    try:
        yield from rows
    except SourceError:
        return  # said already, as above


def _marked(table: Table, found: Places) -> MarkedSheet:
    marked = {row for row, _ in found}
    wanted = {row + step for row in marked for step in range(-_AROUND, _AROUND + 1)}
    rows: dict[int, tuple[str, ...]] = {}
    for item in table.rows:
        first = isinstance(item, Row) and not rows and not item.blank
        if isinstance(item, Row) and (first or item.number in wanted) and len(rows) < _MOST_ROWS:
            rows[item.number] = item.cells
    order = sorted(found, key=lambda place: (place[0], -1 if place[1] is None else place[1]))
    return MarkedSheet(
        table.file,
        table.sheet,
        rows,
        tuple(Mark(row, column, tuple(found[row, column])) for row, column in order),
        left_out=len(marked - set(rows)) if len(rows) == _MOST_ROWS else 0,
    )
