"""One record to the statements of its entity, and a finding for every value that cannot be used."""

from collections.abc import Iterator, Mapping, Sequence

from rdflib.namespace import RDF

from loaders.errors import ValueFault
from loaders.fields import Field, ValueKind
from loaders.findings import Finding, Location, finding
from loaders.mapping.lines import iri
from loaders.mapping.provenance import Entry, SourceFile
from loaders.mapping.values import Names, Slot, Values
from loaders.model import ENTITIES
from loaders.records import Cell, Record, SourceRef
from loaders.vocabulary import PROV

__all__ = ["CLASSES", "DERIVED", "SLOTS", "TYPE", "Mapper"]

#: Entities of which it is remembered what was said: files tell of one again in rows close by.
_REMEMBERED = 1 << 18

TYPE, DERIVED = iri(RDF.type), iri(PROV.wasDerivedFrom)
#: Kind to its class, all as N-Quads text.
CLASSES = {entity.kind: iri(entity.type) for entity in ENTITIES.values()}
#: Kind to the names of its fields, and what each is.
SLOTS = {entity.kind: {field.name: Slot.of(field) for field in entity.fields} for entity in ENTITIES.values()}


#: A cell, its field, and what it was read as; empty where it could not be read.
_Told = tuple[Entry, Cell, str]


class Mapper:
    """Turns the records of one dataset into lines of N-Quads.

    :param names: the identifier space of their source.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.values = Values(names)
        self._files: dict[tuple[str, str, str], SourceFile] = {}
        self._said: dict[str, int] = {}

    def lines(self, record: Record) -> Iterator[str | Finding]:
        """Turn a record into lines of N-Quads.

        A value that cannot be used gives a finding at its cell and no statement; the rest of the record goes on.

        :param record: a record of a kind in :data:`loaders.model.ENTITIES`, with that kind's fields only.
        :returns: findings, then type, values and provenance as one text of whole lines. What is the same for many
            records is told with the first, and may be told again.
        """
        kind, key, source, fields, space = record
        subject = self.names.elsewhere(kind, space, key[0]) if space else self.names.iri(kind, *key)
        file, described = self.file(source)
        end, first = file.data_end, source.line
        slots, read = SLOTS[kind], self.values.read
        told: list[_Told] = []
        odd: set[Entry] = set()
        statements = [f"{subject} {TYPE} {CLASSES[kind]} {end}"]
        for name, cells in fields.items():
            slot = slots[name]
            field, path, _, _, prose, _ = slot
            inverse = field.inverse
            if len(cells) > 1 and not field.many:
                yield from _extra_values(record, field, cells, subject)
            for cell in cells:
                _, column, line, language, _, _ = cell
                if first is None:
                    first = line
                offset = None if line is None or first is None else line - first
                entry = (path, column, language if prose else "", offset)
                try:
                    term, plain, doubts = read(slot, cell)
                except ValueFault as fault:
                    yield _finding(fault.rule, record, field, cell, subject, fault.details)
                    told.append((entry, cell, ""))
                    odd.add(entry)
                    continue
                for rule, details in doubts:
                    yield _finding(rule, record, field, cell, subject, details)
                told.append((entry, cell, term))
                if not plain:
                    odd.add(entry)
                statements.append(f"{term} {path} {subject} {end}" if inverse else f"{subject} {path} {term} {end}")
        stated = "".join(statements)
        layout = file.layout(tuple(dict.fromkeys([entry for entry, _, _ in told])))
        place, lines = file.place(source.row, first, subject, layout, source.locator)
        again = self.otherwise(subject, stated)
        if odd or again or layout.shared:
            lines += "".join(
                [
                    place + file.has_cell(file.cell(entry, cell.source or cell.text, term))
                    for entry, cell, term in told
                    if again or entry in odd or entry in layout.shared
                ]
            )
        yield f"{stated}{subject} {DERIVED} {place} {end}{described}{lines}{file.fresh()}"

    def file(self, source: SourceRef) -> tuple[SourceFile, str]:
        """Return the file of a place, and what describes it where it was not told yet.

        :param source: the place.
        """
        key = (source.dataset, source.sha256, source.sheet)
        known = self._files.get(key)
        if known is not None:
            return known, ""
        file = self._files[key] = SourceFile(source, self.names.base)
        return file, file.describe()

    def otherwise(self, subject: str, stated: str) -> bool:
        """Tell whether an earlier record said something else of an entity, so that no value tells which it is of.

        :param subject: the entity.
        :param stated: what is said of it now.
        """
        said = self._said
        if len(said) >= _REMEMBERED and subject not in said:
            del said[next(iter(said))]
        now = hash(stated)
        return said.setdefault(subject, now) != now

    def all_new(self, subjects: Sequence[str], stated: Sequence[str]) -> bool:
        """Tell whether no record has said anything of entities before, and remember what is said of them now.

        :param subjects: the entities.
        :param stated: what is said of each.
        :returns: whether it was remembered; else :meth:`otherwise` tells more.
        """
        said = self._said
        new = len(set(subjects)) == len(subjects) and said.keys().isdisjoint(subjects)
        if not new or len(said) + len(subjects) > _REMEMBERED:
            return False
        said.update(zip(subjects, map(hash, stated), strict=True))
        return True


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
