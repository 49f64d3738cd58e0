"""The template as an XLSX workbook, with help at every heading and lists to choose from; empty, or filled in."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template.choices import choices
from loaders.template.examples import example_row
from loaders.template.offers import CHOICES, list_names, offer
from loaders.template.read_me import explanation, write_read_me
from loaders.template.sheets import Cells, Column, Sheet, columns_of, sheets
from loaders.template.styles import BODY, EXAMPLE, HEADING, HEADING_FILL, REQUIRED_FILL
from loaders.template.texts import text

__all__ = ["Rows", "write_workbook"]

#: Key of a sheet to its rows.
Rows = Mapping[str, Sequence[Cells]]

_WIDE = frozenset({"title", "name", "description", "other_name"})


def write_workbook(target: Path | BinaryIO, language: str, rows: Rows | None = None) -> None:
    """Write the template as a workbook.

    :param target: the file to write, or a binary stream.
    :param language: language of sheets, headings, help and choices.
    :param rows: what is filled in; ``None`` for the empty template, which shows an example in some sheets.
    :raises LookupError: if a row has a key that names no column.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    write_read_me(book.create_sheet(text("sheets", "read-me")[language]), language)
    for sheet in sheets():
        page = book.create_sheet(sheet.name[language])
        filled = rows.get(sheet.key, ()) if rows is not None else ()
        _write_sheet(page, columns_of(sheet, filled), language)
        _write_rows(page, columns_of(sheet, filled), filled)
        if rows is None:
            _write_example(page, sheet, language)
    _write_choices(book.create_sheet(text("sheets", CHOICES)[language]), language)
    # People come to fill in; the read-me stands beside.
    book.move_sheet(book.worksheets[0], offset=1)
    book.active = 0
    book.save(target)


def _write_sheet(page: Worksheet, columns: Sequence[Column], language: str) -> None:
    page.freeze_panes = "B2"
    page.row_dimensions[1].height = 32
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        dimension = page.column_dimensions[letter]
        # Text format in every cell: a spreadsheet then leaves dates, codes and long numbers as they are typed.
        dimension.number_format = "@"
        dimension.font = BODY
        dimension.width = 34 if column.field in _WIDE else 20
        cell = page.cell(1, number, column.title(language) + (" *" if column.required else ""))
        cell.font = HEADING
        cell.fill = REQUIRED_FILL if column.required else HEADING_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = Border(bottom=Side("thin", color="FFFFFF"))
        cell.comment = Comment(explanation(column, language), "Integration Graph", height=150, width=320)
        offer(page, column, letter, language)


def _write_rows(page: Worksheet, columns: Sequence[Column], rows: Sequence[Cells]) -> None:
    for number, row in enumerate(rows, start=2):
        for index, column in enumerate(columns, start=1):
            if row.get(column.key):
                _write_text(page, number, index, row[column.key], BODY)


def _write_example(page: Worksheet, sheet: Sheet, language: str) -> None:
    row = example_row(sheet, language)
    for number, column in enumerate(sheet.columns, start=1):
        if column in row:
            _write_text(page, 2, number, row[column], EXAMPLE)


def _write_text(page: Worksheet, row: int, column: int, written: str, font: Font) -> None:
    cell = page.cell(row, column, written)
    cell.data_type = "s"  # what begins with = is a text like any other
    cell.number_format = "@"
    cell.font = font


def _write_choices(page: Worksheet, language: str) -> None:
    page.sheet_state = "hidden"
    for number, name in enumerate(list_names(), start=1):
        page.cell(1, number, name)
        for row, label in enumerate(choices(name, language, language), start=2):
            page.cell(row, number, label)
