"""Read a whole query."""

from collections.abc import Mapping
from functools import lru_cache

from rdflib.plugins.sparql.parserutils import CompValue

from graph_app.columns.algebra.nodes import Query
from graph_app.columns.algebra.parse import parse
from graph_app.columns.algebra.scope import in_scope
from graph_app.columns.algebra.select import read_select, with_modifiers
from graph_app.columns.algebra.translate import GroupReader
from graph_app.columns.declined import Declined

__all__ = ["read_query"]

#: Queries that are kept; they depend on their text alone, so that columns of several releases share them.
_KEPT = 200


def read_query(text: str, prefixes: Mapping[str, str]) -> Query:
    """Read SPARQL as algebra. What was read is kept, since the parser takes up to a tenth of a second.

    :param text: SELECT, ASK or CONSTRUCT.
    :param prefixes: prefixes that it may use without declaring them.
    :raises Declined: if it is not understood here.
    """
    return _read(text, tuple(sorted(prefixes.items())))


@lru_cache(_KEPT)
def _read(text: str, prefixes: tuple[tuple[str, str], ...]) -> Query:
    parsed = parse(text, dict(prefixes))
    node, reader = parsed.tree, GroupReader(parsed.names)
    if node.datasetClause:
        raise Declined("FROM asks for some graphs, and the columns hold the union of all")
    match node.name:
        case "SelectQuery":
            pattern = read_select(node, reader)
            return Query("SELECT", pattern, in_scope(pattern))
        case "AskQuery":
            return Query("ASK", with_modifiers(node, reader))
        case "ConstructQuery" if node.template is not None or not _is_short(node):
            return Query("CONSTRUCT", with_modifiers(node, reader), template=reader.triples(node.template or ()))
        case "ConstructQuery":
            triples = reader.triples(triple for block in node.where.part for triple in block.triples)
            return Query("CONSTRUCT", with_modifiers(node, reader), template=triples)
    raise Declined(f"{node.name.removesuffix('Query').upper()} describes what the store knows")


def _is_short(node: CompValue) -> bool:
    return node.where is not None and node.where.name == "FakeGroupGraphPatten"
