"""The header of a template sheet: which column stands where, and what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from loaders.errors import ValueFault
from loaders.fields import ValueKind
from loaders.findings import LANGUAGES, Finding, finding
from loaders.normalise.languages import language_code
from loaders.normalise.names import lookup_key
from loaders.sources.tables import Row, Table
from loaders.template.sheets import Column, Sheet

__all__ = ["Header", "fit", "read_header"]

#: How alike a wrong heading must be to a right one for its column to be checked as that one meanwhile.
_LIKELY = 0.75
#: Tag of a text whose language nobody knows.
_UNDETERMINED = "und"


@dataclass(frozen=True, slots=True)
class Header:
    """A header.

    :param width: number of its cells, up to the last that is filled.
    :param columns: index of a column in the file to the column of the template.
    :param unnamed: indexes of columns without a heading, left of the last that has one.
    :param findings: what is wrong with it.
    """

    width: int
    columns: Mapping[int, Column]
    unnamed: frozenset[int]
    findings: tuple[Finding, ...]


def fit(sheet: Sheet, row: Row) -> float:
    """Return how much of a row are headings of a sheet, from 0 to 1.

    :param sheet: a sheet of the template.
    :param row: a row that may be its header.
    """
    filled = [cell for cell in row.cells if cell.strip()]
    return sum(sheet.column(cell) is not None for cell in filled) / len(filled) if filled else 0.0


def read_header(sheet: Sheet, table: Table, row: Row) -> Header:
    """Read a header. A heading that is nearly right is reported, and its column is still checked.

    :param sheet: the sheet of the template.
    :param table: the table.
    :param row: its header row.
    """
    columns: dict[int, Column] = {}
    findings: list[Finding] = []
    for index, cell in enumerate(row.cells):
        if not cell.strip():
            continue
        column, fault = _column(sheet, table, row, index, set(columns.values()))
        if fault is not None:
            findings.append(fault)
        if column is not None:
            columns[index] = column
    findings += _missing(sheet, table, row, columns.values())
    filled = {index for index, cell in enumerate(row.cells) if cell.strip()}
    width = max(filled, default=-1) + 1
    return Header(width, columns, frozenset(range(width)) - filled, tuple(findings))


def _column(
    sheet: Sheet, table: Table, row: Row, index: int, taken: set[Column]
) -> tuple[Column | None, Finding | None]:
    written = row.cells[index].strip()
    place = table.place(row, index)
    column = sheet.column(written)
    if column is not None and column.language:
        try:
            column = replace(column, language=language_code(column.language))
        except ValueFault:
            fault = finding("unknown-language", place, value=column.language)
            return replace(column, language=_UNDETERMINED), fault
    if column is not None and column in taken:
        return None, finding("duplicate-column", place, value=written)
    if column is not None:
        return column, None
    bare = sheet.column(f"{written} ({LANGUAGES[0]})")
    if bare is not None and bare.values is ValueKind.TEXT:
        return bare, finding("column-without-language", place, value=written)
    key = lookup_key(written)
    free = {name: known for name, known in sheet.headings().items() if known not in taken}
    nearest = get_close_matches(key, free or sheet.headings(), n=1, cutoff=0.0)
    likely = get_close_matches(key, free, n=1, cutoff=_LIKELY)
    guess = free[likely[0]] if likely else None
    shown = sheet.headings()[nearest[0]].heading
    return guess, finding("unknown-column", place, value=written, **_in_languages("nearest", shown))


def _missing(sheet: Sheet, table: Table, row: Row, present: Iterable[Column]) -> Iterator[Finding]:
    fields = {(column.kind, column.field) for column in present}
    told: set[str] = set()
    for column in sheet.columns:
        if column.required and (column.kind, column.field) not in fields and column.field not in told:
            told.add(column.field)
            yield finding("missing-column", table.place(row), **_in_languages("column", column.heading))


def _in_languages(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{language}": texts[language] for language in LANGUAGES}
