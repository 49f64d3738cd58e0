"""Terms of rdflib as columns know them, and back."""

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.validation.shacl.model import Uncovered

__all__ = ["constant_of", "node_of"]


def constant_of(term: Node) -> Constant:
    """Return a term as columns know it.

    :param term: an IRI or literal.
    :raises Uncovered: if it is a blank node.
    """
    match term:
        case URIRef():
            return Constant(Kind.IRI, str(term))
        case Literal():
            return Constant.literal(str(term), str(term.datatype or ""), term.language or "")
    raise Uncovered("a blank node as parameter")


def node_of(term: Constant) -> Node:
    """Return a term of columns, its lexical form as it is.

    :param term: the term.
    """
    match term.kind:
        case Kind.IRI:
            return URIRef(term.lex)
        case Kind.BLANK:
            return BNode(term.lex)
    return Literal(term.lex, lang=term.language or None, datatype=term.datatype or None, normalize=False)
