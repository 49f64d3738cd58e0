"""Whether two engines agree on a query, as far as the standard says what its answer is."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

import pyoxigraph as ox

from tests.graph_app.columns.differential.algebra import Item, Order, Select
from tests.graph_app.columns.differential.queries import Query
from tests.graph_app.columns.rows import Row, graph, rows

__all__ = ["Answered", "difference", "without_limit"]


class Answered(Protocol):
    """What both engines answer."""

    @property
    def kind(self) -> str: ...
    @property
    def body(self) -> bytes: ...


def without_limit(query: Query) -> Query:
    """The query with all its rows, in place of the first."""
    if not isinstance(query, Select):
        return query
    return Select(query.items, query.where, query.distinct, query.by, query.having)


def difference(query: Query, given: Answered, whole: Answered) -> str:
    """Say how an answer differs from what it may be, or nothing.

    :param query: the query.
    :param given: the answer.
    :param whole: the other engine's answer to the query without limit.
    """
    if given.kind != whole.kind:
        return f"{given.kind}, not {whole.kind}"
    if isinstance(query, Select):
        return _rows_differ(query, given.body, whole.body)
    if given.kind == "triples":
        mine, yours = (
            graph(quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES))
            for answer in (given, whole)
        )
        return "" if mine == yours else f"triples {sorted(mine - yours)}, not {sorted(yours - mine)}"
    return "" if given.body == whole.body else f"{given.body.decode()}, not {whole.body.decode()}"


def _rows_differ(query: Select, given: bytes, whole: bytes) -> str:
    (mine, found), (yours, expected) = rows(given), rows(whole)
    if (query.items and mine != yours) or set(mine) != set(yours):
        return f"columns {mine}, not {yours}"
    places = [mine.index(column) for column in yours]
    gathers = {item.variable[1:]: item for item in query.items if item.gathers}
    found, expected = (
        [_plain(row, yours, gathers) for row in side]
        for side in ([tuple(row[place] for place in places) for row in found], expected)
    )
    left = len(expected) - query.offset
    count = max(0, left if query.limit is None else min(left, query.limit))
    surplus, missing = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
    if len(found) != count or surplus or (count == len(expected) and missing):
        return f"{len(found)} rows, not {count}; too many: {_shown(surplus)}; too few: {_shown(missing)}"
    return _order_broken(query, yours, found, expected)


def _plain(row: Row, columns: Sequence[str], gathers: dict[str, Item]) -> Row:
    """Sort the parts of what GROUP_CONCAT gathered, which come in any order."""
    return tuple(
        (tuple(sorted(value[0].split(gathers[column].gathers))), *value[1:])
        if column in gathers and isinstance(value, tuple)
        else value
        for column, value in zip(columns, row, strict=True)
    )


def _shown(some: Counter[Row]) -> str:
    return "; ".join(f"{count} × {row}" for row, count in list(some.items())[:4]) or "none"


def _order_broken(query: Select, columns: Sequence[str], found: Sequence[Row], expected: Sequence[Row]) -> str:
    keys = [(columns.index(key.variable[1:]), key) for key in query.order]
    for place, row in enumerate(found):
        signs = [_compare_rows(other, row, keys) for other in expected]
        before, after = signs.count(-1), signs.count(1)
        rank = query.offset + place
        if before > rank or after > len(expected) - rank - 1:
            return f"row {rank} is {row}, yet {before} of {len(expected)} rows come before and {after} after it"
    for first, second in pairwise(found):
        if _compare_rows(first, second, keys) == 1:
            return f"{first} stands before {second}"
    return ""


def _compare_rows(one: Row, other: Row, keys: Sequence[tuple[int, Order]]) -> int | None:
    """Compare rows by their keys: -1, 0 or 1, or nothing where the standard leaves it open."""
    for place, key in keys:
        mine, yours = one[place], other[place]
        if key.by_text:
            mine, yours = _text(mine), _text(yours)
        sign = _compare(mine, yours)
        if sign != 0:
            return -sign if sign is not None and key.descending else sign
    return 0


def _text(term: object) -> object:
    if isinstance(term, ox.NamedNode):
        return term.value, "text"
    return (term[0], "text") if isinstance(term, tuple) else None


def _compare(one: object, other: object) -> int | None:
    """Compare terms as ORDER BY does (SPARQL 1.1, 15.1)."""
    ranks = _rank(one), _rank(other)
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    if one == other:
        return 0
    if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode):
        return -1 if one.value < other.value else 1
    return _compare_values(one, other) if isinstance(one, tuple) and isinstance(other, tuple) else None


def _compare_values(one: Row, other: Row) -> int | None:
    mine, yours = one[0], other[0]
    if isinstance(mine, Decimal | float) and isinstance(yours, Decimal | float):
        if float(mine) == float(yours) and type(mine) is not type(yours):
            return 0  # as numbers of different types are compared
        return (mine > yours) - (mine < yours)
    same = one[1:] == other[1:] and str(one[1]).endswith(("string", "boolean", "text"))
    if same and type(mine) is type(yours):
        return -1 if mine < yours else 1
    return None


def _rank(term: object) -> int:
    return 0 if term is None else 1 if isinstance(term, ox.BlankNode) else 2 if isinstance(term, ox.NamedNode) else 3
