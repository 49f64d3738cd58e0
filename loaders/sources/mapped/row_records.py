"""One row of a mapped table to records."""

from collections.abc import Iterator

from loaders.findings import Finding, finding
from loaders.keys import MissingKeyError, record_key
from loaders.mentions import identifier_of
from loaders.model import ENTITIES
from loaders.normalise.names import lookup_key
from loaders.records import Cell, Record, SourceRef
from loaders.sources.mapped.column_map import GRANT, PROJECT, Known, Part
from loaders.sources.mapped.keys import joined, mention_key, place_key
from loaders.sources.mapped.part_reader import PARTICIPATION
from loaders.sources.mapped.table_reading import Reading
from loaders.sources.mapped.values import Fields, RowValues, instances
from loaders.sources.tables import Row

__all__ = ["RowRecords"]

#: Kind to the fields of which any makes a thing of that kind.
_ANCHORS = {
    "organisation": ("id", "name"),
    "amount": ("value",),
    "programme": ("id", "name"),
    "place": ("code", "name"),
    "identifier": ("code",),
    "classification": ("code",),
}


class RowRecords:
    """One row, while its records are made.

    :param reading: the table.
    :param row: the row.
    :param values: what its columns say.
    :param project: key of its project.
    """

    def __init__(self, reading: Reading, row: Row, values: RowValues, project: str) -> None:
        self._map = reading.column_map
        self._table = reading.table
        self._seen = reading.seen
        self._header = reading.header
        self._row = row
        self._known = reading.known
        self._values = values
        self._project = project
        table = reading.table
        self._source = SourceRef(reading.dataset, table.file, table.sha256, table.sheet, row.number)
        self._findings: list[Finding] = []
        #: Part to references to the entities that it is in this row.
        self._references: dict[str, list[Cell]] = {}
        #: Organisation part to references to its participations.
        self._participations: dict[str, list[Cell]] = {}
        #: Field of the project to references.
        self._links: dict[str, list[Cell]] = {}

    def records(self) -> Iterator[Record | Finding]:
        """Yield the records of the row, the project first, and findings."""
        parts = self._map.parts.values()
        made = [record for part in parts for record in self._of(part)]
        yield from self._project_record()
        yield from made
        if GRANT in self._map.parts:
            yield from self._grant()
        for part in parts:
            if part.kind == "amount" and part.of != GRANT:
                yield from self._amounts(part)
        yield from self._findings

    def _things(self, part: Part) -> list[Fields]:
        things, findings = instances(part, self._values, _ANCHORS[part.kind], self._table, self._row)
        self._findings += findings
        return things

    def _record(self, kind: str, key: tuple[str, ...], fields: Fields, known: Known | None = None) -> Record:
        space = known.space if known is not None else ""
        return Record(kind, (known.key,) if known is not None else key, self._source, fields, space)

    def _link(self, kind: str, fields: Fields) -> tuple[str, ...]:
        """Return the key of what links others: what is of the graph is told from ids of the list by its space."""
        spaced = {
            name: tuple(cell._replace(text=joined(cell.space, cell.text)) if cell.space else cell for cell in cells)
            for name, cells in fields.items()
        }
        return record_key(kind, "", spaced)

    def _own(self) -> tuple[Cell]:
        """Return the reference to the project, with the column of its id, or of its title where it is the graph's."""
        cells = self._values.cells(PROJECT, "id")
        known = self._known_project()
        if known is None:
            return (Cell(self._project, next((cell.column for cell in cells), ""), self._row.line),)
        written = next(iter((*self._values.cells(PROJECT, "title"), *cells)), Cell(known.name))
        return (_referring(written, known),)

    def _known_project(self) -> Known | None:
        names = [cell.text for name in ("id", "title") for cell in self._values.cells(PROJECT, name)]
        return self._known.find(PROJECT, names, within=self._project)

    def _of(self, part: Part) -> Iterator[Record]:
        """Make the records of a part other than project, grant and amounts."""
        match part.kind:
            case "organisation":
                yield from self._organisation(part)
            case "programme":
                yield from self._programme(part)
            case "place":
                for thing in self._things(part):
                    key = place_key(thing)
                    anchor = (thing.get("code") or thing["name"])[0]
                    self._links.setdefault("place", []).append(
                        anchor._replace(text=key, source=anchor.source or anchor.text)
                    )
                    yield from self._once("place", key, thing)
            case "classification":
                for thing in self._things(part):
                    fields = {PROJECT: self._own(), **thing}
                    yield self._record(part.kind, self._link(part.kind, fields), fields)
            case "identifier" if part.of == PROJECT:
                for thing in self._things(part):
                    yield from self._identifier(PROJECT, self._own(), thing)

    def _programme(self, part: Part) -> Iterator[Record]:
        for thing in self._things(part):
            anchors = (*thing.get("name", ()), *thing.get("id", ()))
            known = self._known.find("programme", [cell.text for cell in anchors], within=self._project)
            if known is not None:
                reference = _referring(anchors[0], known)
                self._links.setdefault("programme", []).append(reference)
                self._references.setdefault(part.name, []).append(reference)
                continue
            identifier = thing.pop("id", ()) or thing["name"]
            key = identifier[0].text
            self._links.setdefault("programme", []).append(identifier[0])
            self._references.setdefault(part.name, []).append(identifier[0])
            yield from self._once("programme", key, thing)

    def _organisation(self, part: Part) -> Iterator[Record]:
        if self._person(part):
            self._findings.append(finding("map-person", self._table.place(self._row)))
            return
        told: set[str] = set()
        for thing in self._things(part):
            anchor = (thing.get("name") or thing["id"])[0]
            if not lookup_key(anchor.text):
                continue
            known = self._known_organisation(thing)
            if known is None:
                called = mention_key(part, thing, self._values, self._project)
                reference = anchor._replace(text=called, language="", source=anchor.source or anchor.text)
            else:
                called, reference = known.path, _referring(anchor, known)
            if called in told:
                continue
            told.add(called)
            self._references.setdefault(part.name, []).append(reference)
            codes = tuple(cell for cell in thing.pop("id", ()) if identifier_of(cell.text))
            link = {name: thing.pop(name) for name in PARTICIPATION if name in thing}
            yield from self._named(called, thing) if known is None else self._renamed(known, thing)
            if codes and part.scheme:
                yield from self._identifier(
                    "organisation", (reference,), {"code": codes, "scheme": (Cell(part.scheme),)}
                )
            if link:
                fields = {PROJECT: self._own(), "organisation": (reference,), **link}
                # One part, as amounts refer to a participation by one word.
                key = joined(*self._link("participation", fields))
                self._participations.setdefault(part.name, []).append(anchor._replace(text=key, language="", source=""))
                yield self._record("participation", (key,), fields)

    def _known_organisation(self, thing: Fields) -> Known | None:
        names = [cell.text for name in ("name", "other_name", "id") for cell in thing.get(name, ())]
        ident = "".join(cell.text for cell in thing.get("id", ())[:1])
        return self._known.find("organisation", names, ident, self._project)

    def _person(self, part: Part) -> bool:
        if part.persons is None:
            return False
        index = self._header.marks.get(part.persons.heading)
        text = self._row.cells[index] if index is not None and index < len(self._row.cells) else ""
        return lookup_key(text) in part.persons.values

    def _named(self, key: str, thing: Fields) -> Iterator[Record]:
        """Describe an organisation, under the name by which the list called it first."""
        names = thing.get("name", ())
        called = hash(names[0].text) if names else 0
        if names and self._seen.names.setdefault(hash(key), called) != called:
            thing = {**thing, "other_name": (*thing.get("other_name", ()), *names)}
            del thing["name"]
        yield from self._once("organisation", key, thing)

    def _renamed(self, known: Known, thing: Fields) -> Iterator[Record]:
        """Describe an organisation of the graph: what the list calls it is another name, unless the graph has it."""
        names = thing.pop("name", ())
        if names and not known.named:
            thing["other_name"] = (*thing.get("other_name", ()), *names)
        if self._new("organisation", known.path, thing):
            yield self._record("organisation", (), thing, known)

    def _once(self, kind: str, key: str, thing: Fields) -> Iterator[Record]:
        """Describe what stands in many rows once, and again only where another row says something else of it."""
        if self._new(kind, key, thing):
            yield self._record(kind, (key,), thing)

    def _new(self, kind: str, key: str, thing: Fields) -> bool:
        """Tell whether nothing has said the same before."""
        said = hash((kind, key, *((name, *(cell.text for cell in cells)) for name, cells in thing.items())))
        if said in self._seen.told:
            return False
        self._seen.told.add(said)
        return True

    def _identifier(self, kind: str, owner: tuple[Cell, ...], thing: Fields) -> Iterator[Record]:
        fields = {kind: owner, **thing}
        try:
            yield self._record("identifier", self._link("identifier", fields), fields)
        except MissingKeyError as error:
            self._findings.append(finding("missing-key", self._table.place(self._row), fields=", ".join(error.fields)))

    def _project_record(self) -> Iterator[Record | Finding]:
        part = self._map.parts[PROJECT]
        fields: Fields = {name: cells for name, cells in part.constants.items() if name != "id"}
        for name, cells in self._values.of(PROJECT):
            if name != "id":
                fields[name] = (fields.get(name, ()) if name not in part.constants else ()) + cells
        fields |= {name: tuple(cells) for name, cells in self._links.items()}
        graphs = self._known_project()
        if graphs is not None:
            fields.pop("title", None)
        if self._map.numbered:
            yield self._record(PROJECT, (self._project,), fields, graphs)
            return
        many = {name: cells for name, cells in fields.items() if ENTITIES[PROJECT].field(name).many}
        single = {name: cells for name, cells in fields.items() if name not in many}
        more, differs = self._new(PROJECT, self._project, many), self._new(PROJECT, self._project, single)
        known = hash(self._project)
        first = self._seen.projects.get(known)
        if first is None:
            self._seen.projects[known] = self._row.number
            yield self._record(PROJECT, (self._project,), fields, graphs)
            return
        if single and differs:
            place = self._table.place(self._row)
            yield finding("map-project-again", place, value=self._project, first=first, fields=", ".join(single))
        if many and more:
            yield self._record(PROJECT, (self._project,), many, graphs)

    def _grant(self) -> Iterator[Record]:
        part = self._map.parts[GRANT]
        fields: Fields = {PROJECT: self._own(), **part.constants}
        for name, cells in self._values.of(GRANT):
            fields[name] = cells
        for name, target in self._map.links.items():
            cells = tuple({(cell.space, cell.text): cell for cell in self._references.get(target, ())}.values())
            if len(cells) == 1 or (cells and ENTITIES[GRANT].field(name).many):
                fields[name] = cells
        amounts = [amount for amount in self._map.parts.values() if amount.kind == "amount" and amount.of == GRANT]
        if len(fields) == 1 and not any(self._values.cells(amount.name, "value") for amount in amounts):
            return
        key = self._link(GRANT, fields)
        yield self._record(GRANT, key, fields)
        for amount in amounts:
            yield from self._amounts(amount, (Cell(key[0], "", self._row.line),))

    def _amounts(self, part: Part, grant: tuple[Cell, ...] = ()) -> Iterator[Record]:
        parents: list[Fields]
        if grant:
            parents = [{GRANT: grant}]
        elif part.of == PROJECT:
            parents = [{PROJECT: self._own()}]
        else:
            parents = [{"participation": (cell,)} for cell in self._participations.get(part.of, ())]
        for thing in self._things(part):
            for parent in parents:
                fields = {**parent, **thing}
                yield self._record("amount", self._link("amount", fields), fields)


def _referring(written: Cell, known: Known) -> Cell:
    """Return a reference to what the graph has; it keeps what the list calls it."""
    return written._replace(text=known.key, language="", source=written.source or written.text, space=known.space)
