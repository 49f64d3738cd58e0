"""Statements in the terms of the ontology to records: the mapping backwards."""

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from loaders.datasets import Dataset
from loaders.errors import SourceFault, ValueFault
from loaders.fields import Field
from loaders.findings import Finding, Location, finding
from loaders.identifiers import is_iri
from loaders.model import ENTITIES
from loaders.normalise.languages import language_code
from loaders.records import Cell, Record, SourceRef
from loaders.sources.endpoint.ntriples import Triple, parse_line
from loaders.sources.files import SourceFile, read_file, unwritable
from loaders.sources.look import Look
from loaders.sources.registry import Source

__all__ = ["SOURCE", "read"]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LARGEST = 2_000_000_000
#: Bytes of the longest line that is read; a literal has its own, smaller limit.
_LONGEST_LINE = 1_000_000
#: Lines that a file is told by.
_LOOKED_AT = 5
#: What BCP 47 calls a language that is not known.
_UNKNOWN = "und"


def read(path: Path, dataset: Dataset) -> Iterator[Record | Finding]:
    """Read N-Triples in the terms of the ontology, subjects one after the other.

    The statements of a subject make a record of the kind that its class is; those in which it is the object of another
    entity's link, such as a grant's amount, make one more record of it. Entities keep the IRIs that they have.

    :param path: the file, as :mod:`loaders.sources.endpoint.fetch` writes it.
    :param dataset: the dataset.
    :returns: records and findings in the order of the file.
    :raises SourceError: if the file cannot be read, or a line is no statement.
    """
    return _Reader(read_file(path, _LARGEST), dataset.key).read()


class _Reader:
    def __init__(self, file: SourceFile, dataset: str) -> None:
        self._file = file
        self._dataset = dataset
        self._unknown: Counter[str] = Counter()
        self._kinds: dict[str, str] = {}

    def read(self) -> Iterator[Record | Finding]:
        subject = ""
        group: list[tuple[int, Triple]] = []
        for number, triple in self._triples():
            if triple.blank:
                place = Location(self._file.name, line=number)
                yield finding("rdf-blank-node", place, value=triple.predicate)
                continue
            if triple.subject != subject:
                yield from self._records(subject, group)
                subject, group = triple.subject, []
            group.append((number, triple))
        yield from self._records(subject, group)
        for name, times in sorted(self._unknown.items()):
            yield finding("rdf-unknown-term", Location(self._file.name), value=name, times=times)

    def _triples(self) -> Iterator[tuple[int, Triple]]:
        with self._file.open() as stream:
            number = 0
            while line := stream.readline(_LONGEST_LINE):
                number += 1
                place = Location(self._file.name, line=number)
                if len(line) == _LONGEST_LINE:
                    raise SourceFault(finding("rdf-line-too-long", place, largest=_LONGEST_LINE))
                try:
                    triple = parse_line(line.decode("utf-8"))
                except ValueError as error:  # of decoding too
                    shown = line[:200].decode("utf-8", errors="replace").strip()
                    raise SourceFault(finding("rdf-not-ntriples", place, value=shown)) from error
                if triple is not None:
                    yield number, triple

    def _records(self, subject: str, group: list[tuple[int, Triple]]) -> Iterator[Record | Finding]:
        """Turn the statements of one subject into its record, and a record of each entity that it is a parent of."""
        if not group:
            return
        first = group[0][0]
        kind = next((_kinds()[t.iri] for _, t in group if t.predicate == _TYPE and t.iri in _kinds()), "")
        if not kind or not is_iri(subject):
            yield finding("rdf-without-class", Location(self._file.name, line=first), value=subject)
            return
        fields: dict[str, list[Cell]] = {}
        for number, triple in group:
            if triple.predicate == _TYPE:
                continue
            field = _fields(kind).get(triple.predicate)
            child = _children(kind).get(triple.predicate)
            if field is not None:
                read = self._cell(number, triple)
                if isinstance(read, Cell):
                    fields.setdefault(field.name, []).append(read)
                else:
                    yield read
                if triple.language and not _language(triple.language):
                    yield finding("rdf-language", Location(self._file.name, line=number), value=triple.language)
            elif child is not None and triple.iri:
                link = {child[1]: (Cell(subject, triple.predicate, number),)}
                yield Record(child[0], (triple.iri,), self._source(number), link)
            else:
                self._unknown[triple.predicate] += 1
        yield Record(kind, (subject,), self._source(first), {name: tuple(cells) for name, cells in fields.items()})

    def _cell(self, line: int, triple: Triple) -> Cell | Finding:
        text = triple.iri if triple.text is None else triple.text
        if character := unwritable(text):
            return finding("control-character", Location(self._file.name, line=line), character=character)
        return Cell(text, triple.predicate, line, triple.language and (_language(triple.language) or _UNKNOWN))

    def _source(self, line: int) -> SourceRef:
        return SourceRef(self._dataset, self._file.name, self._file.sha256, line=line)


@lru_cache(maxsize=1_024)
def _language(tag: str) -> str:
    """Return a tag as a graph can keep it, or nothing where it names no language."""
    try:
        return language_code(tag)
    except ValueFault:
        return ""


@cache
def _kinds() -> dict[str, str]:
    """Return class to kind; where several kinds share a class, the first."""
    found: dict[str, str] = {}
    for entity in ENTITIES.values():
        found.setdefault(str(entity.type), entity.kind)
    return found


@cache
def _fields(kind: str) -> dict[str, Field]:
    return {str(field.path): field for field in ENTITIES[kind].fields if not field.inverse}


@cache
def _children(parent: str) -> dict[str, tuple[str, str]]:
    """Return the properties by which a parent names its children, to their kind and the field that names the parent."""
    return {
        str(field.path): (entity.kind, field.name)
        for entity in ENTITIES.values()
        for field in entity.fields
        if field.inverse and field.target == parent
    }


def _recognise(look: Look) -> str:
    if look.path.is_dir() or look.path.suffix.lower() != ".nt":
        return ""
    with look.path.open("rb") as stream:
        lines = [stream.readline(_LONGEST_LINE) for _ in range(_LOOKED_AT)]
    try:
        found = [triple for triple in (parse_line(line.decode("utf-8")) for line in lines) if triple is not None]
    except ValueError:
        return ""
    return "It ends in .nt and begins with statements of N-Triples." if found else ""


SOURCE = Source(
    "endpoint",
    MappingProxyType(
        {"en": "Answer of a SPARQL endpoint (N-Triples)", "cs": "Odpověď koncového bodu SPARQL (N-Triples)"}
    ),
    (".nt",),
    read,
    _recognise,
    published=True,
    addresses=True,
)
