"""Order, projection, DISTINCT, OFFSET and LIMIT (SPARQL 1.1, section 15)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_app.columns.algebra.nodes import Distinct, Expression, OrderBy, Pattern, Project, Slice
from graph_app.columns.algebra.scope import mentioned
from graph_app.columns.declined import Declined
from graph_app.columns.expressions.order import order_keys
from graph_app.columns.patterns.drawn import drawn
from graph_app.columns.relation import Column, Relation
from graph_app.columns.scope import Scope

if TYPE_CHECKING:
    from graph_app.columns.patterns.compile import Patterns

__all__ = ["compile_modified"]


@dataclass(slots=True)
class _Modifiers:
    """What stands around a pattern."""

    offset: int = 0
    limit: int | None = None
    distinct: bool = False
    variables: tuple[str, ...] | None = None
    order: tuple[tuple[Expression, bool], ...] = ()


def compile_modified(pattern: Pattern, patterns: "Patterns") -> Relation:
    """Compile what stands around a pattern, in one statement.

    :param pattern: the whole.
    :param patterns: compiles the pattern within.
    :returns: the solutions, in their order.
    """
    found = _Modifiers()
    inner = pattern
    if isinstance(inner, Slice):
        found.offset, found.limit, inner = inner.offset, inner.limit, inner.pattern
    if isinstance(inner, Distinct):
        found.distinct, inner = True, inner.pattern
    if isinstance(inner, Project):
        found.variables, inner = inner.variables, inner.pattern
    if isinstance(inner, OrderBy):
        found.order, inner = inner.conditions, inner.pattern
    if found.distinct and found.variables is not None:
        ordered = {name for expression, _ in found.order for name in mentioned(expression)}
        relation = patterns.compile_set(inner, frozenset(found.variables) | ordered)
    else:
        relation = patterns.compile(inner)
    return _Statement(relation, found, patterns).relation()


class _Statement:
    """One statement for a pattern and what stands around it."""

    def __init__(self, relation: Relation, modifiers: _Modifiers, patterns: "Patterns") -> None:
        self._relation = relation
        self._modifiers = modifiers
        self._patterns = patterns

    def relation(self) -> Relation:
        """Return the solutions."""
        modifiers, relation = self._modifiers, self._relation
        columns = self._projected(relation)
        if modifiers.distinct:
            if any(
                name not in columns for one, _ in modifiers.order for name in mentioned(one) if name in relation.columns
            ):
                raise Declined("DISTINCT is sorted by what is not selected")
            names = ", ".join(name for column in columns.values() for name in column.names) or "1 AS one"
            relation = Relation(f"SELECT DISTINCT {names} FROM ({relation.sql}) AS d", columns, relation.empty)
        relation, conditions = drawn(relation, [one for one, _ in modifiers.order], self._patterns)
        scope = Scope(relation, self._patterns.context.alias())
        expressions = self._patterns.expressions(scope)
        keys = [
            key
            for one, (_, descends) in zip(conditions, modifiers.order, strict=True)
            for key in order_keys(expressions.operand(one), descends=descends)
        ]
        names = ", ".join(relation.names(scope.alias, columns)) or "1 AS one"
        sql = f"SELECT {names} FROM {scope.source()}"
        if keys:
            sql += f" ORDER BY {', '.join(keys)}"
        if modifiers.limit is not None:
            sql += f" LIMIT {modifiers.limit}"
        if modifiers.offset:
            sql += f" OFFSET {modifiers.offset}"
        return Relation(sql, columns, relation.empty)

    def _projected(self, relation: Relation) -> dict[str, Column]:
        wanted = self._modifiers.variables
        names = relation.columns if wanted is None else [name for name in wanted if name in relation.columns]
        return {name: relation.columns[name] for name in names}
