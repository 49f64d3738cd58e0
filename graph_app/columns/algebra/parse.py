"""Parse SPARQL with rdflib's parser, whose tree :mod:`graph_app.columns.algebra.translate` reads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urljoin

import rdflib
from pyparsing import ParseBaseException
from rdflib.plugins.sparql.parserutils import CompValue

from graph_app.columns.algebra.grammar import parse_query
from graph_app.columns.declined import Declined
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import XSD_STRING, Constant

__all__ = ["Names", "Parsed", "Tree", "parse"]

#: A node of the tree that the parser gives: a term, a text, a list, or a named value with parts.
Tree: TypeAlias = Any

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NO_TEXT = re.compile("[\ud800-\udfff\0]")
#: The parser replaces an escape for a character even after an escaped backslash.
_MISREAD = re.compile(r"\\\\[uU]")


@dataclass(frozen=True, slots=True)
class Names:
    """What the names in a query stand for.

    :param prefixes: prefix to namespace.
    :param base: what relative IRIs are relative to, or empty.
    """

    prefixes: Mapping[str, str]
    base: str = ""

    def iri(self, node: Tree) -> str:
        """Return the IRI of a node of the tree.

        :param node: an IRI, or a prefixed name.
        :raises Declined: if it is none, or relative to nothing.
        """
        if isinstance(node, rdflib.URIRef):
            return self.absolute(str(node))
        if isinstance(node, CompValue) and node.name == "pname":
            prefix, local = str(node.prefix or ""), str(node.localname or "")
            if prefix not in self.prefixes:
                raise Declined(f"the prefix {prefix}: is not declared")
            if "\\" in local:
                raise Declined("a name holds an escaped character")
            return self.absolute(self.prefixes[prefix] + local)
        raise Declined("an IRI is expected where there is none")

    def absolute(self, iri: str) -> str:
        """Return an IRI in full.

        :param iri: an IRI, or a reference relative to the base.
        """
        if _ABSOLUTE.match(iri):
            return iri
        if not self.base:
            raise Declined("an IRI is relative")
        return urljoin(self.base, iri)

    def constant(self, node: Tree) -> Constant:
        """Return the term of a node of the tree.

        :param node: an IRI, a prefixed name or a literal.
        :raises Declined: if it is none of these.
        """
        if isinstance(node, CompValue) and node.name == "literal":
            datatype = self.iri(node.datatype) if node.datatype is not None else ""
            return _told(Constant.literal(str(node.string), datatype, str(node.lang or "")))
        if isinstance(node, rdflib.Literal):
            return _told(Constant.literal(str(node), str(node.datatype or XSD_STRING), node.language or ""))
        return _told(Constant(Kind.IRI, self.iri(node)))


def _told(term: Constant) -> Constant:
    """Return a term that SQL can hold."""
    if _NO_TEXT.search(term.lex + term.datatype + term.language):
        raise Declined("a term holds a character that is none, or a null character")
    return term


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as the parser has read it.

    :param tree: its tree.
    :param names: what names in it stand for.
    """

    tree: CompValue
    names: Names


def parse(text: str, prefixes: Mapping[str, str]) -> Parsed:
    """Parse a query.

    :param text: the query.
    :param prefixes: prefixes that it may use without declaring them.
    :returns: its tree.
    :raises Declined: if the parser cannot read it, or is known to misread it.
    """
    if _MISREAD.search(text):
        raise Declined("a backslash stands before a u")
    normalises = rdflib.NORMALIZE_LITERALS
    try:
        rdflib.NORMALIZE_LITERALS = False  # "01" stays "01": terms keep the form of the query
        prologue, tree = parse_query(text)
    except (ParseBaseException, RecursionError, TypeError, ValueError) as error:
        raise Declined("its syntax is not understood") from error
    finally:
        rdflib.NORMALIZE_LITERALS = normalises
    names = Names(dict(prefixes))
    for line in prologue:
        if line.name == "Base":
            names = Names(names.prefixes, names.absolute(str(line.iri)))
        else:
            known = {**names.prefixes, str(line.prefix or ""): names.absolute(str(line.iri))}
            names = Names(known, names.base)
    return Parsed(tree, names)
