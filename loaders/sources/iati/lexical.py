"""Values as XML Schema wants them written: dates, numbers, addresses."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

__all__ = ["FORMS", "XML_SPACE", "Form"]

#: White space of XML, which is less than that of Python: a no-break space is a character like others.
XML_SPACE = " \t\r\n"
#: Characters of the longest value that is looked at; longer ones fit no type.
_LONGEST = 65_536


@dataclass(frozen=True, slots=True)
class Form:
    """How values of one type are written.

    :param fits: whether a text is such a value; white space around it does not matter.
    :param rule: the rule that a text breaks which is not.
    :param example: a value of this type.
    """

    fits: Callable[[str], bool]
    rule: str
    example: str


def _trimmed(fits: Callable[[str], bool]) -> Callable[[str], bool]:
    """Judge a text without the white space around it, and remember: dates, amounts and addresses repeat in a file."""
    remembered = lru_cache(maxsize=8192)(fits)

    def quick(text: str) -> bool:
        text = text.strip(XML_SPACE)
        return remembered(text) if len(text) < 256 else len(text) <= _LONGEST and fits(text)

    return quick


_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_DATE = r"-?(?P<year>[1-9]\d{4,}|\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>\d{2})"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_DAY = re.compile(_DATE + _ZONE, re.ASCII)
_MOMENT = re.compile(_DATE + "T" + _TIME + _ZONE, re.ASCII)


def _dated(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    @_trimmed
    def fits(text: str) -> bool:
        match = pattern.fullmatch(text)
        if match is None or match["year"] == "0000":
            return False
        # Leap years come back every 400 years; the calendar of Python ends with year 9999.
        year = 2000 + int(match["year"][-4:]) % 400
        return 1 <= int(match["day"]) <= monthrange(year, int(match["month"]))[1]

    return fits


def _written(pattern: str, flags: re.RegexFlag = re.ASCII) -> Callable[[str], bool]:
    # Not compiled here: most runs never meet this format, and letters beyond ASCII take long.
    @_trimmed
    def fits(text: str) -> bool:
        return re.fullmatch(pattern, text, flags) is not None

    return fits


_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_WHOLE = re.compile(r"(?P<sign>[+-]?)0*(?P<digits>\d+)", re.ASCII)


def _whole(least: int, greatest: int | None = None) -> Callable[[str], bool]:
    @_trimmed
    def fits(text: str) -> bool:
        match = _WHOLE.fullmatch(text)
        if match is None:
            return False
        # The first digits of a number that long say enough of it, and thousands of digits are costly to read.
        number = int(match["digits"][:24]) * (-1 if match["sign"] == "-" else 1)
        return number >= least and (greatest is None or number <= greatest)

    return fits


def _language(text: str) -> bool:
    """Judge a tag as in BCP 47 by its shape; none at all takes back the language around it, blanks do not."""
    return not text or _TAG.fullmatch(text.strip(XML_SPACE)) is not None


def _address() -> str:
    """Return the pattern of RFC 3986 for a URI or relative reference.

    XML Schema lets stand unescaped what an address must escape: other scripts, some signs, and even spaces.
    """
    kept = r"A-Za-z0-9\-._~!$&'()*+,;=" + r"<>\"{}|\\^`" + "\x00-\x20\x7f-\U0010ffff"
    escaped = "%[0-9A-Fa-f]{2}"
    character = f"(?:[{kept}:@]|{escaped})"
    authority = rf"//(?:(?:[{kept}:]|{escaped})*+@)?(?:\[[0-9A-Za-z:.]+\]|(?:[{kept}]|{escaped})*+)(?::\d*)?"
    path = f"(?:/{character}*+)*+"
    scheme = r"[A-Za-z][A-Za-z0-9+.\-]*:"
    tail = rf"(?:\?(?:{character}|[/?])*+)?(?:#(?:{character}|[/?])*+)?"
    with_scheme = f"{scheme}(?:{authority}{path}|(?!//)(?:{character}|/)*+)"
    without = f"(?:{authority}{path}|(?!//)(?:/{character}*+)++|(?:[{kept}@]|{escaped})++{path}|)"
    return f"(?:{with_scheme}|{without}){tail}"


#: Name of the type, as in XML Schema, to how its values are written.
FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "date": Form(_dated(_DAY), "iati-not-a-date", "2016-09-04"),
        "dateTime": Form(_dated(_MOMENT), "iati-not-a-date", "2016-09-04T12:00:00Z"),
        "decimal": Form(_written(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"), "iati-not-a-number", "1234.56"),
        "int": Form(_whole(-(2**31), 2**31 - 1), "iati-not-a-number", "2"),
        "nonNegativeInteger": Form(_whole(0), "iati-not-a-number", "0"),
        "positiveInteger": Form(_whole(1), "iati-not-a-number", "2016"),
        "boolean": Form(_written("true|false|1|0"), "iati-not-a-boolean", "true"),
        "anyURI": Form(_written(_address()), "iati-not-an-address", "https://example.org/report.pdf"),
        "language": Form(_language, "iati-not-a-language", "cs"),
        "NMTOKEN": Form(_written(r"[\w.:\-·]+", re.UNICODE), "iati-not-a-word", "activity-website"),
    }
)
