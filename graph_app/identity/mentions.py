"""The organisations and projects of an entry, as its files describe them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph_app.identity.described import Code, Described, code_of
from graph_app.identity.entities import CLASSES
from graph_app.identity.graph import Neighbours
from loaders.batches import each_record
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Location
from loaders.mapping.values import Names
from loaders.records import Cell, Record
from loaders.schemes import COUNTRIES, scheme
from loaders.sources import SOURCES
from loaders.sources.beside import read_beside
from loaders.vocabulary import BASE

__all__ = ["Mention", "read_mentions"]

#: What ties two entities of an entry together: kind of record to the fields at its ends.
_TIES: Mapping[str, tuple[str, ...]] = {
    "participation": ("organisation", "project"),
    "grant": ("donor", "recipient", "project"),
}
#: Fields that name what an entity is a part of or continues.
_WHOLES = ("part_of", "continues")
_KIND_OF = {"organisation": "organisation", "donor": "organisation", "recipient": "organisation", "project": "project"}


@dataclass(frozen=True)
class Mention:
    """An organisation or project as an entry describes it.

    :param iri: the IRI that it would get.
    :param key: its id in the entry.
    :param place: where it is described first.
    :param described: what is said of it.
    :param neighbours: what it stands together with.
    """

    iri: str
    key: str
    place: Location
    described: Described
    neighbours: Neighbours

    @property
    def name(self) -> str:
        """Its first name as written, else its id."""
        return self.described.texts[0] if self.described.texts else self.key


def read_mentions(paths: Path | Iterable[Path], dataset: Dataset, *, base: str = BASE) -> list[Mention]:
    """Read the organisations and projects that an entry describes.

    What cannot be read is left out here: the check of the entry says what and why.

    :param paths: the file or files.
    :param dataset: the submission that they make up.
    :param base: base of all instance IRIs.
    :returns: each once, in the order of the files.
    """
    source = SOURCES[dataset.format]
    gathered = _Gathered(Names(dataset.namespace, base, addresses=source.addresses))
    for path in [paths] if isinstance(paths, Path) else paths:
        for record in _records(path, dataset):
            gathered.take(record)
    return list(gathered.mentions())


def _records(path: Path, dataset: Dataset) -> Iterator[Record]:
    source = SOURCES[dataset.format]
    try:
        for item in each_record(read_beside(source.batches or source.read, path, dataset)):
            if not isinstance(item, Finding):
                yield item
    except SourceFault:
        return


@dataclass
class _Said:
    """What the records so far say of one entity."""

    kind: str
    key: str = ""
    place: Location | None = None
    texts: list[str] = field(default_factory=list)
    acronyms: list[str] = field(default_factory=list)
    seat: str = ""
    start: str = ""
    end: str = ""
    codes: list[Code | None] = field(default_factory=list)
    part_of: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)

    def described(self) -> Described:
        return Described(
            self.kind,
            tuple(dict.fromkeys(self.texts)),
            tuple(dict.fromkeys(self.acronyms)),
            self.seat,
            frozenset(code for code in self.codes if code is not None),
            self.start,
            self.end,
            frozenset(self.part_of),
        )


class _Gathered:
    """What the records of an entry say, by entity."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._said: dict[str, _Said] = {}
        self._ties: dict[str, set[str]] = defaultdict(set)

    def take(self, record: Record) -> None:
        """Note what a record says."""
        fields = record.fields
        if record.kind in CLASSES:
            said = self._of(record.kind, record.key, record.space)
            if said.place is None:
                said.key, said.place = "/".join(record.key), _place(record)
            said.texts += _texts(fields, "name", "other_name", "title")
            said.acronyms += _texts(fields, "acronym")
            said.seat = said.seat or _country(fields.get("seat", ()))
            said.start = said.start or next(iter(_texts(fields, "start")), "")
            said.end = said.end or next(iter(_texts(fields, "end")), "")
            wholes = [cell for name in _WHOLES for cell in fields.get(name, ())]
            said.part_of.update(self._iri(record.kind, (cell.text,), cell.space) for cell in wholes)
        elif record.kind == "identifier":
            for kind in CLASSES:
                for cell in fields.get(kind, ()):
                    code = code_of(*(" ".join(_texts(fields, name)) for name in ("scheme", "code")))
                    self._of(kind, (cell.text,), cell.space).codes.append(code)
        if record.kind == "grant":
            for cell in fields.get("project", ()):
                self._of("project", (cell.text,), cell.space).codes += [
                    code_of("", text) for text in _texts(fields, "number")
                ]
        self._tie(record)

    def mentions(self) -> Iterator[Mention]:
        """Return what is described, not what is only referred to."""
        for iri, said in self._said.items():
            if said.place is not None:
                near = {other for context in said.near for other in self._ties[context]} - {iri}
                names = frozenset(text for other in near for text in self._said[other].texts)
                yield Mention(iri, said.key, said.place, said.described(), Neighbours(names, frozenset(near)))

    def _of(self, kind: str, key: tuple[str, ...], space: str) -> _Said:
        return self._said.setdefault(self._iri(kind, key, space), _Said(kind))

    def _iri(self, kind: str, key: tuple[str, ...], space: str) -> str:
        named = self._names.elsewhere(kind, space, key[0]) if space else self._names.iri(kind, *key)
        return named[1:-1]

    def _tie(self, record: Record) -> None:
        """Note that what stands in one project stands together, with the project."""
        ends = _TIES.get(record.kind, ())
        cells = [(name, cell) for name in ends for cell in record.fields.get(name, ())]
        found = {self._iri(_KIND_OF[name], (cell.text,), cell.space): _KIND_OF[name] for name, cell in cells}
        for context in [iri for iri, kind in found.items() if kind == "project"]:
            for iri, kind in found.items():
                self._said.setdefault(iri, _Said(kind)).near.add(context)
            self._ties[context].update(found)


def _texts(fields: Mapping[str, tuple[Cell, ...]], *names: str) -> list[str]:
    return [cell.text.strip() for name in names for cell in fields.get(name, ()) if cell.text.strip()]


def _country(cells: Iterable[Cell]) -> str:
    found = [scheme(COUNTRIES).find(cell.text) for cell in cells]
    return next((scheme(COUNTRIES).key(iri) for iri in found if iri is not None), "")


def _place(record: Record) -> Location:
    source = record.source
    return Location(source.file, source.sheet, source.row, line=source.line, locator=source.locator)
