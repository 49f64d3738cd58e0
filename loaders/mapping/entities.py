"""One record to the statements of its entity, and a finding for every value that cannot be used."""

from collections.abc import Iterator, Mapping

from rdflib.namespace import RDF

from loaders.errors import ValueFault
from loaders.findings import Finding, Location, finding
from loaders.mapping.doubts import doubts
from loaders.mapping.lines import iri
from loaders.mapping.provenance import Place
from loaders.mapping.quads import data_graph
from loaders.mapping.values import Names, to_term
from loaders.model import ENTITIES, Field, ValueKind
from loaders.records import Cell, Record
from loaders.vocabulary import PROV

__all__ = ["map_record"]

_TYPE, _DERIVED = iri(RDF.type), iri(PROV.wasDerivedFrom)
_CLASSES = {entity.kind: iri(entity.type) for entity in ENTITIES.values()}
#: Kind and name of a field, to the field and its property.
_FIELDS = {
    (entity.kind, field.name): (field, iri(field.path)) for entity in ENTITIES.values() for field in entity.fields
}


def map_record(record: Record, names: Names) -> Iterator[str | Finding]:
    """Turn a record into lines of N-Quads.

    A value that cannot be used gives a finding at its cell and no statement; the rest of the record goes on.

    :param record: a record of a kind in :data:`loaders.model.ENTITIES`, with that kind's fields only.
    :param names: the identifier space of its source.
    :returns: findings, then type, values, provenance and cells as one text of whole lines.
    """
    subject = names.iri(record.kind, *record.key)
    place = Place(record, subject, names.base)
    end = f"{iri(data_graph(record.source.dataset, names.base))} .\n"
    lines = [
        f"{subject} {_TYPE} {_CLASSES[record.kind]} {end}{subject} {_DERIVED} {place.node} {end}",
        place.record_lines(),
    ]
    for name, cells in record.fields.items():
        field, path = _FIELDS[record.kind, name]
        if len(cells) > 1 and not field.many:
            yield from _extra_values(record, field, cells, subject)
        for number, cell in enumerate(cells, start=1):
            lines.append(place.cell_lines(path, name, number, cell))
            try:
                term = to_term(field, cell, names)
            except ValueFault as fault:
                yield _finding(fault.rule, record, field, cell, subject, fault.details)
                continue
            for rule, details in doubts(field, cell.text, term):
                yield _finding(rule, record, field, cell, subject, details)
            lines.append(f"{term} {path} {subject} {end}" if field.inverse else f"{subject} {path} {term} {end}")
    yield "".join(lines)


def _extra_values(record: Record, field: Field, cells: tuple[Cell, ...], subject: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for cell in cells:
        slot = cell.language if field.kind is ValueKind.TEXT else ""
        if slot in seen:
            yield _finding("more-than-one-value", record, field, cell, subject, {})
        seen.add(slot)


def _finding(rule: str, record: Record, field: Field, cell: Cell, subject: str, details: Mapping[str, str]) -> Finding:
    source = record.source
    location = Location(
        source.file,
        source.sheet,
        source.row,
        cell.column,
        cell.line if cell.line is not None else source.line,
        source.locator,
    )
    return finding(rule, location, value=cell.source or cell.text, focus=subject[1:-1], path=str(field.path), **details)
