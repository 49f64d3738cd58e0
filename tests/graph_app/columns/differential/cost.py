"""A bound on the rows that a query goes through, since neither engine can be interrupted."""

import math
from collections import Counter
from collections.abc import Iterable

from tests.graph_app.columns.differential.algebra import (
    Bind,
    Call,
    Exists,
    Filter,
    Group,
    Minus,
    Optional,
    Sub,
    Triple,
    Union,
    Values,
    is_variable,
)
from tests.graph_app.columns.differential.graphs import Graph
from tests.graph_app.columns.differential.queries import Query

__all__ = ["is_cheap"]

#: Rows that take a second at most.
_MOST = 200_000


def is_cheap(query: Query, graph: Graph) -> bool:
    """Whether a query ends soon even if nothing that it joins has anything in common."""
    counts = Counter(predicate for _, predicate, _ in graph.triples)
    whole = max(1, len(graph.triples))
    return _rows(query.where, counts, whole) <= _MOST


def _rows(part: object, counts: Counter[str], whole: int) -> int:
    if isinstance(part, Triple):
        plain = part.predicate.startswith("<")
        return max(1, counts[part.predicate]) if plain else whole if is_variable(part.predicate) else 4 * whole
    if isinstance(part, Union):
        return sum(_rows(one, counts, whole) for one in part.groups)
    if isinstance(part, Values):
        return max(1, len(part.rows))
    return math.prod(_rows(one, counts, whole) for one in _within(part))


def _within(part: object) -> Iterable[object]:
    match part:
        case Group(parts=parts):
            return parts
        case Optional(group=group) | Minus(group=group) | Exists(group=group):
            return (group,)
        case Sub(select=select):
            return (select.where,)
        case Filter(expression=expression) | Bind(expression=expression):
            return (expression,)
        case Call(args=args):
            return args
    return ()
