"""Ontology and schemes as quads, so that every release holds the words it uses."""

from collections.abc import Iterator

from rdflib import BNode, Graph, Literal, URIRef

from loaders import resources
from loaders.mapping.quads import Quad, ontology_graph
from loaders.vocabulary import BASE

__all__ = ["ontology_quads"]

#: The table of prefixes is a lookup of tools, not a part of the model.
_LEFT_OUT = frozenset({"prefixes.ttl"})


def ontology_quads(base: str = BASE) -> Iterator[Quad]:
    """Yield every statement of ``ontology/*.ttl`` that stands between named nodes.

    :param base: base of all instance IRIs.
    :returns: quads in the ontology's own graph.
    """
    graph = ontology_graph(base)
    for path in sorted(resources.ONTOLOGY.glob("*.ttl")):
        if path.name in _LEFT_OUT:
            continue
        for subject, predicate, term in Graph().parse(path):
            if BNode in {type(subject), type(term)}:
                raise ValueError(f"{path.name} holds a blank node, which has no name to be traced by.")
            if isinstance(subject, URIRef) and isinstance(predicate, URIRef) and isinstance(term, URIRef | Literal):
                yield Quad(subject, predicate, term, graph)
