"""A query made ready: one SQL statement, and what its columns hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from graph_app.columns.algebra.nodes import Query, Variable
from graph_app.columns.estimate import NOTHING, Estimate, estimate
from graph_app.columns.expressions.operand import written
from graph_app.columns.kinds import Kind
from graph_app.columns.patterns.compile import Patterns
from graph_app.columns.patterns.context import Context
from graph_app.columns.relation import TERM, Column, Form, Output, Relation
from graph_app.columns.template import constructed
from graph_app.columns.terms import Constant

__all__ = ["Plan", "make_plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """A query made ready.

    :param form: what the query asks for.
    :param sql: the statement.
    :param outputs: its columns; none of a CONSTRUCT, whose only column is a text of N-Triples.
    :param unknown: terms of the query that the dictionary lacks, with the ids that stand for them.
    :param estimate: how much work it is for an engine that follows indexes.
    """

    form: Literal["SELECT", "ASK", "CONSTRUCT"]
    sql: str
    outputs: tuple[Output, ...]
    unknown: Mapping[Constant, int] = field(default_factory=dict)
    estimate: Estimate = NOTHING


def make_plan(query: Query, context: Context) -> Plan:
    """Compile a query.

    :param query: the query as algebra.
    :param context: what is known while it is compiled.
    :raises Declined: if the query cannot be compiled exactly.
    """
    relation = Patterns(context).compile(query.pattern)
    work = estimate(query, context.catalogue, {name: len(kinds) for name, kinds in context.slots.items()})
    return replace(_planned(query, relation), unknown=context.unknown, estimate=work)


def _planned(query: Query, relation: Relation) -> Plan:
    if query.form == "ASK":
        sql = "SELECT FALSE" if relation.empty else f"SELECT EXISTS (SELECT 1 FROM ({relation.sql}) AS q)"
        return Plan("ASK", sql, ())
    if query.form == "SELECT":
        sql, outputs = _output(relation, query.variables)
        return Plan("SELECT", sql, outputs)
    return _construction(query, relation)


def _construction(query: Query, relation: Relation) -> Plan:
    """Ask for what the template needs, each solution once unless it makes blank nodes of its own."""
    nodes = [node for triple in query.template for node in (triple.subject, triple.predicate, triple.object)]
    names = dict.fromkeys(node.name for node in nodes if isinstance(node, Variable))
    sql, outputs = _output(relation, tuple(name for name in names if not name.startswith("_:")))
    fresh = any(name.startswith("_:") for name in names)
    if not fresh:
        sql = f"SELECT DISTINCT * FROM ({sql}) AS c"
    return Plan("CONSTRUCT", constructed(sql, outputs, query.template), ())


def _output(relation: Relation, variables: tuple[str, ...]) -> tuple[str, tuple[Output, ...]]:
    names: list[str] = []
    outputs = []
    for variable in variables:
        column = relation.columns.get(variable)
        if column is None:
            outputs.append(Output(variable, Form.ID, Kind.NONE, -1))
            continue
        outputs.append(Output(variable, column.form, column.kinds, len(names)))
        names += _written(column)
    return f"SELECT {', '.join(names) or '1'} FROM ({relation.sql}) AS q", tuple(outputs)


def _written(column: Column) -> list[str]:
    match column.form:
        case Form.ID:
            return [f"q.{column.name}"]
        case Form.SCALAR:
            return [f"{written(column.kinds, f'q.{column.name}')} AS {column.name}"]
    return [f"q.{column.name}{letter}" for letter in TERM]
