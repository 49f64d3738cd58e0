"""EXISTS (SPARQL 1.1, sections 8.1 and 18.6): the pattern with the values of the row at hand put in.

A join with the row gives the same, as long as the variables of the row stand where a join reaches them; other patterns
are declined.
"""

from collections.abc import Callable
from dataclasses import dataclass

from graph_app.columns.algebra.nodes import (
    Bgp,
    Distinct,
    Expression,
    Extend,
    Filter,
    Group,
    Join,
    LeftJoin,
    Minus,
    OrderBy,
    Pattern,
    Project,
    Slice,
    Union,
    Values,
)
from graph_app.columns.algebra.scope import everywhere, in_scope, mentioned
from graph_app.columns.declined import Declined
from graph_app.columns.expressions.comparison import same
from graph_app.columns.expressions.operand import Operand
from graph_app.columns.scope import Scope

__all__ = ["Outer", "check_substitution", "peel"]


@dataclass(frozen=True, slots=True)
class Outer:
    """The row at hand.

    :param names: its variables.
    :param variable: gives one as operand.
    """

    names: frozenset[str]
    variable: Callable[[str], Operand]

    def agrees(self, scope: Scope, name: str) -> str:
        """Return the condition under which a solution of the pattern has the value of the row.

        :param scope: the pattern.
        :param name: a variable of both.
        """
        ours, theirs = self.variable(name), scope.operand(name)
        tests = [same(ours, theirs)]
        tests += [f"NOT ({one.exists})" for one in (ours, theirs) if one.nullable]
        return " OR ".join(tests)


def peel(pattern: Pattern) -> tuple[Pattern, list[Expression]]:
    """Take off the filters of the outermost group; they see the variables of the row.

    :param pattern: the pattern.
    :returns: what is left, and the conditions.
    """
    conditions = []
    while isinstance(pattern, Filter):
        conditions.append(pattern.condition)
        pattern = pattern.pattern
    return pattern, conditions


def check_substitution(pattern: Pattern, outer: frozenset[str]) -> None:
    """Check that joining with the row gives what putting its values in does.

    :param pattern: the pattern without its outermost filters.
    :param outer: variables of the row.
    :raises Declined: if it may not.
    """
    match pattern:
        case Bgp() | Values():
            return
        case Join(left, right) | Union(left, right):
            check_substitution(left, outer)
            check_substitution(right, outer)
        case Filter(inner, condition):
            check_substitution(inner, outer)
            _refuse((set(mentioned(condition)) & outer) - set(in_scope(inner)))
        case Extend(inner, variable, expression):
            check_substitution(inner, outer)
            _refuse(((set(mentioned(expression)) - set(in_scope(inner))) | {variable}) & outer)
        case LeftJoin(left, right):
            check_substitution(left, outer)
            _refuse((set(everywhere(right)) - set(in_scope(left))) & outer)
            for condition in pattern.conditions:
                _refuse((set(mentioned(condition)) - set(in_scope(pattern))) & outer)
        case Minus(left, right):
            check_substitution(left, outer)
            _refuse(set(everywhere(right)) & outer)
        case Distinct(Project(inner, variables)) | Project(inner, variables) if not _counts(inner):
            check_substitution(inner, outer)
            _refuse((set(everywhere(inner)) - set(variables)) & outer)
        case Group() | Slice() | OrderBy() | Distinct() | Project():
            _refuse(set(everywhere(pattern)) & outer)


def _counts(pattern: Pattern) -> bool:
    """Tell whether the solutions of a pattern depend on one another."""
    match pattern:
        case Group() | Slice():
            return True
        case Extend(inner) | Filter(inner) | OrderBy(inner) | Distinct(inner) | Project(inner):
            return _counts(inner)
    return False


def _refuse(names: set[str]) -> None:
    if names:
        raise Declined(f"EXISTS needs ?{min(names)} of the row in a part of its own")
