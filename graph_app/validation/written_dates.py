"""Dates in the many ways that people write them, as long as only one day, month or year can be meant."""

import re
from datetime import date
from functools import cache

from babel import Locale

from loaders.errors import ValueFault
from loaders.normalise.dates import partial_date
from loaders.normalise.names import lookup_key

__all__ = ["iso_date"]

_LOCALES = ("en", "cs", "sk", "de", "pl")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})(?:[-./]([0-9]{1,2}))?")
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(?::00(?:\.0+)?)?Z?", re.IGNORECASE)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
#: Day and month in either order; between points the day always comes first.
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})-([0-9]{4})")
_DAY_WORD = re.compile(r"(?:([0-9]{1,2})(?:\.|st|nd|rd|th)?[ -]?)?([^\W\d_]+)\.?,?[ -]?([0-9]{4})")
_WORD_DAY = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")


def iso_date(text: str) -> str:
    """Return a date in the form of ISO 8601.

    :param text: the date as written.
    :returns: the year, month or day; empty where it is none, there is no such day, or two days can be meant.
    """
    bare = re.sub(r"\s*([-./])\s*", r"\1", " ".join(text.split())).rstrip(".,;")
    for written in (bare, _numbered(bare), _worded(bare)):
        try:
            return partial_date(written)[0]
        except ValueFault as fault:
            if "repaired" in fault.details:  # the number by which a spreadsheet counts days
                return fault.details["repaired"]
    return ""


def _numbered(text: str) -> str:
    """Return a date with its numbers in the order of ISO 8601, whether or not there is such a day."""
    if (match := _MIDNIGHT.fullmatch(text)) is not None:
        return match[1]
    if (match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)) is not None:
        two_years = match[3] is None and int(match[2]) == (int(match[1]) + 1) % 100  # 2011/12 can be a school year
        return "" if two_years else _joined(match[1], match[2], match[3])
    if (match := _YEAR_LAST.fullmatch(text)) is not None:
        first, _, second, year = match.groups()
        days = {day for day in (_joined(year, second, first), _joined(year, first, second)) if _exists(day)}
        return days.pop() if len(days) == 1 else ""
    if (match := _MONTH_YEAR.fullmatch(text)) is not None:
        return _joined(match[2], match[1])
    return ""


def _worded(text: str) -> str:
    """Return the same of a date whose month is a word."""
    if (match := _DAY_WORD.fullmatch(text)) is not None:
        return _joined(match[3], _month(match[2]), match[1])
    if (match := _WORD_DAY.fullmatch(text)) is not None:
        return _joined(match[3], _month(match[1]), match[2])
    return ""


def _joined(year: str, month: str, day: str | None = None) -> str:
    return "-".join((year, *(number.zfill(2) for number in (month, day) if number is not None)))


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _month(word: str) -> str:
    """Return the number of a month; what is no month gives a date that does not exist."""
    return _months().get(lookup_key(word), "00")


@cache
def _months() -> dict[str, str]:
    """Return the names of months, long and short, that mean one month in all languages."""
    found: dict[str, set[str]] = {}
    for locale in map(Locale.parse, _LOCALES):
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[form][width].items():
                    found.setdefault(lookup_key(name.rstrip(".")), set()).add(f"{number:02d}")
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}
