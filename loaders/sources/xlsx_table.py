"""XLSX workbooks: every cell as the text that a person sees, or a finding where that cannot be trusted."""

import re
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import zip_longest
from math import isfinite
from typing import Any, BinaryIO

from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.letters import column_letter
from loaders.sources.files import SourceFile
from loaders.sources.held import held
from loaders.sources.tables import ENTERED, Limits, Row, Table
from loaders.sources.xlsx_guard import check_workbook

__all__ = ["read_workbook"]

#: A spreadsheet keeps no more digits than this; whatever follows was lost before the file was saved.
_KEPT_DIGITS = 15
_ZEROS = re.compile("00+")
#: No spreadsheet program writes a row beyond; a file that names one would have billions of blank rows counted.
_LAST_ROW = 1_048_576
#: Nor a column beyond; the library has no letters for those of any number.
_LAST_COLUMN = 16_384


def read_workbook(file: SourceFile, *, limits: Limits = ENTERED) -> Iterator[Table]:
    """Read a workbook, sheet by sheet, row by row; of the whole workbook only its shared texts are kept in memory.

    :param file: the file.
    :param limits: how large it may be.
    :returns: a table a sheet; each must be read before the next is asked for.
    :raises SourceError: if the file is no workbook, is too large, or cannot be parsed.
    """
    known = held(file.path)
    if known is not None and known.sheets is not None:
        return (
            Table(file.name, file.sha256, one.name, separated=False, rows=iter(one.items), many=one.many)
            for one in known.sheets
        )
    return _tables(file, limits, formulas=check_workbook(file, limits))


def _tables(file: SourceFile, limits: Limits, *, formulas: bool) -> Iterator[Table]:
    with ExitStack() as opened:
        try:
            results = _parsed(opened.enter_context(file.open()), stored=True)
            pages: list[tuple[Any, Any]] = [(page, None) for page in results.worksheets]
            if formulas:
                # Formulas and their stored results are two views of one file; the library gives one at a time.
                sources = _parsed(opened.enter_context(file.open()), stored=False)
                pages = list(zip(results.worksheets, sources.worksheets, strict=True))
        except Exception as error:  # a broken workbook can make the library stumble anywhere
            raise _broken(file, error) from error
        for result, source in pages:
            rows = _rows(file, result, source, limits)
            yield Table(file.name, file.sha256, result.title, separated=False, rows=rows)


def _parsed(stream: BinaryIO, *, stored: bool) -> Any:  # noqa: ANN401
    from openpyxl import load_workbook  # noqa: PLC0415 - it loads numpy, which no other format needs

    with warnings.catch_warnings():
        # It warns of what it would lose if it wrote the workbook again, such as default styles.
        warnings.simplefilter("ignore")
        return load_workbook(stream, read_only=True, data_only=stored, keep_links=False)


def _rows(file: SourceFile, results: Any, formulas: Any, limits: Limits) -> Iterator[Row | Finding]:  # noqa: ANN401
    def too_large(number: int) -> SourceFault:
        place = Location(file.name, results.title, number)
        return SourceFault(finding("table-too-large", place, rows=most, columns=limits.columns))

    most = min(limits.rows or _LAST_ROW, _LAST_ROW)
    pairs = zip_longest(_raw_rows(file, results), _raw_rows(file, formulas), fillvalue=())
    for number, (values, sources) in enumerate(pairs, start=1):
        if not values and not sources and number <= _LAST_ROW:
            continue  # one stray cell far below makes a million such rows
        if max(len(values), len(sources)) > _LAST_COLUMN:
            raise too_large(number)
        texts: list[str] = []
        untrusted: set[int] = set()
        for index, (value, source) in enumerate(zip_longest(values, sources)):
            if getattr(value, "value", None) is None and getattr(source, "value", None) is None:
                texts.append("")
                continue
            place = Location(file.name, results.title, number, column_letter(index))
            text = _text(value, source, place)
            if isinstance(text, Finding):
                yield text
                untrusted.add(index)
                text = ""
            texts.append(text)
        row = Row(number, tuple(texts), untrusted=frozenset(untrusted))
        too_wide = any(text.strip() for text in texts[limits.columns :])
        if too_wide or number > _LAST_ROW or (number > most and not row.blank):
            raise too_large(number)
        if number <= most:
            yield row


def _raw_rows(file: SourceFile, sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    if sheet is None:
        return
    try:
        sheet.reset_dimensions()
        yield from sheet.rows
    except Exception as error:
        raise _broken(file, error) from error


def _text(result: Any, source: Any, place: Location) -> str | Finding:  # noqa: ANN401
    """Return what a cell shows, or why that cannot be trusted."""
    value = getattr(result, "value", None)
    formula = getattr(source, "value", None)
    if value is None:
        without_result = getattr(source, "data_type", "") == "f"
        return finding("xlsx-formula", place, value=str(formula)) if without_result else ""
    if result.data_type == "e":
        return finding("xlsx-error", place, value=str(value))
    return _shown(value, str(result.number_format), place)


def _shown(value: Any, number_format: str, place: Location) -> str | Finding:  # noqa: ANN401
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        number = _number(value, place)
        # A format such as 00000000 is how spreadsheets show codes with leading zeros.
        zeros = _ZEROS.fullmatch(number_format)
        return number.zfill(len(number_format)) if isinstance(number, str) and zeros is not None else number
    if isinstance(value, datetime | date | time | timedelta):
        return _date(value, number_format, place)
    return str(value)


def _number(value: float, place: Location) -> str | Finding:
    # Size first: a whole number of 400 digits is too large for what asks whether it is finite.
    if abs(value) >= 10**_KEPT_DIGITS or not isfinite(value):
        return finding("xlsx-long-number", place, value=str(value), digits=str(_KEPT_DIGITS))
    if isinstance(value, int):
        return str(value)
    # Fifteen digits are what the spreadsheet itself shows: 0.1+0.2 is 0.3 there.
    text = format(Decimal(format(value, f".{_KEPT_DIGITS}g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: datetime | date | time | timedelta, shown_as: str, place: Location) -> str | Finding:
    """Return a date as precisely as its format shows it: a format without a day means that nobody wrote a day."""
    if isinstance(value, datetime) and value.time() == time():
        parts = _shown_parts(shown_as)
        if value.day == 1 and "d" not in parts:
            return f"{value:%Y}" if value.month == 1 and "m" not in parts else f"{value:%Y-%m}"
        return f"{value:%Y-%m-%d}"
    return finding("xlsx-time", place, value=str(value))


def _shown_parts(number_format: str) -> set[str]:
    quoted = number_format.lower().split('"')[::2]
    return set("".join(quoted)) & set("dmy")


def _broken(file: SourceFile, error: Exception) -> SourceFault:
    if isinstance(error, SourceFault):
        return error
    return SourceFault(finding("xlsx-broken", Location(file.name), reason=str(error) or type(error).__name__))
