"""What stands around the pattern of a query: grouping, selected expressions, order (SPARQL 1.1, section 18.2.4)."""

from itertools import count
from typing import TYPE_CHECKING

import rdflib
from rdflib.plugins.sparql.parserutils import CompValue

from graph_app.columns.algebra.nodes import (
    Aggregate,
    Call,
    Distinct,
    Exists,
    Expression,
    Extend,
    Filter,
    Group,
    Join,
    OrderBy,
    Pattern,
    Project,
    Slice,
    Variable,
)
from graph_app.columns.algebra.parse import Tree
from graph_app.columns.algebra.scope import in_scope
from graph_app.columns.declined import Declined

if TYPE_CHECKING:
    from graph_app.columns.algebra.translate import GroupReader

__all__ = ["read_select", "with_modifiers"]


def read_select(node: CompValue, reader: "GroupReader") -> Pattern:
    """Read a SELECT, the whole query or one within another.

    :param node: its tree.
    :param reader: reads its patterns.
    :raises Declined: if it is not valid, or holds what is not known here.
    """
    pattern, selected = _Selection(node, reader).read()
    if node.modifier:
        # REDUCED allows to leave out repetitions, all of them as well.
        return _sliced(Distinct(Project(pattern, selected)), node)
    return _sliced(Project(pattern, selected), node)


def with_modifiers(node: CompValue, reader: "GroupReader") -> Pattern:
    """Read the pattern of a query that selects no columns, with what stands around it.

    :param node: its tree.
    :param reader: reads its patterns.
    """
    if node.groupby or node.having:
        raise Declined("a query without SELECT groups")
    return _sliced(_Selection(node, reader).read()[0], node)


class _Selection:
    """One SELECT on its way to the algebra."""

    def __init__(self, node: CompValue, reader: "GroupReader") -> None:
        self._node = node
        self._reader = reader
        self._aggregates: dict[Aggregate, str] = {}
        self._numbers = count(1)

    def read(self) -> tuple[Pattern, tuple[str, ...]]:
        """Return the pattern, ordered, and the variables that it is projected to."""
        node, read = self._node, self._reader.expressions.read
        pattern = self._reader.group(node.where)
        visible = in_scope(pattern)
        chosen = [self._choice(one) for one in node.projection or ()]
        order = [(read(one.expr), one.order == "DESC") for one in (node.orderby.condition if node.orderby else ())]
        having = [read(one) for one in (node.having.condition if node.having else ())]
        grouped = (
            bool(node.groupby)
            or bool(having)
            or any(_has_aggregate(one) for one in (*(e for _, e in chosen if e is not None), *(e for e, _ in order)))
        )
        if grouped:
            pattern, chosen, order = self._group(pattern, chosen, order, having)
            visible = in_scope(pattern)
            if not chosen:
                raise Declined("SELECT * groups")
        if node.valuesClause:
            values = self._reader.values(node.valuesClause)
            pattern = Join(pattern, values)
            visible = (*visible, *values.variables)
        taken = set(visible)
        for name, expression in chosen:
            if expression is not None:
                if name in taken:
                    raise Declined(f"SELECT gives ?{name} a second value")
                taken.add(name)
                pattern = Extend(pattern, name, expression)
        if order:
            pattern = OrderBy(pattern, tuple(order))
        names = [name for name, _ in chosen] or [name for name in dict.fromkeys(visible) if not name.startswith("_:")]
        return pattern, tuple(dict.fromkeys(names))

    def _choice(self, one: CompValue) -> tuple[str, Expression | None]:
        if one.evar is None:
            return str(one.var), None
        return str(one.evar), self._reader.expressions.read(one.expr)

    def _group(
        self,
        pattern: Pattern,
        chosen: list[tuple[str, Expression | None]],
        order: list[tuple[Expression, bool]],
        having: list[Expression],
    ) -> tuple[Pattern, list[tuple[str, Expression | None]], list[tuple[Expression, bool]]]:
        keys = []
        for condition in self._node.groupby.condition if self._node.groupby else ():
            name, expression = self._key(condition)
            keys.append((name, expression))
        names = {name for name, _ in keys}
        given = {name for name, expression in chosen if expression is not None}
        after = [(name, None if expression is None else self._above(expression, names)) for name, expression in chosen]
        sorted_by = [(self._above(expression, names | given), descends) for expression, descends in order]
        kept = [self._above(expression, names) for expression in having]
        for name, selected in chosen:
            if selected is None and name not in names:
                raise Declined(f"?{name} is selected and not grouped by")
        aggregates = tuple((name, aggregate) for aggregate, name in self._aggregates.items())
        grouped: Pattern = Group(pattern, tuple(keys), aggregates, not self._node.groupby)
        for condition in kept:
            grouped = Filter(grouped, condition)
        return grouped, after, sorted_by

    def _key(self, condition: Tree) -> tuple[str, Expression]:
        if isinstance(condition, rdflib.Variable):
            return str(condition), Variable(str(condition))
        if isinstance(condition, CompValue) and condition.name == "GroupAs":
            expression = self._reader.expressions.read(condition.expr)
            if condition.var is not None:
                return str(condition.var), expression
        else:
            expression = self._reader.expressions.read(condition)
        if isinstance(expression, Variable):
            return expression.name, expression
        return f"_:key{next(self._numbers)}", expression

    def _above(self, expression: Expression, known: set[str]) -> Expression:
        """Lift an expression above groups: set functions become variables, and other variables are keys."""
        match expression:
            case Aggregate():
                if expression.argument is not None and _has_aggregate(expression.argument):
                    raise Declined("a set function holds another one")
                return Variable(self._aggregates.setdefault(expression, f"_:agg{len(self._aggregates) + 1}"))
            case Call(name, arguments):
                return Call(name, tuple(self._above(argument, known) for argument in arguments))
            case Variable(name) if name not in known:
                raise Declined(f"?{name} is neither grouped by nor in a set function")
            case Exists():
                raise Declined("EXISTS stands in an expression over groups")
        return expression


def _has_aggregate(expression: Expression) -> bool:
    match expression:
        case Aggregate():
            return True
        case Call(_, arguments):
            return any(_has_aggregate(argument) for argument in arguments)
    return False


def _sliced(pattern: Pattern, node: CompValue) -> Pattern:
    if not node.limitoffset:
        return pattern
    limit, offset = node.limitoffset.limit, node.limitoffset.offset
    return Slice(pattern, int(offset or 0), None if limit is None else int(limit))
