"""A copy of an entry as a workbook, with its faulty cells coloured and commented, and a sheet of all findings."""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from graph_app.validation.findings_sheet import begin_findings, is_findings_sheet, write_findings
from graph_app.validation.marked import Places, placed, tables_of
from graph_app.validation.marks import AUTHOR, Marker, as_text, earlier_comment, resize
from loaders.errors import SourceError
from loaders.findings import Finding, Severity
from loaders.sources.files import LARGEST_FILE, read_file, shown_name
from loaders.sources.tables import Row, Table
from loaders.sources.xlsx_guard import check_workbook

__all__ = ["refuse_large", "write_marked_workbook"]

_TABLES = (".xlsx", ".csv")
#: What no name of a sheet may hold, and how long one may be.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_LONGEST_NAME = 31
_WIDTH = 20
#: Rules about a workbook that is not even opened.
_CLOSED = ("file-", "xlsx-")
_Cells = Mapping[tuple[int, int], Sequence[Finding]]


def write_marked_workbook(
    paths: Sequence[Path], findings: Sequence[Finding], target: Path | BinaryIO, language: str
) -> None:
    """Write a copy of checked files in which every finding stands at its cell.

    A workbook keeps its sheets, formats and formulas; of CSV files each becomes a sheet of texts. A faulty cell is
    coloured by what is gravest in it and has all its findings in its comment; a fault of a row is at the row's first
    cell. A first sheet lists all findings, those without a cell before the others, with links to the cells. Marks and
    list of an earlier check are replaced. No cell becomes a formula that was none.

    :param paths: the files that were checked; of those that are no tables, only the findings are listed.
    :param findings: what was found.
    :param target: the file to write, or a binary stream.
    :param language: language of the words.
    :raises SourceError: if a workbook cannot be copied, or a file is too large to be.
    """
    refuse_large(paths)
    files = [path for path in paths if path.suffix.lower() in _TABLES]
    if len(files) == 1 and files[0].suffix.lower() == ".xlsx" and _opens(findings):
        book = _copied(files[0], findings, language)
    else:
        book = _assembled(files, findings, language)
    book.save(target)


def refuse_large(paths: Iterable[Path]) -> None:
    """Refuse tables that are too large for a marked copy.

    :param paths: files to be checked.
    :raises SourceError: if one of them is a table larger than people fill in.
    """
    for path in paths:
        if path.suffix.lower() in _TABLES and path.is_file() and path.stat().st_size > LARGEST_FILE:
            raise SourceError(
                f"{shown_name(path.name)} has more than {LARGEST_FILE:,} bytes, too many for a marked copy. "
                "Choose another format, such as csv."
            )


def _opens(findings: Iterable[Finding]) -> bool:
    return not any(
        found.rule.startswith(_CLOSED) and found.severity is Severity.VIOLATION
        for found in findings
        if found.location is None or found.location.row is None
    )


def _copied(path: Path, findings: Sequence[Finding], language: str) -> Workbook:
    file = read_file(path)
    check_workbook(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what it does not know, such as extensions of one program
            book = load_workbook(path, rich_text=True)
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise SourceError(
            f"{file.name} can be read but not copied ({reason}). Choose another format, such as csv."
        ) from error
    _clear(book)
    marker = Marker(language)
    sheets = {(file.name, sheet.title): sheet for sheet in book.worksheets}
    for place, found in placed(findings).items():
        if place in sheets:
            for (row, column), members in _by_cell(found).items():
                marker.mark(_at(sheets[place], row, column), members)
    titles = {place: sheet.title for place, sheet in sheets.items()}
    listed = begin_findings(book, language)
    write_findings(listed, findings, titles, language, all_commented=not marker.full)
    book.active = 0
    # The library keeps formulas without their results.
    book.calculation.fullCalcOnLoad = True
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False
    return book


def _clear(book: Workbook) -> None:
    """Take away what an earlier check wrote."""
    for sheet in book.worksheets:
        if is_findings_sheet(sheet) and len(book.worksheets) > 1:
            book.remove(sheet)
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is None or not isinstance(cell, Cell):
                    continue
                if cell.comment.author == AUTHOR:
                    cell.comment = earlier_comment(cell.comment)
                    cell.fill = PatternFill()
                else:
                    resize(cell.comment)  # the library forgets the sizes of boxes


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell, of merged ones the one that shows."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column + 1 <= merged.max_col:
            row, column = merged.min_row, merged.min_col - 1
    return cast("Cell", sheet.cell(row, column + 1))


def _by_cell(places: Places) -> _Cells:
    """Return the findings at each cell, those of a row at its first one."""
    cells: dict[tuple[int, int], list[Finding]] = {}
    for (row, column), found in places.items():
        cells.setdefault((row, column or 0), []).extend(found)
    return cells


def _assembled(files: Iterable[Path], findings: Sequence[Finding], language: str) -> Workbook:
    book = Workbook(write_only=True)
    listed = begin_findings(book, language)
    by_sheet = placed(findings)
    marker = Marker(language)
    titles: dict[tuple[str, str], str] = {}
    for path in files:
        for table in tables_of(path):
            title = _title(table, {listed.title, *titles.values()})
            titles[table.file, table.sheet] = title
            sheet = book.create_sheet(title)
            _write_texts(sheet, table, _by_cell(by_sheet.get((table.file, table.sheet), {})), marker)
    write_findings(listed, findings, titles, language, all_commented=not marker.full)
    return book


def _title(table: Table, taken: set[str]) -> str:
    name = (table.sheet or table.file.rsplit(".", 1)[0]).translate(_NOT_IN_NAMES)[:_LONGEST_NAME] or "_"
    known = {title.casefold() for title in taken}
    title, number = name, 1
    while title.casefold() in known:
        number += 1
        end = f" ({number})"
        title = name[: _LONGEST_NAME - len(end)] + end
    return title


def _write_texts(sheet: Worksheet, table: Table, marked: _Cells, marker: Marker) -> None:
    sheet.sheet_format.defaultColWidth = _WIDTH
    columns: dict[int, list[int]] = {}
    for row, column in marked:
        columns.setdefault(row, []).append(column)
    number = 0
    for item in table.rows:
        if not isinstance(item, Row):
            continue
        while number + 1 < item.number:  # a first line that only declares the separator
            sheet.append([])
            number += 1
        here = columns.get(item.number, ())
        width = max(len(item.cells), *(column + 1 for column in here), 0)
        cells: list[Cell | None] = []
        for column in range(width):
            text = item.cells[column] if column < len(item.cells) else ""
            found = marked.get((item.number, column)) if column in here else None
            cell = as_text(WriteOnlyCell(sheet), text) if text or found else None
            if cell is not None and found:
                marker.mark(cell, found)
            cells.append(cell)
        sheet.append(cells)
        number = item.number
