"""The source ``iati``: XML files of activities or organisations, element by element."""

from collections.abc import Iterator
from pathlib import Path

from lxml.etree import _Element as Element

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.records import Record, SourceRef
from loaders.sources.files import LARGEST_PUBLISHED, read_file
from loaders.sources.iati.activity import OrganisationMention
from loaders.sources.iati.elements import read_activity
from loaders.sources.iati.examination import line_of
from loaders.sources.iati.portfolio import Portfolio, located
from loaders.sources.iati.reading import Reading
from loaders.sources.iati.records import activity_records
from loaders.sources.iati.rules import FileRules
from loaders.sources.iati.standard import ROOTS
from loaders.sources.iati.stream import HEAD, first_markup, stream
from loaders.sources.iati.taken import LANGUAGE, left_out
from loaders.sources.look import Look
from loaders.sources.registry import Source

__all__ = ["SOURCE"]


def _read(path: Path, dataset: Dataset) -> Iterator[Record | Finding]:
    file = read_file(path, LARGEST_PUBLISHED)
    source = SourceRef(dataset.key, file.name, file.sha256)
    portfolio = Portfolio()
    rules: FileRules | None = None
    for root, element in stream(file):
        if rules is None or element is None:
            _check_root(root, file.name)
            rules = FileRules(root, file.name)
            yield from rules.opening()
            continue
        yield from rules.check(element)
        if element.tag == ROOTS[str(root.tag)]:
            yield from _records(element, source, portfolio, root.get(LANGUAGE, ""))
        else:
            portfolio.leave_out({str(element.tag): 1})
    if rules is not None:
        yield from rules.closing()
    yield from portfolio.left_out_findings(file.name)


def _check_root(root: Element, name: str) -> None:
    if root.tag not in ROOTS:
        known = " / ".join(f"<{known}>" for known in ROOTS)
        place = Location(name, line=line_of(root))
        raise SourceFault(finding("iati-root", place, value=str(root.tag), known=known))


def _records(element: Element, source: SourceRef, portfolio: Portfolio, outer: str) -> Iterator[Record | Finding]:
    place = source._replace(line=line_of(element))
    reading = Reading(element, place, outer)
    if element.tag == "iati-activity":
        activity = read_activity(element, place, reading)
        found = activity_records(activity, portfolio)
    else:
        found = _organisation(element, place, reading, portfolio)
    yield from found
    yield from reading.faults
    if reading.without_language:
        yield finding("iati-language-unstated", located(place), number=reading.without_language)


def _organisation(
    element: Element, place: SourceRef, reading: Reading, portfolio: Portfolio
) -> Iterator[Record | Finding]:
    """Yield the organisation that a file of organisations describes, and who reports it."""
    stated = reading.child(element, "organisation-identifier")
    ref = reading.text(stated if stated is not None else reading.child(element, "iati-identifier"))
    reporter = reading.organisation(reading.child(element, "reporting-org"))
    own = reporter is not None and reporter.ref is not None and ref is not None and reporter.ref.text == ref.text
    mention = OrganisationMention(
        source=place,
        ref=ref,
        name=reading.texts(reading.child(element, "name")),
        type=reporter.type if own and reporter is not None else None,
    )
    within = ref.text.strip() if ref is not None else ""
    portfolio.leave_out(left_out(element))
    for each in (mention, reporter):
        reference, described = portfolio.mention(each, within)
        yield from described
        if reference is None and each is mention:
            yield finding("iati-organisation-without-identifier", located(place))


def _recognise(look: Look) -> str:
    try:
        with look.path.open("rb") as content:
            head = content.read(HEAD)
    except OSError:
        return ""
    markup = first_markup(head)
    root = next((root for root in ROOTS if f"<{root}" in markup[:HEAD]), "")
    return f"It is XML that begins with <{root}>." if root else ""


SOURCE = Source(
    name="iati",
    title={"en": "IATI activities or organisations (XML)", "cs": "Aktivity nebo organizace IATI (XML)"},
    suffixes=(".xml",),
    read=_read,
    recognise=_recognise,
    namespace="iati",
    published=True,
)
