"""Write quads as N-Quads text, the form in which loaders hand a graph on."""

from rdflib import URIRef

from loaders.mapping.lines import iri, literal
from loaders.mapping.quads import Quad

__all__ = ["nquad"]


def nquad(quad: Quad) -> str:
    """Return one line of N-Quads, with its full stop and line end.

    :param quad: a quad whose IRIs are valid.
    :returns: the line, values exactly as they were given.
    """
    term = quad.object
    written = iri(term) if isinstance(term, URIRef) else literal(term, term.language or "", term.datatype or "")
    return f"{iri(quad.subject)} {iri(quad.predicate)} {written} {iri(quad.graph)} .\n"
