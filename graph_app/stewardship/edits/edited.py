"""A file with its edits made."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from graph_app.stewardship.edits.csv_file import write_csv
from graph_app.stewardship.edits.model import Edit
from graph_app.stewardship.edits.workbook import write_workbook
from graph_app.validation.marked import tables_of
from loaders.errors import SourceError
from loaders.findings import Finding
from loaders.letters import column_index
from loaders.sources.files import read_file
from loaders.sources.held import HeldSheet
from loaders.sources.tables import Row
from loaders.sources.xlsx_table import read_workbook

__all__ = ["Texts", "can_edit", "sheets_of", "texts_of", "with_edits", "write_edited"]

_TABLES = (".csv", ".xlsx")
#: Sheet to row to the texts of its cells.
Texts = dict[str, dict[int, tuple[str, ...]]]


def can_edit(path: Path) -> bool:
    """Tell whether single cells of a file can be edited.

    :param path: the file.
    """
    return path.suffix.lower() in _TABLES


@lru_cache(maxsize=8)
def sheets_of(path: Path) -> tuple[HeldSheet, ...]:
    """Read a workbook that never changes, such as one that is named by its hash, into memory.

    :param path: the workbook.
    :returns: its sheets; none of another kind of file, or of one that cannot be read as a whole.
    """
    if path.suffix.lower() != ".xlsx":
        return ()
    try:
        return tuple(HeldSheet(table.sheet, tuple(table.rows)) for table in read_workbook(read_file(path)))
    except SourceError:  # whoever checks the file says what is wrong with it
        return ()


def with_edits(sheets: Iterable[HeldSheet], edits: Iterable[Edit]) -> tuple[HeldSheet, ...]:
    """Return the sheets of a workbook as they would be read with cells changed.

    :param sheets: the sheets as they were read.
    :param edits: of this file; each cell once.
    """
    changed: dict[str, dict[int, dict[int, str]]] = {}
    for edit in edits:
        changed.setdefault(edit.sheet, {}).setdefault(edit.row, {})[column_index(edit.column)] = edit.new
    return tuple(
        HeldSheet(one.name, tuple(_changed(one.items, changed[one.name]))) if one.name in changed else one
        for one in sheets
    )


def _changed(items: Iterable[Row | Finding], rows: Mapping[int, Mapping[int, str]]) -> Iterator[Row | Finding]:
    left = dict(sorted(rows.items()))
    for item in items:
        if isinstance(item, Finding):
            place = item.location
            if place is not None and column_index(place.column) in rows.get(place.row or 0, ()):
                continue  # what could not be trusted there is no longer there
        else:
            for number in [number for number in left if number < item.number]:
                yield _with(Row(number, ()), left.pop(number))
            if item.number in left:
                yield _with(item, left.pop(item.number))
                continue
        yield item
    for number, cells in left.items():
        yield _with(Row(number, ()), cells)


def _with(row: Row, changed: Mapping[int, str]) -> Row:
    width = max(len(row.cells), *(column + 1 for column in changed))
    cells = [*row.cells, *[""] * (width - len(row.cells))]
    for column, text in changed.items():
        cells[column] = text
    return row._replace(cells=tuple(cells), untrusted=row.untrusted - changed.keys())


@lru_cache(maxsize=8)
def texts_of(path: Path, encoding: str = "") -> Texts:
    """Read the texts of all cells of a file that never changes, such as one that is named by its hash.

    :param path: a workbook or CSV file.
    :param encoding: Python's name of the encoding of a CSV file where somebody states it.
    :returns: what can be read of it; nothing of another kind of file.
    """
    if not can_edit(path):
        return {}
    if sheets := sheets_of(path):
        return {one.name: {item.number: item.cells for item in one.items if isinstance(item, Row)} for one in sheets}
    return {
        table.sheet: {item.number: item.cells for item in table.rows if isinstance(item, Row)}
        for table in tables_of(path, encoding)
    }


def write_edited(source: Path, edits: Iterable[Edit], target: Path, *, encoding: str = "") -> None:
    """Write a file with cells changed.

    :param source: the file as it was received.
    :param edits: of this file; each cell once.
    :param target: the file to write.
    :param encoding: Python's name of the encoding of a CSV file where somebody states it.
    :raises SourceError: if the file cannot be read.
    :raises Refused: if the changed file could not be read as it is meant.
    """
    sheets: dict[str, dict[tuple[int, int], str]] = {}
    for edit in edits:
        sheets.setdefault(edit.sheet, {})[edit.row, column_index(edit.column)] = edit.new
    if not sheets and not encoding:
        target.write_bytes(source.read_bytes())
    elif source.suffix.lower() == ".xlsx":
        write_workbook(source, sheets, target)
    else:
        write_csv(source, sheets.get("", {}), target, encoding=encoding)
