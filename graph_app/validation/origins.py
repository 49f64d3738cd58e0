"""What columns hold about the nodes of some results: enough to say each where it stands, and what it is called."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from rdflib import Graph, URIRef
from rdflib.term import Node

from graph_app.columns.algebra.nodes import Bgp, Join, Pattern, Query, Triple, Values, Variable
from graph_app.columns.engine import ColumnStore
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.validation.findings import to_finding
from graph_app.validation.places import DEPTH
from graph_app.validation.results import Result
from graph_app.validation.shacl.terms import node_of
from loaders.findings import Finding
from loaders.vocabulary import DCT, IG, PROV, SKOS

__all__ = ["with_places"]

#: Results whose nodes are looked up together.
_TOGETHER = 2_000
_SUBJECT, _PREDICATE, _OBJECT = map(Variable, ("subject", "predicate", "object"))
#: From an entity to the cells that tell of it: each step leads from what was found last.
_STEPS = ((PROV.wasDerivedFrom,), (IG.layout, IG.cell), (IG.field, IG.file))
_NAMES = (DCT.title, SKOS.prefLabel)


def with_places(columns: ColumnStore, results: Iterable[Result]) -> Iterator[tuple[Result, Finding]]:
    """Say results for people, each at its cell.

    :param columns: the columns that were checked.
    :param results: the results.
    :returns: each result with its finding, those of one node together.
    """
    waiting = iter(sorted(results, key=lambda result: str(result.focus)))  # results of one node need the same
    while some := list(islice(waiting, _TOGETHER)):
        around = _around(columns, some)
        for result in some:
            yield result, to_finding(result, around)


def _around(columns: ColumnStore, results: Collection[Result]) -> Graph:
    graph = Graph()
    focus = {result.focus for result in results if isinstance(result.focus, URIRef)}
    _add(graph, columns, focus)
    paths = {path for result in results for path in result.paths}
    _add_backwards(graph, columns, focus, sorted(paths))
    _add_owners(graph, columns, focus)
    found: set[Node] = set(graph.subjects())
    for step in _STEPS:
        found = {node for path in step for one in found for node in graph.objects(one, path)}
        _add(graph, columns, found)
    named = {result.value for result in results if isinstance(result.value, URIRef)}
    _add(graph, columns, named, _NAMES)
    return graph


def _add_owners(graph: Graph, columns: ColumnStore, nodes: Iterable[Node]) -> None:
    """Add what nodes without a record hang on, as far as places are looked for."""
    lost = {node for node in nodes if not any(graph.objects(node, PROV.wasDerivedFrom))}
    for _ in range(DEPTH):
        _add_backwards(graph, columns, lost)
        lost = {owner for node in lost for owner in graph.subjects(None, node)}
        lost |= {project for node in lost for project in graph.objects(node, IG.project)}
        _add(graph, columns, lost)


def _add(graph: Graph, columns: ColumnStore, nodes: Iterable[Node], paths: Iterable[URIRef] = ()) -> None:
    """Add what is said of nodes, by some properties or all."""
    _add_found(graph, columns, {_SUBJECT.name: _iris(nodes), _PREDICATE.name: _iris(paths)})


def _add_backwards(graph: Graph, columns: ColumnStore, nodes: Iterable[Node], paths: Iterable[URIRef] = ()) -> None:
    """Add what is said with nodes as values."""
    _add_found(graph, columns, {_OBJECT.name: _iris(nodes), _PREDICATE.name: _iris(paths)})


def _add_found(graph: Graph, columns: ColumnStore, given: Mapping[str, Sequence[Constant]]) -> None:
    if not given.get(_SUBJECT.name) and not given.get(_OBJECT.name):
        return
    pattern: Pattern = Bgp((Triple(_SUBJECT, _PREDICATE, _OBJECT),))
    for name, terms in given.items():
        if terms:
            pattern = Join(Values((name,), ((None,),)), pattern)  # a slot: a plan for any number of terms
    query = Query("SELECT", pattern, (_SUBJECT.name, _PREDICATE.name, _OBJECT.name))
    for row in columns.solutions(query, given):
        subject, predicate, value = [node_of(term) for term in row if term is not None]
        graph.add((subject, predicate, value))


def _iris(nodes: Iterable[Node]) -> list[Constant]:
    return [Constant(Kind.IRI, iri) for iri in sorted({str(node) for node in nodes if isinstance(node, URIRef)})]
