"""One record to the statements of its entity, and a finding for every value that cannot be used."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rdflib.namespace import RDF

from loaders.errors import ValueFault
from loaders.fields import Field, ValueKind
from loaders.findings import Finding, Location, finding
from loaders.mapping.doubts import doubts
from loaders.mapping.lines import iri
from loaders.mapping.provenance import Entry, Place, SourceFile, plain
from loaders.mapping.quads import data_graph
from loaders.mapping.values import Names, to_term
from loaders.model import ENTITIES
from loaders.records import Cell, Record, SourceRef
from loaders.vocabulary import PROV

__all__ = ["Mapper"]

#: Entities of which it is remembered what was said: files tell of one again in rows close by.
_REMEMBERED = 1 << 18

_TYPE, _DERIVED = iri(RDF.type), iri(PROV.wasDerivedFrom)
_CLASSES = {entity.kind: iri(entity.type) for entity in ENTITIES.values()}
#: Kind and name of a field, to the field and its property.
_FIELDS = {
    (entity.kind, field.name): (field, iri(field.path)) for entity in ENTITIES.values() for field in entity.fields
}


class _Told(NamedTuple):
    """A cell with what it was read as; without, it could not be read."""

    entry: Entry
    cell: Cell
    term: str


class Mapper:
    """Turns the records of one dataset into lines of N-Quads.

    :param names: the identifier space of their source.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._files: dict[tuple[str, str, str], SourceFile] = {}
        self._said: dict[str, int] = {}

    def lines(self, record: Record) -> Iterator[str | Finding]:
        """Turn a record into lines of N-Quads.

        A value that cannot be used gives a finding at its cell and no statement; the rest of the record goes on.

        :param record: a record of a kind in :data:`loaders.model.ENTITIES`, with that kind's fields only.
        :returns: findings, then type, values and provenance as one text of whole lines. What is the same for many
            records is told with the first, and may be told again.
        """
        names, source, kind = self._names, record.source, record.kind
        subject = names.iri(kind, *record.key)
        end = f"{iri(data_graph(source.dataset, names.base))} .\n"
        first = source.line
        told: list[_Told] = []
        values: list[str] = []
        odd: set[Entry] = set()
        for name, cells in record.fields.items():
            field, path = _FIELDS[kind, name]
            if len(cells) > 1 and not field.many:
                yield from _extra_values(record, field, cells, subject)
            prose = field.kind is ValueKind.TEXT
            for cell in cells:
                if first is None:
                    first = cell.line
                offset = None if cell.line is None or first is None else cell.line - first
                entry = Entry(path, cell.column, cell.language if prose else "", offset)
                try:
                    term = to_term(field, cell, names)
                except ValueFault as fault:
                    yield _finding(fault.rule, record, field, cell, subject, fault.details)
                    told.append(_Told(entry, cell, ""))
                    odd.add(entry)
                    continue
                for rule, details in doubts(field, cell.text, term):
                    yield _finding(rule, record, field, cell, subject, details)
                told.append(_Told(entry, cell, term))
                if not plain(term, cell):
                    odd.add(entry)
                values.append(f"{term} {path} {subject} {end}" if field.inverse else f"{subject} {path} {term} {end}")
        stated = f"{subject} {_TYPE} {_CLASSES[kind]} {end}{''.join(values)}"
        again = self._otherwise(subject, stated)
        yield f"{stated}{self._provenance(source, subject, told, odd, first, end, again=again)}"

    def _provenance(
        self,
        source: SourceRef,
        subject: str,
        told: list[_Told],
        odd: set[Entry],
        line: int | None,
        data_end: str,
        *,
        again: bool,
    ) -> str:
        """Say where a record stands, and what of its cells its values do not tell themselves."""
        key = (source.dataset, source.sha256, source.sheet)
        file = self._files.get(key)
        described = ""
        if file is None:
            file = self._files[key] = SourceFile(source, self._names.base)
            described = file.describe()
        layout = file.layout(tuple(dict.fromkeys([one.entry for one in told])))
        place = Place.of(source, line, file, subject, layout)
        cells = ""
        if odd or again or layout.shared:
            cells = "".join(
                place.cell_line(file.cell(entry, cell.source or cell.text, term), file.end)
                for entry, cell, term in told
                if again or entry in odd or entry in layout.shared
            )
        return f"{subject} {_DERIVED} {place.node} {data_end}{described}{place.lines}{cells}{file.fresh()}"

    def _otherwise(self, subject: str, stated: str) -> bool:
        """Tell whether an earlier record said something else of an entity, so that no value tells which it is of."""
        said = self._said
        if len(said) >= _REMEMBERED and subject not in said:
            del said[next(iter(said))]
        return said.setdefault(subject, hash(stated)) != hash(stated)


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
    return finding(rule, location, value=cell.text, focus=subject[1:-1], path=str(field.path), **details)
