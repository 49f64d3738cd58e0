"""Whether two engines agree on a query, as far as the standard says what its answer is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Protocol

import pyoxigraph as ox

from tests.graph_app.columns.differential.algebra import Order, Select
from tests.graph_app.columns.differential.queries import Query
from tests.graph_app.columns.rows import Row, Rows, graph, rows

__all__ = ["Answered", "difference", "rows_differ", "without_limit"]


NOTHING: Mapping[str, str] = MappingProxyType({})


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
    return replace(query, order=(), limit=None, offset=0)


def difference(query: Query, given: Answered, whole: Answered) -> str:
    """Say how an answer differs from what it may be, or nothing.

    :param query: the query.
    :param given: the answer.
    :param whole: the other engine's answer to the query without limit.
    """
    if given.kind != whole.kind:
        return f"{given.kind}, not {whole.kind}"
    if isinstance(query, Select):
        mine, yours = rows(given.body), rows(whole.body)
        if query.items and mine[0] != yours[0]:
            return f"columns {mine[0]}, not {yours[0]}"
        gathers = {item.variable[1:]: item.gathers for item in query.items if item.gathers}
        return rows_differ(mine, yours, order=query.order, gathers=gathers, limit=query.limit, offset=query.offset)
    if given.kind == "triples":
        found, expected = (
            graph(quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES))
            for answer in (given, whole)
        )
        return "" if found == expected else f"triples {sorted(found - expected)}, not {sorted(expected - found)}"
    return "" if given.body == whole.body else f"{given.body.decode()}, not {whole.body.decode()}"


def rows_differ(
    given: Rows,
    whole: Rows,
    *,
    order: Sequence[Order] = (),
    gathers: Mapping[str, str] = NOTHING,
    limit: int | None = None,
    offset: int = 0,
) -> str:
    """Say how rows differ from what they may be, or nothing.

    :param given: the rows.
    :param whole: the other engine's rows, without limit.
    :param order: what they are sorted by.
    :param gathers: columns made by GROUP_CONCAT, whose parts come in any order, and their separators.
    :param limit: how many of them there are, at most.
    :param offset: how many of the first are left out.
    """
    (mine, found), (yours, expected) = given, whole
    if set(mine) != set(yours):
        return f"columns {mine}, not {yours}"
    places = [mine.index(column) for column in yours]
    found, expected = (
        [_plain(row, yours, gathers) for row in side]
        for side in ([tuple(row[place] for place in places) for row in found], expected)
    )
    left = len(expected) - offset
    count = max(0, left if limit is None else min(left, limit))
    surplus, missing = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
    if len(found) != count or surplus or (count == len(expected) and missing):
        return f"{len(found)} rows, not {count}; too many: {_shown(surplus)}; too few: {_shown(missing)}"
    keys = [(yours.index(key.variable[1:]), key) for key in order]
    return _misplaced(keys, found, expected, offset) if count < len(expected) else _disordered(keys, found)


def _misplaced(keys: Sequence[tuple[int, Order]], found: Sequence[Row], expected: Sequence[Row], offset: int) -> str:
    for rank, row in enumerate(found, offset):
        signs = [_compare_rows(other, row, keys) for other in expected]
        before, after = signs.count(-1), signs.count(1)
        if before > rank or after > len(expected) - rank - 1:
            return f"row {rank} is {row}, yet {before} of {len(expected)} rows come before and {after} after it"
    return _disordered(keys, found)


def _disordered(keys: Sequence[tuple[int, Order]], found: Sequence[Row]) -> str:
    for first, second in pairwise(found):
        if _compare_rows(first, second, keys) == 1:
            return f"{first} stands before {second}"
    return ""


def _plain(row: Row, columns: Sequence[str], gathers: Mapping[str, str]) -> Row:
    """Sort the parts of what GROUP_CONCAT gathered, which come in any order."""
    return tuple(
        (tuple(sorted(value[0].split(gathers[column]))), *value[1:])
        if column in gathers and isinstance(value, tuple)
        else value
        for column, value in zip(columns, row, strict=True)
    )


def _shown(some: Counter[Row]) -> str:
    return "; ".join(f"{count} × {row}" for row, count in list(some.items())[:4]) or "none"


def _compare_rows(one: Row, other: Row, keys: Sequence[tuple[int, Order]]) -> int | None:
    """Compare rows by their keys: -1, 0 or 1, or nothing where the standard leaves it open."""
    for place, key in keys:
        mine, yours = one[place], other[place]
        if key.by_text:
            mine, yours = _text(mine), _text(yours)
            if _UNKNOWN in {mine, yours}:
                return None
        sign = _compare(mine, yours)
        if sign != 0:
            return -sign if sign is not None and key.descending else sign
    return 0


def _text(term: object) -> object:
    if isinstance(term, ox.NamedNode):
        return term.value, "text"
    if isinstance(term, tuple) and not isinstance(term[0], str):
        return _UNKNOWN  # a number, whose form is not known here
    return (term[0], "text") if isinstance(term, tuple) else None


_UNKNOWN = "?"


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
