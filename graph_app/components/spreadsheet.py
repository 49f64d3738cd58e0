"""Rows as a workbook."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from graph_app.components.downloads import neutral

__all__ = ["XLSX", "as_xlsx"]

#: Media type of a workbook.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_xlsx(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write rows as a workbook of one sheet; texts that a spreadsheet would run as a formula get an apostrophe.

    :param columns: headings.
    :param rows: values, as many a row as there are columns.
    :returns: the file.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([_cell(column) for column in columns])
    for row in rows:
        sheet.append([_cell(value) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(value: object) -> object:
    safe = neutral(value)
    # XML has no control characters.
    return ILLEGAL_CHARACTERS_RE.sub("", safe) if isinstance(safe, str) else safe
