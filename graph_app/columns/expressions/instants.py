"""Dates that SQL has no values for: years of more than four digits or before the first, zones, the hour 24."""

import re
from calendar import isleap

__all__ = ["canonical_date", "canonical_moment"]

_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_DAY = rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(?:\.(?P<part>[0-9]+))?|(?P<end>24:00:00(?:\.0+)?))"
_ZONE = r"(?P<zone>Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_DATE = re.compile(_DAY + _ZONE)
_MOMENT = re.compile(f"{_DAY}T{_TIME}{_ZONE}")
#: Digits of a fraction of a second that decimals hold.
_DIGITS = 18


def canonical_date(text: str) -> str | None:
    """Return the canonical form of an ``xsd:date``, or ``None`` for what is none.

    :param text: any text.
    """
    found = _DATE.fullmatch(text)
    day = _day_of(found) if found else None
    return None if found is None or day is None else _written(*day) + _zone_of(found)


def canonical_moment(text: str) -> str | None:
    """Return the canonical form of an ``xsd:dateTime``, or ``None`` for what is none, or finer than decimals are.

    :param text: any text.
    """
    found = _MOMENT.fullmatch(text)
    day = _day_of(found) if found else None
    if found is None or day is None:
        return None
    part = (found["part"] or "").rstrip("0")
    if len(part) > _DIGITS:
        return None
    time = "00:00:00" if found["end"] else found["time"] + (f".{part}" if part else "")
    return f"{_written(*(_after(*day) if found['end'] else day))}T{time}{_zone_of(found)}"


def _day_of(found: re.Match[str]) -> tuple[int, int, int] | None:
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    return (year, month, day) if day <= _days(year, month) else None


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if isleap(year) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def _after(year: int, month: int, day: int) -> tuple[int, int, int]:
    if day < _days(year, month):
        return year, month, day + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def _written(year: int, month: int, day: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


def _zone_of(found: re.Match[str]) -> str:
    zone = found["zone"] or ""
    return "Z" if zone in {"+00:00", "-00:00"} else zone
