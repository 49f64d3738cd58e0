"""Results of shapes as findings: said for people, put at their cell, one for each fault."""

from collections.abc import Callable, Iterable

from rdflib import Graph
from rdflib.namespace import SH

from graph_app.validation.places import label, place_of
from graph_app.validation.results import Result
from loaders.findings import LANGUAGES, SEVERITY_RANK, Finding, Location

__all__ = ["cell_key", "collapse", "in_order", "to_finding"]

#: Stands in a message for the value at fault.
_VALUE = "{?value}"
#: A value of the wrong form says nothing about the rest, so form comes before number, range and comparison.
_COMPONENT_RANK = {
    SH.NodeKindConstraintComponent: 0,
    SH.DatatypeConstraintComponent: 0,
    SH.NodeConstraintComponent: 1,
    SH.OrConstraintComponent: 1,
    SH.ClassConstraintComponent: 1,
    SH.PatternConstraintComponent: 2,
    SH.MinCountConstraintComponent: 3,
    SH.MaxCountConstraintComponent: 3,
    SH.UniqueLangConstraintComponent: 3,
    SH.QualifiedMinCountConstraintComponent: 3,
    SH.HasValueConstraintComponent: 3,
    SH.MinInclusiveConstraintComponent: 4,
    SH.SPARQLConstraintComponent: 5,
}


def to_finding(result: Result, sources: Graph, data: Callable[[], Graph] | None = None) -> Finding:
    """Say a result in every language and find its place.

    :param result: the result.
    :param sources: the part of the checked data whose records are asked first for the place.
    :param data: gives all checked data, with the names of what it refers to, where that is more; asked only if needed.
    :returns: the finding; its location is ``None`` if nothing in the data has a source.
    """
    value = result.value
    location, written = place_of(sources, result.focus, result.paths, value)
    if location is None and data is not None:
        location, written = place_of(data(), result.focus, result.paths, value)
    message = dict(result.message)
    if value is not None and any(_VALUE in text for text in message.values()):
        names = sources if data is None else data()
        message = {language: text.replace(_VALUE, label(names, value, language)) for language, text in message.items()}
    return Finding(
        rule=result.rule,
        severity=result.severity,
        message=message,
        location=location,
        value=written or ("" if value is None else str(value)),
        focus=str(result.focus),
        path=str(result.paths[0]) if result.paths else "",
    )


def collapse(pairs: Iterable[tuple[Result, Finding]]) -> list[Finding]:
    """Keep of all findings at one cell the one that matters; elsewhere, of all about one property of one entity.

    :param pairs: results with their findings.
    :returns: what remains, in the order of files.
    """
    best: dict[tuple[object, ...], tuple[tuple[int, int, str], Finding]] = {}
    for result, found in pairs:
        rank = (SEVERITY_RANK[found.severity], _COMPONENT_RANK.get(result.component, 3), found.rule)
        key = cell_key(found)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, found)
    return in_order(found for _, found in best.values())


def cell_key(found: Finding) -> tuple[object, ...]:
    """Return what two findings share if they are about one cell, or about one property of one entity."""
    place = found.location
    if place is None or not place.column:
        return (found.focus, found.path or found.rule)
    line = place.line if place.row is None else None  # a row says enough, and not everyone tells its line as well
    return (place.file, place.sheet, place.row, line, place.column, found.value)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings as a reader of the files meets them; those without place come last.

    :param findings: the findings.
    """
    return sorted(findings, key=_order)


def _order(found: Finding) -> tuple[object, ...]:
    place = found.location or Location("")
    return (
        found.location is None,
        place.file,
        place.sheet,
        place.row or 0,
        place.line or 0,
        len(place.column),
        place.column,
        SEVERITY_RANK[found.severity],
        found.rule,
        found.focus,
        found.text(LANGUAGES[0]),
    )
