"""Functions that give another value at each call (SPARQL 1.1, sections 17.4.2.9, 17.4.2.12, 17.4.2.13, 17.4.4.5).

Each call is made once a row, before the expression that holds it, which may need its value in several places.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from graph_app.columns.algebra.nodes import Call, Expression, Variable
from graph_app.columns.declined import Declined
from graph_app.columns.expressions.functions.registry import VOLATILE
from graph_app.columns.expressions.operand import Scalar
from graph_app.columns.relation import Column, Form, Relation
from graph_app.columns.scope import Scope

if TYPE_CHECKING:
    from graph_app.columns.patterns.compile import Patterns

__all__ = ["drawn", "is_drawn", "steady"]


def is_drawn(expression: Expression) -> bool:
    """Tell whether an expression holds a call that gives another value each time.

    :param expression: the expression.
    """
    if not isinstance(expression, Call):
        return False
    return _gives_anew(expression) or any(is_drawn(argument) for argument in expression.arguments)


def steady(expression: Expression) -> Expression:
    """Return an expression that gives the same of the same row.

    :param expression: the expression.
    :raises Declined: if it does not, and stands where nothing is computed before.
    """
    if is_drawn(expression):
        raise Declined("a random value is asked for in the condition of a join")
    return expression


def drawn(relation: Relation, expressions: list[Expression], patterns: "Patterns") -> tuple[Relation, list[Expression]]:
    """Make the calls that some expressions hold.

    :param relation: the solutions that the expressions are of.
    :param expressions: the expressions.
    :param patterns: compiles expressions.
    :returns: the solutions with a hidden variable for each call, and the expressions with these in place of the calls.
    :raises Declined: if a value would have to be another one for each row of a pattern outside.
    """
    calls: dict[str, Call] = {}
    found = [_replaced(expression, calls, patterns) for expression in expressions]
    if not calls:
        return relation, expressions
    if patterns.repeated:
        raise Declined("EXISTS asks for a random value")
    scope = Scope(relation, patterns.context.alias())
    compiler = patterns.expressions(scope)
    names, columns = relation.names(scope.alias), dict(relation.columns)
    for variable, call in calls.items():
        operand = compiler.operand(call)
        assert isinstance(operand, Scalar)  # noqa: S101 - as all these functions give it
        name = patterns.context.name(variable)
        names.append(f"{operand.sql} AS {name}")
        columns[variable] = Column(name, Form.SCALAR, operand.kinds, nullable=False)
    inner = f"SELECT {', '.join(names)} FROM {scope.source()}"
    alias = patterns.context.alias()
    # Not to be computed anew where several places ask for it.
    sql = f"SELECT * FROM (WITH {alias} AS MATERIALIZED ({inner}) SELECT * FROM {alias}) AS {patterns.context.alias()}"
    return Relation(sql, columns, relation.empty), found


def _gives_anew(call: Call) -> bool:
    return call.name in VOLATILE or (call.name == "BNODE" and not call.arguments)


def _replaced(expression: Expression, calls: dict[str, Call], patterns: "Patterns") -> Expression:
    if not isinstance(expression, Call):
        return expression
    if _gives_anew(expression) and not expression.arguments:
        variable = patterns.context.hidden()
        calls[variable] = expression
        return Variable(variable)
    arguments = tuple(_replaced(argument, calls, patterns) for argument in expression.arguments)
    return replace(expression, arguments=arguments)
