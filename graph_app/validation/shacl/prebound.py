"""Queries about one focus node, asked for all of them at once (SHACL, section 5.3.1, pre-bound variables).

A constraint in SPARQL is defined with its focus node written in wherever ``$this`` stands. All focus nodes are matched
first instead; that means the same where nothing looks at ``$this`` in a place to which the match does not reach.
"""

from collections.abc import Iterator
from dataclasses import replace

from graph_app.columns.algebra.nodes import (
    Aggregate,
    Bgp,
    Call,
    Distinct,
    Exists,
    Expression,
    Extend,
    Filter,
    Group,
    Join,
    LeftJoin,
    OrderBy,
    Pattern,
    Project,
    Slice,
    Triple,
    Union,
    Variable,
)
from graph_app.validation.shacl.model import Uncovered

__all__ = ["prebound"]

_THIS = "this"
_ANY_FOCUS = Bgp((Triple(Variable(_THIS), Variable("any"), Variable("other")),))
_LATE = "a SPARQL constraint that looks at $this where it is not bound yet"


def prebound(pattern: Pattern, focus: Pattern) -> Pattern:
    """Return a pattern that finds for every focus node what it finds with that node as ``$this``.

    :param pattern: the pattern of a query.
    :param focus: the pattern of the focus nodes.
    :raises Uncovered: if it looks at ``$this`` where that is not bound yet.
    """
    if _THIS not in _surely_bound(_begun(pattern, _ANY_FOCUS)):
        raise Uncovered(_LATE)
    return _begun(pattern, focus)


def _begun(pattern: Pattern, focus: Pattern) -> Pattern:
    """Put the focus nodes before what a pattern matches first."""
    match pattern:
        case Bgp(()):
            return focus
        case Union(left, right):
            return Union(_begun(left, focus), _begun(right, focus))
        case Join(left) | LeftJoin(left):
            return replace(pattern, left=_begun(left, focus))
        case Filter(inner) | Extend(inner) | Project(inner) | Group(inner) | Distinct(inner) | OrderBy(inner):
            return replace(pattern, pattern=_begun(inner, focus))
    return Join(focus, pattern)


def _surely_bound(pattern: Pattern) -> frozenset[str]:
    """Return the variables that every solution of a pattern binds."""
    match pattern:
        case Bgp(triples):
            nodes = [node for triple in triples for node in (triple.subject, triple.predicate, triple.object)]
            bound = frozenset(node.name for node in nodes if isinstance(node, Variable))
        case Join(left, right):
            bound = _surely_bound(left) | _surely_bound(right)
        case Union(left, right):
            bound = _surely_bound(left) & _surely_bound(right)
        case LeftJoin(left, right, conditions):
            bound = _surely_bound(left)
            _look(bound | _surely_bound(right), *conditions)
        case Extend(_, "this", _):
            raise Uncovered("a SPARQL constraint that gives $this another value")
        case Filter(inner, looked_at) | Extend(inner, _, looked_at):
            bound = _surely_bound(inner)
            _look(bound, looked_at)
        case _:
            bound = _of_modifiers(pattern)
    return bound


def _of_modifiers(pattern: Pattern) -> frozenset[str]:
    match pattern:
        case Project(inner, variables):
            bound = _surely_bound(inner)
            return _kept(bound, frozenset(variables))
        case Group(inner, keys, aggregates, _):
            bound = _surely_bound(inner)
            _look(bound, *[key for _, key in keys], *[one for _, one in aggregates])
            return _kept(bound, frozenset(name for name, key in keys if key == Variable(name)))
        case Distinct(inner):
            return _surely_bound(inner)
        case OrderBy(inner, conditions):
            bound = _surely_bound(inner)
            _look(bound, *[condition for condition, _ in conditions])
            return bound
        case Slice():
            raise Uncovered("a SPARQL constraint that limits its solutions")
    raise Uncovered("a SPARQL constraint with MINUS or VALUES, which the standard rules out")


def _kept(bound: frozenset[str], names: frozenset[str]) -> frozenset[str]:
    if _THIS not in names:
        raise Uncovered("a SPARQL constraint with a sub-select that does not give $this")
    return bound & names


def _look(bound: frozenset[str], *expressions: Expression | None) -> None:
    for expression in expressions:
        if _THIS not in bound and _mentions(expression):
            raise Uncovered(_LATE)
        for pattern in _patterns(expression):
            _surely_bound(_begun(pattern, _ANY_FOCUS))


def _patterns(expression: Expression | None) -> Iterator[Pattern]:
    """Yield the patterns of EXISTS, to which the row at hand is known."""
    match expression:
        case Exists(pattern, _):
            yield pattern
        case Call(_, arguments):
            for argument in arguments:
                yield from _patterns(argument)


def _mentions(expression: Expression | None) -> bool:
    match expression:
        case Variable(name):
            return name == _THIS
        case Call(_, arguments):
            return any(map(_mentions, arguments))
        case Aggregate(_, argument, _, _):
            return _mentions(argument)
        case Exists():
            return True  # a pattern within is compared with the row at hand, of which $this should be a part
    return False
