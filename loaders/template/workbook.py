"""The template as an XLSX workbook, with help at every heading and lists to choose from."""

from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.fields import ValueKind
from loaders.schemes import scheme
from loaders.template.read_me import explanation, write_read_me
from loaders.template.sheets import Column, Sheet, sheets
from loaders.template.styles import BODY, HEADING, HEADING_FILL, REQUIRED_FILL
from loaders.template.texts import text

__all__ = ["write_workbook"]

#: Rows for which lists to choose from are offered; more rows may be filled.
_OFFERED_ROWS = 2000

_WIDE = frozenset({"title", "name", "description", "other_name"})


def write_workbook(target: Path | BinaryIO, language: str) -> None:
    """Write the template as a workbook.

    :param target: the file to write, or a binary stream.
    :param language: language of sheets, headings, help and choices.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    write_read_me(book.create_sheet(text("sheets", "read-me")[language]), language)
    for sheet in sheets():
        _write_sheet(book.create_sheet(sheet.name[language]), sheet, language)
    _write_choices(book.create_sheet(text("sheets", "choices")[language]), language)
    # People come to fill in; the read-me stands beside.
    book.move_sheet(book.worksheets[0], offset=1)
    book.active = 0
    book.save(target)


def _write_sheet(page: Worksheet, sheet: Sheet, language: str) -> None:
    page.freeze_panes = "B2"
    page.row_dimensions[1].height = 32
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        dimension = page.column_dimensions[letter]
        # Text format in every cell: a spreadsheet then leaves dates, codes and long numbers as they are typed.
        dimension.number_format = "@"
        dimension.font = BODY
        dimension.width = 34 if column.field in _WIDE else 20
        cell = page.cell(1, number, column.heading[language] + (" *" if column.required else ""))
        cell.font = HEADING
        cell.fill = REQUIRED_FILL if column.required else HEADING_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = Border(bottom=Side("thin", color="FFFFFF"))
        cell.comment = Comment(explanation(column, language), "Integration Graph", height=150, width=320)
        _offer(page, column, letter, language)


def _offer(page: Worksheet, column: Column, letter: str, language: str) -> None:
    """Put a list to choose from on a column; other words may be typed, the reader explains what is wrong."""
    formula = _offered(column, language)
    if not formula:
        return
    offer = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=False)
    offer.add(f"{letter}2:{letter}{_OFFERED_ROWS}")
    page.add_data_validation(offer)


def _offered(column: Column, language: str) -> str:
    if column.choices:
        letter = get_column_letter(_schemes().index(column.choices) + 1)
        last = len(scheme(column.choices).concepts) + 1
        return f"'{text('sheets', 'choices')[language]}'!${letter}$2:${letter}${last}"
    if column.values is ValueKind.BOOLEAN:
        return f'"{text("workbook", "yes")[language]},{text("workbook", "no")[language]}"'
    for sheet in sheets():
        if column.reference and sheet.kind == column.reference:
            return f"'{sheet.name[language]}'!$A$2:$A${_OFFERED_ROWS}"
    return ""


def _write_choices(page: Worksheet, language: str) -> None:
    page.sheet_state = "hidden"
    for number, name in enumerate(_schemes(), start=1):
        page.cell(1, number, name)
        for row, label in enumerate(scheme(name).choices(language), start=2):
            page.cell(row, number, label)


def _schemes() -> list[str]:
    return sorted({column.choices for sheet in sheets() for column in sheet.columns if column.choices})
