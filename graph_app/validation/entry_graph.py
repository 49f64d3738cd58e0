"""What an entry defines and refers to, and the check of it: in memory where it is small, on columns where it is not."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from graph_app.columns.algebra.nodes import Bgp, Distinct, Project, Query, Step, Triple, Variable
from graph_app.columns.engine import ColumnStore
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.validation.check import made_columns, results_of, results_on_columns
from graph_app.validation.results import Result
from graph_app.validation.shacl.terms import node_of
from loaders.fields import ValueKind
from loaders.findings import Finding
from loaders.mapping.lines import read_quads
from loaders.mapping.ontology import ontology_lines
from loaders.model import ENTITIES

__all__ = ["NAMED_CLASSES", "REFERENCES", "Referenced", "check_in_memory", "check_on_columns"]

#: Gives what the graph holds about entities: their own statements with provenance, and the participations, grants and
#: amounts of a project among them, which rules on one project need. Entities that it does not know give nothing.
Referenced = Callable[[set[str]], Graph]

_CLASSES = frozenset(entity.type for entity in ENTITIES.values())
#: IRIs of the classes whose instances the graph is asked about, and the properties that refer to them.
NAMED_CLASSES = frozenset(map(str, _CLASSES))
REFERENCES = frozenset(
    field.path for entity in ENTITIES.values() for field in entity.fields if field.kind is ValueKind.REFERENCE
)
_SUBJECT, _OBJECT = Variable("subject"), Variable("object")


def check_in_memory(text: str, referenced: Referenced) -> Iterator[tuple[Result, Finding]]:
    """Check a small entry with compiled shapes.

    :param text: its statements, as N-Quads that the mapping wrote.
    :param referenced: called once with the IRIs that the entry defines or refers to.
    :returns: results about what the entry describes, each with its finding.
    """
    entry = _read([text] if text else [])
    described = set(entry.subjects(RDF.type))
    defined = {subject for class_ in _CLASSES for subject in entry.subjects(RDF.type, class_)}
    links = [link for path in REFERENCES for link in entry.subject_objects(path)]
    ends = {end for link in links for end in link if isinstance(end, URIRef)}
    known = referenced({str(node) for node in defined | ends})
    return results_of(entry, known, described)


def check_on_columns(content: Path, referenced: Referenced, folder: Path) -> Iterator[tuple[Result, Finding]]:
    """Check an entry of any size on columns that are made for it.

    :param content: its statements, as N-Quads.
    :param referenced: called once with the IRIs that the entry defines or refers to.
    :param folder: an empty folder for the columns.
    :returns: results about what the entry describes, each with its finding.
    """
    with made_columns(folder / "entry", content) as entry:
        described = {node_of(node) for (node,) in _found(entry, RDF.type, _SUBJECT)}
        typed = _found(entry, RDF.type, _SUBJECT, _OBJECT)
        defined = {node.lex for node, class_ in typed if class_.lex in NAMED_CLASSES}
        links = [link for path in sorted(REFERENCES) for link in _found(entry, path, _SUBJECT, _OBJECT)]
    around = referenced(defined | {node.lex for link in links for node in link if node.kind is Kind.IRI})
    others = {"around.nt": around.serialize(format="nt"), "ontology.nq": "".join(ontology_lines())}
    for name, text in others.items():
        (folder / name).write_text(text, encoding="utf-8")
    with made_columns(folder / "whole", content, *(folder / name for name in others)) as whole:
        yield from results_on_columns(whole, lambda: _read_file(content) + around, described)


def _found(columns: ColumnStore, path: URIRef, *wanted: Variable) -> Iterator[tuple[Constant, ...]]:
    """Yield the ends of a property, each once."""
    names = tuple(variable.name for variable in wanted)
    pattern = Bgp((Triple(_SUBJECT, Step(str(path)), _OBJECT),))
    for row in columns.solutions(Query("SELECT", Distinct(Project(pattern, names)), names)):
        yield tuple(term for term in row if term is not None)


def _read_file(content: Path) -> Graph:
    with content.open(encoding="utf-8") as lines:
        return _read(lines)


def _read(lines: Iterable[str]) -> Graph:
    graph = Graph()
    for quad in chain.from_iterable(map(read_quads, lines)):
        graph.add(quad[:3])
    return graph
