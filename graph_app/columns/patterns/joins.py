"""Joins of solutions (SPARQL 1.1, sections 18.3 to 18.5): solutions are compatible where both bind a variable alike.

An unbound variable is compatible with everything; it takes the value that the other side has.
"""

from collections.abc import Iterable
from dataclasses import replace

from graph_app.columns.expressions.comparison import same
from graph_app.columns.expressions.operand import Operand
from graph_app.columns.relation import TERM, Column, Form, Relation
from graph_app.columns.scope import Scope

__all__ = ["compatible", "merged", "shared", "union"]


def shared(left: Relation, right: Relation) -> list[str]:
    """Return the variables that both sides may bind.

    :param left: one side.
    :param right: the other side.
    """
    return [variable for variable in left.columns if variable in right.columns]


def compatible(left: Scope, right: Scope, variables: Iterable[str]) -> list[str]:
    """Return conditions under which solutions are compatible.

    :param left: one side.
    :param right: the other side.
    :param variables: the variables that both sides may bind.
    """
    return [_agree(left, right, variable) for variable in variables]


def _agree(left: Scope, right: Scope, variable: str) -> str:
    alike = same(left.operand(variable), right.operand(variable))
    tests = [alike]
    for scope in (left, right):
        column = scope.relation.columns[variable]
        if column.nullable:
            tests.append(f"{scope.alias}.{column.bound} IS NULL")
    return tests[0] if len(tests) == 1 else f"({' OR '.join(tests)})"


def merged(left: Scope, right: Scope, *, outer: bool = False) -> tuple[list[str], dict[str, Column]]:
    """Put the columns of both sides together.

    :param left: one side.
    :param right: the other side.
    :param outer: whether the right side may be missing.
    :returns: what to select, and the columns.
    """
    names: list[str] = []
    columns: dict[str, Column] = {}
    for variable, column in left.relation.columns.items():
        other = right.relation.columns.get(variable)
        if other is not None and not outer and not other.nullable and column.form is not Form.ID is other.form:
            columns[variable] = other
            names += [f"{right.alias}.{name}" for name in other.names]
        elif other is not None and column.nullable:
            given, columns[variable] = _either(variable, left, right, nullable=outer or other.nullable)
            names += given
        else:
            columns[variable] = column if other is None else _narrowed(column, other, outer=outer)
            names += [f"{left.alias}.{name}" for name in column.names]
    for variable, column in right.relation.columns.items():
        if variable not in columns:
            columns[variable] = column.optional() if outer else column
            names += [f"{right.alias}.{name}" for name in column.names]
    return names, columns


def _narrowed(column: Column, other: Column, *, outer: bool) -> Column:
    """Return a column that is bound on the left side, with the kinds that it can have on both."""
    both = column.kinds & other.kinds
    sure = column.form is Form.ID and not outer and not other.nullable and both
    return replace(column, kinds=both) if sure else column


def _either(variable: str, left: Scope, right: Scope, *, nullable: bool) -> tuple[list[str], Column]:
    """Take a variable from the left side where it is bound there, else from the right one."""
    ours, others = left.relation.columns[variable], right.relation.columns[variable]
    kinds = ours.kinds | others.kinds
    name, first, second = ours.name, left.alias, right.alias
    if ours.form is others.form is Form.ID:
        value_type = ours.value_type if ours.value_type == others.value_type else ""
        column = Column(name, Form.ID, kinds, nullable, value_type)
        return [f"COALESCE({first}.{one}, {second}.{one}) AS {one}" for one in column.names], column
    if ours.form is others.form is Form.SCALAR and ours.kinds == others.kinds:
        return [f"COALESCE({first}.{name}, {second}.{name}) AS {name}"], replace(ours, nullable=nullable)
    one, other = left.operand(variable), right.operand(variable)
    bound, beside = f"{first}.{ours.bound} IS NOT NULL", f"{second}.{others.bound} IS NOT NULL"
    column = Column(name, Form.TERM, kinds, nullable, parts=TERM)
    # The right side may be missing as a whole, and then what is the same in all its solutions is missing too.
    cases = (f"CASE WHEN {bound} THEN {one.part(x)} WHEN {beside} THEN {other.part(x)} END AS {name}{x}" for x in TERM)
    return list(cases), column


def union(left: Relation, right: Relation, aliases: tuple[str, str]) -> Relation:
    """Put the solutions of both sides one after another.

    :param left: one side.
    :param right: the other side.
    :param aliases: an alias for each.
    """
    sides = Scope(left, aliases[0]), Scope(right, aliases[1])
    columns: dict[str, Column] = {}
    selected: tuple[list[str], list[str]] = ([], [])
    for variable in dict.fromkeys((*left.columns, *right.columns)):
        column = _common(left.columns.get(variable), right.columns.get(variable))
        columns[variable] = column
        for side, names in zip(sides, selected, strict=True):
            names += [f"{sql} AS {name}" for name, sql in zip(column.names, _as(column, side, variable), strict=True)]
    statements = [
        f"SELECT {', '.join(names) or '1 AS one'} FROM {side.source()}"
        for side, names in zip(sides, selected, strict=True)
    ]
    return Relation(" UNION ALL ".join(statements), columns)


def _common(left: Column | None, right: Column | None) -> Column:
    if left is None or right is None:
        known = left or right
        assert known is not None  # noqa: S101 - one side has it
        return known.optional()
    kinds, nullable = left.kinds | right.kinds, left.nullable or right.nullable
    if left.form is right.form is Form.ID:
        value_type = left.value_type if left.value_type == right.value_type else ""
        return Column(left.name, Form.ID, kinds, nullable, value_type)
    if left.form is right.form is Form.SCALAR and left.kinds == right.kinds:
        return replace(left, nullable=nullable)
    parts = "".join(x for x in left.parts if x in right.parts) if left.form is right.form is Form.TERM else TERM
    has_id = left.form is right.form is Form.TERM and left.has_id and right.has_id
    return Column(left.name, Form.TERM, kinds, nullable, parts=parts, has_id=has_id)


def _as(column: Column, side: Scope, variable: str) -> list[str]:
    """Return the SQL of a variable of one side in the form of a column."""
    own = side.relation.columns.get(variable)
    if own is None:
        return ["NULL"] * len(column.names)
    if own.form is column.form and column.form is not Form.TERM:
        return [f"{side.alias}.{name}" for name in column.names]
    operand: Operand = side.operand(variable)
    found = [operand.part(letter) for letter in column.parts]
    return [*found, operand.id] if column.has_id else found
