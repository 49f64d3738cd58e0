"""The example row of a sheet: plainly an example, skipped by the reader, and never taken for data.

Every cell of it says that it is an example, so that one which is left standing when the row is typed over is known
again and reported at its place.
"""

from collections.abc import Mapping
from functools import cache

from loaders.findings import LANGUAGES
from loaders.template.sheets import Column, Sheet
from loaders.template.texts import examples, text

__all__ = ["example_row", "example_texts"]

#: What a row begins with that the reader skips.
_SKIPPED = "# "


@cache
def example_row(sheet: Sheet, language: str) -> Mapping[Column, str]:
    """Return the example of a sheet as it stands in the template.

    :param sheet: the sheet.
    :param language: language of the template.
    :returns: column to the text of its cell; empty for a sheet without example.
    """
    cells: Mapping[str, str] = next(
        (found["cells"][language] for found in examples() if found["sheet"] == sheet.key), {}
    )
    mark = text("workbook", "such_as")[language]
    row = {column: f"{mark} {cells[column.key]}" for column in sheet.columns if column.key in cells}
    first = sheet.columns[0]
    return row | {first: _SKIPPED + row[first]} if row else row


@cache
def example_texts(sheet: Sheet) -> Mapping[str, frozenset[str]]:
    """Return the texts by which cells of the example are known, in every language.

    :param sheet: the sheet.
    :returns: key of a column to its texts; the first column's with and without the sign that has the row skipped.
    """
    known: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for column, told in example_row(sheet, language).items():
            known.setdefault(column.key, set()).update({told, told.removeprefix(_SKIPPED)})
    return {key: frozenset(told) for key, told in known.items()}
