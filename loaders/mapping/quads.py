"""The statement that mapping yields, and the named graphs it may stand in."""

from functools import lru_cache
from typing import NamedTuple

from rdflib import Literal, URIRef

from loaders.identifiers import mint
from loaders.vocabulary import BASE

__all__ = ["Quad", "data_graph", "derived_graph", "identity_graph", "ontology_graph", "provenance_graph"]


class Quad(NamedTuple):
    """One statement in one named graph."""

    subject: URIRef
    predicate: URIRef
    object: URIRef | Literal
    graph: URIRef


@lru_cache(maxsize=256)
def data_graph(dataset: str, base: str = BASE) -> URIRef:
    """Return the graph that holds what a dataset states."""
    return URIRef(mint("graph", dataset, "data", base=base))


@lru_cache(maxsize=256)
def provenance_graph(dataset: str, base: str = BASE) -> URIRef:
    """Return the graph that holds a dataset's description, source records and cells."""
    return URIRef(mint("graph", dataset, "provenance", base=base))


def ontology_graph(base: str = BASE) -> URIRef:
    """Return the graph that holds ontology and schemes."""
    return URIRef(mint("graph", "integration-graph", "ontology", base=base))


def derived_graph(base: str = BASE) -> URIRef:
    """Return the graph that holds what the rules of ``queries/rules`` derive."""
    return URIRef(mint("graph", "integration-graph", "derived", base=base))


def identity_graph(base: str = BASE) -> URIRef:
    """Return the graph that holds what was decided on who is who."""
    return URIRef(mint("graph", "integration-graph", "identity", base=base))
