"""One record to the quads of its entity, and a finding for every value that cannot be used."""

from collections.abc import Iterator

from rdflib import URIRef
from rdflib.namespace import RDF

from loaders.errors import ValueFault
from loaders.findings import Finding, Location, finding
from loaders.mapping.doubts import doubts
from loaders.mapping.provenance import cell_quads, record_iri, record_quads
from loaders.mapping.quads import Quad, data_graph
from loaders.mapping.values import Names, to_term
from loaders.model import ENTITIES, Field, ValueKind
from loaders.records import Cell, Record
from loaders.vocabulary import PROV

__all__ = ["entity_iri", "map_record"]


def entity_iri(record: Record, names: Names) -> URIRef:
    """Return the IRI of the entity that a record describes."""
    return names.iri(record.kind, *record.key)


def map_record(record: Record, names: Names) -> Iterator[Quad | Finding]:
    """Turn a record into quads.

    A value that cannot be used gives a finding at its cell and no triple; the rest of the record goes on.

    :param record: a record of a kind in :data:`loaders.model.ENTITIES`, with that kind's fields only.
    :param names: the identifier space of its source.
    :returns: type, values, provenance and cells; findings in between.
    """
    entity = ENTITIES[record.kind]
    subject = entity_iri(record, names)
    graph = data_graph(record.source.dataset, names.base)
    yield Quad(subject, RDF.type, entity.type, graph)
    yield Quad(subject, PROV.wasDerivedFrom, record_iri(record.source, names.base), graph)
    yield from record_quads(record.source, names.base)
    for name, cells in record.fields.items():
        field = entity.field(name)
        yield from _extra_values(record, field, cells, subject)
        for number, cell in enumerate(cells, start=1):
            place = (record.kind, *record.key, name, str(number))
            yield from cell_quads(record.source, subject, field.path, cell, place, names.base)
            yield from _value(record, field, cell, subject, graph, names)


def _value(
    record: Record, field: Field, cell: Cell, subject: URIRef, graph: URIRef, names: Names
) -> Iterator[Quad | Finding]:
    try:
        term = to_term(field, cell, names)
    except ValueFault as fault:
        yield finding(
            fault.rule,
            _location(record, cell),
            value=cell.text,
            focus=str(subject),
            path=str(field.path),
            **fault.details,
        )
        return
    place = _location(record, cell)
    for rule, details in doubts(field, cell.text, term):
        yield finding(rule, place, value=cell.text, focus=str(subject), path=str(field.path), **details)
    if field.inverse and isinstance(term, URIRef):
        yield Quad(term, field.path, subject, graph)
    else:
        yield Quad(subject, field.path, term, graph)


def _extra_values(record: Record, field: Field, cells: tuple[Cell, ...], subject: URIRef) -> Iterator[Finding]:
    if field.many:
        return
    seen: set[str] = set()
    for cell in cells:
        slot = cell.language if field.kind is ValueKind.TEXT else ""
        if slot in seen:
            yield finding(
                "more-than-one-value",
                _location(record, cell),
                value=cell.text,
                focus=str(subject),
                path=str(field.path),
            )
        seen.add(slot)


def _location(record: Record, cell: Cell) -> Location:
    source = record.source
    return Location(
        source.file,
        source.sheet,
        source.row,
        cell.column,
        cell.line if cell.line is not None else source.line,
        source.locator,
    )
