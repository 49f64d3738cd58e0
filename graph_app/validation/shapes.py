"""The shapes and the concepts that data is checked with, read once a process."""

from collections.abc import Container, Iterator
from functools import cache

from rdflib import Graph
from rdflib.namespace import RDFS, SH
from rdflib.term import Node

from loaders import resources
from loaders.vocabulary import SKOS

__all__ = [
    "SHAPE_FILES",
    "concept_lines",
    "concepts_for",
    "only_targets",
    "ontology_graph",
    "shapes_graph",
    "without_words",
]

#: Each file asks for one kind of thing; all four are always asked together.
SHAPE_FILES = ("core.ttl", "recommended.ttl", "vocabularies.ttl", "consistency.ttl")

_PREFIXES = "prefixes.ttl"
_TARGETS = frozenset({SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf})
_WORDS = frozenset({RDFS.label, SH.name, SH.description, SH.message, SH.order, SH.group})


@cache
def shapes_graph() -> Graph:
    """Return all shapes with the prefixes that their queries use.

    :returns: one graph, shared by all callers; read it, do not change it.
    """
    graph = Graph().parse(resources.ONTOLOGY / _PREFIXES)
    for name in SHAPE_FILES:
        graph.parse(resources.SHAPES / name)
    return graph


@cache
def without_words(shapes: Graph) -> Graph:
    """Return shapes without names, help and messages, which a validator reads past once for each focus node.

    :param shapes: the shapes.
    :returns: one graph for each that is given; read it, do not change it.
    """
    graph = Graph()
    for triple in shapes:
        if triple[1] not in _WORDS:
            graph.add(triple)
    return graph


def only_targets(shapes: Graph, nodes: Container[Node]) -> Graph:
    """Return shapes of which only some have targets, so that a validator checks those and what they refer to.

    :param shapes: the shapes.
    :param nodes: those that keep their targets.
    """
    graph = Graph()
    for triple in shapes:
        if triple[1] not in _TARGETS or triple[0] in nodes:
            graph.add(triple)
    return graph


@cache
def ontology_graph() -> Graph:
    """Return classes, properties and concepts.

    :returns: one graph, shared by all callers; read it, do not change it.
    """
    graph = Graph()
    for path in sorted(resources.ONTOLOGY.glob("*.ttl")):
        if path.name != _PREFIXES:
            graph.parse(path)
    return graph


def concepts_for(data: Graph) -> Graph:
    """Return what the ontology says of the concepts that data names, of those above them, and of sub-classes.

    Checks need no more, and the 250 countries that an entry does not name would be checked with it each time.

    :param data: the data to be checked.
    :returns: a new graph.
    """
    ontology = ontology_graph()
    chosen = Graph()
    for term in _concepts(data):
        for triple in ontology.triples((term, None, None)):
            chosen.add(triple)
    for triple in ontology.triples((None, RDFS.subClassOf, None)):
        chosen.add(triple)
    return chosen


def concept_lines(*data: Graph) -> Iterator[str]:
    """Yield the same as :func:`concepts_for` as N-Triples, which is written once a process.

    :param data: the parts of the data to be checked.
    """
    for term in set().union(*map(_concepts, data)):
        yield _lines(term)
    yield _lines(None)


def _concepts(data: Graph) -> set[Node]:
    waiting = set(data.objects()) & _described()
    found: set[Node] = set()
    while waiting:
        term = waiting.pop()
        found.add(term)
        waiting |= set(ontology_graph().objects(term, SKOS.broader)) - found
    return found


@cache
def _described() -> frozenset[Node]:
    return frozenset(ontology_graph().subjects())


@cache
def _lines(term: Node | None) -> str:
    """Write what the ontology says of a concept, or of sub-classes."""
    lines = Graph()
    for triple in ontology_graph().triples((term, RDFS.subClassOf if term is None else None, None)):
        lines.add(triple)
    return lines.serialize(format="nt")
