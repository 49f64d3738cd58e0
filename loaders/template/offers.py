"""What a spreadsheet offers and hints at in a column; other texts may be typed, and the reader says what is wrong."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.fields import ValueKind
from loaders.template.choices import choices, list_name
from loaders.template.sheets import Column, sheets
from loaders.template.texts import text

__all__ = ["CHOICES", "list_names", "offer"]

#: Key of the name of the hidden sheet that holds all lists.
CHOICES = "choices"
#: Rows for which lists to choose from are offered; more rows may be filled.
_OFFERED_ROWS = 2000

#: Tells, of the first cell, whether it looks like a number; whatever decimal sign the computer is set to.
_NUMBER = 'ISNUMBER(_xlfn.NUMBERVALUE({cell},"."," "))'
#: The same of a date; days are also read as people in Czechia write them.
_DATE = 'OR(LEN({cell})=4,LEN({cell})=7,LEN({cell})=10,ISNUMBER(FIND(".",{cell})))'
#: Kind of value to its hint and what tells whether the hint is needed.
_HINTS = {
    ValueKind.DATE: ("date", _DATE),
    ValueKind.DECIMAL: ("number", _NUMBER),
    ValueKind.INTEGER: ("number", _NUMBER),
}


def list_names() -> list[str]:
    """Return the names of all lists that columns are filled from, in the order of the sheet that holds them."""
    return sorted({list_name(column) for sheet in sheets() for column in sheet.columns} - {""})


def offer(page: Worksheet, column: Column, letter: str, language: str) -> None:
    """Put a list to choose from, or a hint at the form of a value, on a column.

    :param page: the sheet.
    :param column: the column.
    :param letter: its letter.
    :param language: language of the template.
    """
    listed = _listed(column, language)
    hint = _HINTS.get(column.values) if column.values is not None else None
    if listed:
        given = DataValidation("list", formula1=listed, allow_blank=True, showErrorMessage=False)
    elif hint is not None:
        said = text("workbook", hint[0])[language]
        given = DataValidation(
            "custom",
            formula1=hint[1].format(cell=f"{letter}2"),
            allow_blank=True,
            errorStyle="information",
            error=said,
            prompt=said,
            showErrorMessage=True,
            showInputMessage=True,
        )
    else:
        return
    given.add(f"{letter}2:{letter}{_OFFERED_ROWS}")
    page.add_data_validation(given)


def _listed(column: Column, language: str) -> str:
    name = list_name(column)
    if name:
        letter = get_column_letter(list_names().index(name) + 1)
        last = len(choices(name, language, language)) + 1
        return f"'{text('sheets', CHOICES)[language]}'!${letter}$2:${letter}${last}"
    for sheet in sheets():
        if column.reference and sheet.kind == column.reference:
            return f"'{sheet.name[language]}'!$A$2:$A${_OFFERED_ROWS}"
    return ""
