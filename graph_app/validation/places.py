"""The cell behind a statement, found by the provenance that stands in the data itself."""

from dataclasses import replace
from urllib.parse import unquote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from loaders.findings import Location
from loaders.vocabulary import DCT, IG, PROV, SKOS

__all__ = ["Place", "label", "place_of"]

#: Properties that name a thing, in the order in which they are tried.
_NAMES = (DCT.title, SKOS.prefLabel)
_LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.notation)
#: Nested nodes hang at most this deep below an entity with a source.
_DEPTH = 3

#: Where something stands, and the text that stands there as written.
Place = tuple[Location | None, str]


def place_of(
    data: Graph, focus: Node, paths: tuple[URIRef, ...], value: Node | None, *, names: Graph | None = None
) -> Place:
    """Find the cell that a value of an entity comes from, or else the record of the entity.

    :param data: data with its source records and cells.
    :param focus: the entity.
    :param paths: properties whose cell is looked for, best first.
    :param value: the value at fault; ``None`` points to the last cell, the one that came too much.
    :param names: a graph with the names of what cells refer to, if it is not the data.
    :returns: the location, ``None`` if the data does not say, and the text of the cell, empty without one.
    """
    for path in paths:
        cells = [cell for cell in data.subjects(IG.subject, focus) if (cell, IG.property, path) in data]
        places = sorted((_cell_place(data, cell) for cell in cells), key=_order)
        if places:
            said = [
                place
                for place in places
                if value is not None and _says(data if names is None else names, place[1], value)
            ]
            return said[0] if said else places[-1 if value is None else 0]
    return _record_place(data, focus), ""


def label(data: Graph, term: Node, language: str) -> str:
    """Return what people call a term.

    :param data: data with the term's names.
    :param term: an IRI or literal.
    :param language: language to prefer; English comes next, then any.
    """
    if isinstance(term, Literal):
        return str(term)
    for path in _NAMES:
        names = [name for name in data.objects(term, path) if isinstance(name, Literal)]
        for wanted in (language, "en"):
            for name in sorted(names):
                if name.language == wanted:
                    return str(name)
        if names:
            return str(min(names))
    return unquote(_last_part(term))


def _cell_place(data: Graph, cell: Node) -> Place:
    records = sorted((_record_location(data, record) for record in data.subjects(IG.cell, cell)), key=_location_order)
    record = records[0] if records else Location("")
    line = _number(data, cell, IG.line)
    location = replace(record, column=_text(data, cell, IG.column), line=record.line if line is None else line)
    return location, _text(data, cell, IG.sourceValue)


def _record_place(data: Graph, focus: Node) -> Location | None:
    """Look for a source record of the node itself, then of what it hangs on: the grant of an amount, a project."""
    nodes, seen = {focus}, {focus}
    for _ in range(_DEPTH):
        records = {record for node in nodes for record in data.objects(node, PROV.wasDerivedFrom)}
        known = (record for record in records if (record, RDF.type, IG.SourceRecord) in data)
        locations = [_record_location(data, record) for record in known]
        if locations:
            return min(locations, key=_location_order)
        around = {owner for node in nodes for owner, path in data.subject_predicates(node) if path != IG.subject}
        around |= {project for node in nodes for project in data.objects(node, IG.project)}
        nodes = around - seen
        seen |= around
    return None


def _record_location(data: Graph, record: Node) -> Location:
    return Location(
        file=_text(data, record, IG.fileName),
        sheet=_text(data, record, IG.sheet),
        row=_number(data, record, IG.row),
        line=_number(data, record, IG.line),
        locator=_text(data, record, IG.locator),
    )


def _says(data: Graph, written: str, value: Node) -> bool:
    """Tell whether a cell's text means a value: its own form, a label of it, or its key."""
    text = written.strip().casefold()
    if text in {str(value).casefold(), unquote(_last_part(value)).casefold()}:
        return True
    names = (name for path in _LABELS for name in data.objects(value, path))
    return isinstance(value, URIRef) and any(str(name).casefold() == text for name in names)


def _last_part(term: Node) -> str:
    return str(term).rstrip("/").rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _text(data: Graph, node: Node, path: URIRef) -> str:
    return min((str(text) for text in data.objects(node, path)), default="")


def _number(data: Graph, node: Node, path: URIRef) -> int | None:
    numbers = (number.value for number in data.objects(node, path) if isinstance(number, Literal))
    return min((number for number in numbers if isinstance(number, int)), default=None)


def _order(place: Place) -> tuple[str, str, int, int, int, str]:
    location = place[0]
    return _location_order(location or Location(""))


def _location_order(location: Location) -> tuple[str, str, int, int, int, str]:
    return (
        location.file,
        location.sheet,
        location.row or 0,
        location.line or 0,
        len(location.column),  # column Z comes before AA
        location.column,
    )
