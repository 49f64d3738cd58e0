"""What the IATI standard advises beyond its schemas: its ruleset, as far as one activity alone can be held to it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from lxml.etree import _Element as Element

from loaders.findings import Finding, Location, finding
from loaders.sources.iati.examination import LONGEST_VALUE, line_of
from loaders.sources.iati.lexical import FORMS, XML_SPACE

__all__ = ["advised"]

#: An identifier without the signs that would break it where it stands in an address.
_IDENTIFIER = re.compile(r"[^/&|?]+")
#: Types of dates, each pair in the order in which the days come: planned start and end, actual start and end.
_SPANS = (("1", "3"), ("2", "4"))
_STARTS = frozenset({"1", "2"})
#: Where a period stands that begins and ends.
_PERIODS = ("budget", "planned-disbursement")
#: How far a sum of rounded shares may be from a hundred per cent.
_ROUNDING = Decimal("0.1")
#: Vocabulary of sectors and of regions where none is stated.
_DEFAULT_VOCABULARY = "1"
#: Vocabulary of sectors to the form of its codes: purposes of the OECD have five digits, their categories three.
_SECTOR_DIGITS = {"1": re.compile(r"[0-9]{5}"), "2": re.compile(r"[0-9]{3}")}
#: Organisations that may be named by identifier or by name.
_ORGANISATIONS = (
    "participating-org",
    "transaction/provider-org",
    "transaction/receiver-org",
    "other-identifier/owner-org",
)


def advised(activity: Element, file_name: str) -> Iterator[Finding]:
    """Compare an activity with the standard's ruleset.

    Rules that look at the day of reading, at other files or at code lists are left out: what breaks them may be right.

    :param activity: an element ``iati-activity``, complete.
    :param file_name: name of the file, for the place of the findings.
    :returns: what is not as advised; warnings, save for the form of identifiers, which many good ones do not have.
    """
    for advice in (_identifier, _dates, _periods, _shares, _sectors, _sector_codes, _organisations):
        for rule, element, value in advice(activity):
            yield finding(
                rule, Location(file_name, column=str(element.tag), line=line_of(element)), value=value[:LONGEST_VALUE]
            )


_Advice = Iterator[tuple[str, Element, str]]


def _identifier(activity: Element) -> _Advice:
    for element in activity.iterchildren("iati-identifier"):
        text = (element.text or "").strip(XML_SPACE)
        if text and _IDENTIFIER.fullmatch(text) is None:
            yield "iati-identifier-signs", element, text


def _dates(activity: Element) -> _Advice:
    days = {element.get("type", ""): element for element in activity.iterchildren("activity-date")}
    for first, last in _SPANS:
        if first in days and last in days and _later(days[first], days[last]):
            yield "iati-dates-reversed", days[first], _day(days[first])
    if days and not _STARTS & days.keys():
        yield "iati-without-start", activity, ""


def _periods(activity: Element) -> _Advice:
    for element in activity.iterchildren(*_PERIODS):
        start, end = element.find("period-start"), element.find("period-end")
        if start is not None and end is not None and _later(start, end):
            yield "iati-dates-reversed", start, _day(start)


def _later(first: Element, last: Element) -> bool:
    start, end = _day(first), _day(last)
    return FORMS["date"].fits(start) and FORMS["date"].fits(end) and start[:10] > end[:10]


def _day(element: Element) -> str:
    return str(element.get("iso-date", "")).strip(XML_SPACE)


def _shares(activity: Element) -> _Advice:
    countries = list(activity.iterchildren("recipient-country"))
    # Regions of several vocabularies say the same twice; the countries go with each.
    regions = _by_vocabulary(activity.iterchildren("recipient-region"))
    for places in regions or [[]]:
        yield from _sum([*countries, *places])
    for sectors in _by_vocabulary(activity.iterchildren("sector")):
        yield from _sum(sectors)


def _by_vocabulary(elements: Iterator[Element]) -> list[list[Element]]:
    groups: dict[str, list[Element]] = {}
    for element in elements:
        groups.setdefault(str(element.get("vocabulary") or _DEFAULT_VOCABULARY), []).append(element)
    return list(groups.values())


def _sum(parts: list[Element]) -> _Advice:
    written = [str(part.get("percentage", "")).strip(XML_SPACE) for part in parts]
    if not any(written) or not all(FORMS["decimal"].fits(text) for text in written if text):
        return
    whole = sum((Decimal(text) for text in written if text), Decimal(0))
    if abs(whole - 100) > _ROUNDING:
        yield "iati-shares", parts[0], str(whole)


def _sectors(activity: Element) -> _Advice:
    if activity.find("sector") is None:
        for transaction in activity.iterchildren("transaction"):
            if transaction.find("sector") is None:
                yield "iati-without-sector", transaction, ""
                return
        if activity.find("transaction") is None:
            yield "iati-without-sector", activity, ""


def _sector_codes(activity: Element) -> _Advice:
    for path in ("sector", "transaction/sector"):
        for sector in activity.iterfind(path):
            digits = _SECTOR_DIGITS.get(str(sector.get("vocabulary") or _DEFAULT_VOCABULARY).strip(XML_SPACE))
            code = str(sector.get("code", "")).strip(XML_SPACE)
            if digits and code and digits.fullmatch(code) is None:
                yield "iati-sector-code", sector, code


def _organisations(activity: Element) -> _Advice:
    for path in _ORGANISATIONS:
        for element in activity.iterfind(path):
            if not str(element.get("ref", "")).strip(XML_SPACE) and element.find("narrative") is None:
                yield "iati-nameless-organisation", element, ""
