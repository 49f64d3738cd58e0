"""Groups and set functions (SPARQL 1.1, sections 11, 18.5.1)."""

from typing import TYPE_CHECKING

from graph_app.columns.algebra.nodes import Group
from graph_app.columns.algebra.scope import mentioned
from graph_app.columns.patterns.aggregates import aggregate
from graph_app.columns.patterns.drawn import drawn
from graph_app.columns.patterns.stored import stored
from graph_app.columns.relation import Column, Relation
from graph_app.columns.scope import Scope
from graph_app.columns.sql import is_constant

if TYPE_CHECKING:
    from graph_app.columns.patterns.compile import Patterns

__all__ = ["compile_group"]


#: Set functions for which it makes no difference how often a term comes.
_OF_SETS = frozenset(("MIN", "MAX", "SAMPLE"))


def _grouped(pattern: Group, patterns: "Patterns") -> Relation:
    functions = [function for _, function in pattern.aggregates]
    if any(one.argument is None or not (one.distinct or one.name in _OF_SETS) for one in functions):
        return patterns.compile(pattern.pattern)
    expressions = [key for _, key in pattern.keys] + [one.argument for one in functions if one.argument is not None]
    needed = {name for expression in expressions for name in mentioned(expression)}
    return patterns.compile_set(pattern.pattern, frozenset(needed))


def compile_group(pattern: Group, patterns: "Patterns") -> Relation:
    """Compile a grouping.

    :param pattern: the grouping.
    :param patterns: compiles what is grouped.
    """
    expressions = [key for _, key in pattern.keys]
    expressions += [one.argument for _, one in pattern.aggregates if one.argument is not None]
    inner, computed = drawn(_grouped(pattern, patterns), expressions, patterns)
    places = iter(computed)
    scope = Scope(inner, patterns.context.alias())
    compiler = patterns.expressions(scope)
    selected: list[str] = []
    keys: list[str] = []
    columns: dict[str, Column] = {}
    for variable, _ in pattern.keys:
        given, column = stored(compiler.operand(next(places)), patterns.context.name(variable))
        if column is None:
            continue
        columns[variable] = column
        selected += given
        # A number alone would be the place of a column.
        keys += [key for sql in given if not is_constant(key := sql.rpartition(" AS ")[0])]
    for variable, function in pattern.aggregates:
        operand = None if function.argument is None else compiler.operand(next(places))
        given, column = aggregate(
            function, operand, inner, scope, patterns.context.name(variable), single=pattern.single
        )
        if column is not None:
            columns[variable] = column
            selected += given
    if not selected:
        selected = ["count(*) AS one"] if pattern.single else ["1 AS one"]
    sql = f"SELECT {', '.join(selected)} FROM {scope.source()}"
    if keys:
        sql += f" GROUP BY {', '.join(keys)}"
    elif not pattern.single:
        sql += " HAVING count(*) > 0"
    return Relation(sql, columns, inner.empty and not pattern.single)
