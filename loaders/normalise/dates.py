"""Dates of year, month or day precision, and lengths of time, as people write them."""

import re
from datetime import date, timedelta

from loaders.errors import ValueFault

__all__ = ["duration", "partial_date"]

#: Years outside are taken for slips of the pen.
_FIRST_YEAR, _LAST_YEAR = 1800, 2199

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DOTTED = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})\s?[/.]\s?([0-9]{4})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")

#: What spreadsheets show when a date has lost its format: days since the end of 1899.
_SERIAL = re.compile(r"[2-7][0-9]{4}")
_SERIAL_ZERO = date(1899, 12, 30)

_ISO_DURATION = re.compile(r"P(?=[0-9])(?:[0-9]{1,4}Y)?(?:[0-9]{1,4}M)?(?:[0-9]{1,5}D)?")
_WEEKS = re.compile(r"P([0-9]{1,4})W")
_PART = re.compile(r"([0-9]{1,4})\s*([^\W0-9_]+)")
_UNITS = {
    "Y": ("year", "years", "rok", "roky", "roku", "roků", "let"),
    "M": ("month", "months", "měsíc", "měsíce", "měsíců"),
    "W": ("week", "weeks", "týden", "týdny", "týdne", "týdnů"),
    "D": ("day", "days", "den", "dny", "dne", "dní", "dnů"),
}
_UNIT_OF_WORD = {word: unit for unit, words in _UNITS.items() for word in words}
_AND = re.compile(r"\s*(?:,|\band\b|\ba\b)?\s*")


def partial_date(text: str) -> tuple[str, str]:
    """Read a date and keep its precision.

    Years (``2024``), months (``2024-03``, ``3/2024``, ``3.2024``) and days (``2024-03-31``, ``31.3.2024``,
    ``31/3/2024``) are read; a day always comes before its month.

    :param text: the date as written.
    :returns: the ISO 8601 form, and the local name of its XML Schema datatype: ``gYear``, ``gYearMonth`` or ``date``.
    :raises ValueFault: if there is no such day, if day and month could be meant the other way round, or if the text is
        no date.
    """
    text = " ".join(text.split())
    if (match := _ISO.fullmatch(text)) is not None:
        return _checked(*match.groups())
    if (match := _DOTTED.fullmatch(text)) is not None:
        day, month, year = match.groups()
        return _checked(year, month, day)
    if (match := _MONTH_YEAR.fullmatch(text)) is not None:
        month, year = match.groups()
        return _checked(year, month)
    if (match := _SLASHED.fullmatch(text)) is not None:
        return _slashed(*match.groups())
    if _SERIAL.fullmatch(text) is not None:
        raise ValueFault("date-serial", repaired=(_SERIAL_ZERO + timedelta(days=int(text))).isoformat())
    raise ValueFault("date-unreadable")


def duration(text: str) -> str:
    """Read a length of time.

    :param text: an ISO 8601 duration of years, months and days, or of weeks (``P18M``, ``P2W``), or words
        (``18 months``, ``1 rok a 6 měsíců``).
    :returns: the duration in the form of XML Schema; weeks become days, nothing else is converted.
    :raises ValueFault: if the text is no such length of time.
    """
    text = " ".join(text.split())
    if (match := _WEEKS.fullmatch(text)) is not None:
        return f"P{int(match[1]) * 7}D"
    if _ISO_DURATION.fullmatch(text) is not None:
        return text
    return _worded(text.casefold())


def _checked(year: str, month: str | None = None, day: str | None = None) -> tuple[str, str]:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        raise ValueFault("date-year", first=str(_FIRST_YEAR), last=str(_LAST_YEAR))
    try:
        exact = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueFault("date-impossible") from error
    if day is not None:
        return exact.isoformat(), "date"
    if month is not None:
        return exact.isoformat()[:7], "gYearMonth"
    return year, "gYear"


def _slashed(first: str, second: str, year: str) -> tuple[str, str]:
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if day_first and month_first and day_first != month_first:
        raise ValueFault("date-ambiguous", day_first=day_first, month_first=month_first)
    return _checked(year, second, first)


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _worded(text: str) -> str:
    numbers: dict[str, int] = {}
    position = 0
    while (match := _PART.match(text, position)) is not None:
        unit = _UNIT_OF_WORD.get(match[2], "")
        if not unit or unit in numbers:
            raise ValueFault("duration-unreadable")
        numbers[unit] = int(match[1])
        joint = _AND.match(text, match.end())
        position = match.end() if joint is None else joint.end()
    if position < len(text) or not numbers:
        raise ValueFault("duration-unreadable")
    if "W" in numbers:
        numbers["D"] = numbers.get("D", 0) + 7 * numbers.pop("W")
    return "P" + "".join(f"{numbers[unit]}{unit}" for unit in "YMD" if unit in numbers)
