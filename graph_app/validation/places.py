"""The cell behind a statement, found by the provenance that stands in the data itself."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from loaders.findings import Location
from loaders.vocabulary import DCT, IG, PROV, SKOS

__all__ = ["DEPTH", "Place", "label", "place_of"]

#: Properties that name a thing, in the order in which they are tried.
_NAMES = (DCT.title, SKOS.prefLabel)
#: Nested nodes hang at most this deep below an entity with a source.
DEPTH = 3

#: Where something stands, and the text that stands there as written.
Place = tuple[Location | None, str]


class _Cell(NamedTuple):
    """A cell, the text that stands there, and the value that it was read as."""

    location: Location
    text: str
    value: Node | None


def place_of(data: Graph, focus: Node, paths: tuple[URIRef, ...], value: Node | None) -> Place:
    """Find the cell that a value of an entity comes from, or else the record of the entity.

    :param data: data with its source records, layouts and cells.
    :param focus: the entity.
    :param paths: properties whose cell is looked for, best first.
    :param value: the value at fault; ``None`` points to the last cell, the one that came too much.
    :returns: the location, ``None`` if the data does not say, and the text of the cell, empty without one.
    """
    for path in paths:
        found = sorted(_cells(data, focus, path), key=_order)
        if found:
            said = [cell for cell in found if value is not None and cell.value == value]
            cell = said[0] if said else found[-1 if value is None else 0]
            return cell.location, cell.text
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


def _cells(data: Graph, focus: Node, path: URIRef) -> Iterator[_Cell]:
    """Find the cells of a property: those that are told, and those that values tell by themselves."""
    values = {*data.objects(focus, path), *data.subjects(path, focus)}
    for record in data.objects(focus, PROV.wasDerivedFrom):
        for field in _fields(data, record, path):
            location = _in_field(data, _record_location(data, record), field)
            cells = [cell for cell in data.objects(record, IG.cell) if (cell, IG.field, field) in data]
            for cell in cells:
                yield _Cell(location, _text(data, cell, IG.sourceValue), data.value(cell, RDF.value, any=True))
            if not cells:
                own = [value for value in values if _fits(data, focus, field, value)]
                yield from [_Cell(location, _own_text(value), value) for value in own] or [_Cell(location, "", None)]


def _fields(data: Graph, record: Node, path: URIRef) -> Iterator[Node]:
    for layout in data.objects(record, IG.layout):
        for field in data.objects(layout, IG.field):
            if (field, IG.property, path) in data:
                yield field


def _fits(data: Graph, focus: Node, field: Node, value: Node) -> bool:
    """Tell whether a value can be one that its cell tells by itself: in the field's language, and told nowhere else."""
    language = _text(data, field, DCT.language)
    if language and not (isinstance(value, Literal) and value.language == language.lower()):
        return False
    records = set(data.objects(focus, PROV.wasDerivedFrom))
    return not any(
        record in records for cell in data.subjects(RDF.value, value) for record in data.subjects(IG.cell, cell)
    )


def _own_text(value: Node) -> str:
    return str(value) if isinstance(value, Literal) else _last_part(value)


def _in_field(data: Graph, record: Location, field: Node) -> Location:
    offset = _number(data, field, IG.lineOffset)
    line = record.line if offset is None else (record.line or 0) + offset
    return replace(record, column=_text(data, field, IG.column), line=line)


def _record_place(data: Graph, focus: Node) -> Location | None:
    """Look for a source record of the node itself, then of what it hangs on: the grant of an amount, a project."""
    nodes, seen = {focus}, {focus}
    for _ in range(DEPTH):
        records = {record for node in nodes for record in data.objects(node, PROV.wasDerivedFrom)}
        known = (record for record in records if (record, IG.layout, None) in data)
        locations = [_record_location(data, record) for record in known]
        if locations:
            return min(locations, key=_location_order)
        around = {owner for node in nodes for owner, path in data.subject_predicates(node) if path != RDF.value}
        around |= {project for node in nodes for project in data.objects(node, IG.project)}
        nodes = around - seen
        seen |= around
    return None


def _record_location(data: Graph, record: Node) -> Location:
    files = (file for layout in data.objects(record, IG.layout) for file in data.objects(layout, IG.file))
    file = min(files, default=record, key=str)
    return Location(
        file=_text(data, file, IG.fileName),
        sheet=_text(data, file, IG.sheet),
        row=_number(data, record, IG.row),
        line=_number(data, record, IG.line),
        locator=_text(data, record, IG.locator),
    )


def _last_part(term: Node) -> str:
    return str(term).rstrip("/").rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _text(data: Graph, node: Node, path: URIRef) -> str:
    return min((str(text) for text in data.objects(node, path)), default="")


def _number(data: Graph, node: Node, path: URIRef) -> int | None:
    numbers = (number.value for number in data.objects(node, path) if isinstance(number, Literal))
    return min((number for number in numbers if isinstance(number, int)), default=None)


def _order(cell: _Cell) -> tuple[object, ...]:
    return (*_location_order(cell.location), cell.text)


def _location_order(location: Location) -> tuple[str, str, int, int, int, str]:
    return (
        location.file,
        location.sheet,
        location.row or 0,
        location.line or 0,
        len(location.column),  # column Z comes before AA
        location.column,
    )
