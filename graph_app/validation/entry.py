"""The check of a new entry: its files, with what they refer to, and nothing else of the graph."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from graph_app.validation.check import results_of
from graph_app.validation.findings import SEVERITY_RANK, cell_key, collapse, in_order
from graph_app.validation.results import Result
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.fields import ValueKind
from loaders.findings import Finding, Severity
from loaders.load import load
from loaders.mapping.quads import Quad
from loaders.model import ENTITIES
from loaders.vocabulary import BASE

__all__ = ["EntryReport", "Referenced", "check_entry"]

#: Gives what the graph holds about entities: their own statements with provenance, and the participations, grants and
#: amounts of a project among them, which rules on one project need. Entities that it does not know give nothing.
Referenced = Callable[[set[str]], Graph]

_CLASSES = frozenset(entity.type for entity in ENTITIES.values())
_REFERENCES = frozenset(
    field.path for entity in ENTITIES.values() for field in entity.fields if field.kind is ValueKind.REFERENCE
)


@dataclass(frozen=True, slots=True)
class EntryReport:
    """What became of an entry.

    :param findings: findings of the loader and of the shapes, one for each fault, in the order of files.
    :param quads: what the files state; to be taken in only if the entry is accepted.
    """

    findings: tuple[Finding, ...]
    quads: tuple[Quad, ...]

    @property
    def accepted(self) -> bool:
        """Whether the entry may be taken in: it states something and nothing blocks."""
        return bool(self.quads) and not any(found.severity is Severity.VIOLATION for found in self.findings)


def check_entry(
    paths: Path | Iterable[Path], dataset: Dataset, referenced: Referenced, *, base: str = BASE
) -> EntryReport:
    """Check the files of one entry.

    :param paths: the file or files.
    :param dataset: the submission that they make up.
    :param referenced: called once with the IRIs that the entry defines or refers to.
    :param base: base of all instance IRIs.
    :returns: findings about what the entry describes, never about the rest of what the graph holds.
    :raises SourceError: if the format of the dataset is unknown; a file that cannot be read is a finding.
    """
    files = [paths] if isinstance(paths, Path) else list(paths)
    quads, found = _read(files, dataset, base)
    entry = Graph()
    for quad in quads:
        entry.add(quad[:3])
    described = set(entry.subjects(RDF.type))
    known = referenced({str(iri) for iri in _defined(quads) | _referred(quads)})
    results = ((result, shown) for result, shown in results_of(entry, known) if result.focus in described)
    kept = collapse(_not_told_yet(results, found))
    return EntryReport(tuple(in_order([*found, *kept])), tuple(quads))


def _read(files: Iterable[Path], dataset: Dataset, base: str) -> tuple[list[Quad], list[Finding]]:
    quads: list[Quad] = []
    found: list[Finding] = []
    for path in files:
        try:
            for item in load(path, dataset, base=base):
                if isinstance(item, Finding):
                    found.append(item)
                else:
                    quads.append(item)
        except SourceFault as fault:
            found.extend(fault.findings)
    return quads, found


def _defined(quads: Iterable[Quad]) -> set[URIRef]:
    """Return the entities that the entry describes; the graph may know some of them already."""
    return {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object in _CLASSES}


def _referred(quads: Iterable[Quad]) -> set[URIRef]:
    """Return both ends of every link: fields filled from the other side have the entity that they name as subject."""
    links = [quad for quad in quads if quad.predicate in _REFERENCES]
    return {end for quad in links for end in (quad.subject, quad.object) if isinstance(end, URIRef)}


def _not_told_yet(
    results: Iterable[tuple[Result, Finding]], told: Iterable[Finding]
) -> Iterator[tuple[Result, Finding]]:
    """Leave out what a finding of the loader explains: a value that it refused is missing, and a cell has one fault."""
    refused: dict[tuple[str, str], int] = {}
    cells: dict[tuple[object, ...], int] = {}
    for earlier in told:
        rank = SEVERITY_RANK[earlier.severity]
        field, cell = (earlier.focus, earlier.path), cell_key(earlier)
        refused[field] = min(rank, refused.get(field, rank))
        cells[cell] = min(rank, cells.get(cell, rank))
    for result, shown in results:
        ranks = [refused[(shown.focus, str(path))] for path in result.paths if (shown.focus, str(path)) in refused]
        explained = ranks if result.value is None else []
        if cell_key(shown) in cells:
            explained.append(cells[cell_key(shown)])
        if not explained or min(explained) > SEVERITY_RANK[shown.severity]:
            yield result, shown
