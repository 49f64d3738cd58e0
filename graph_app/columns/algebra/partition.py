"""How the solutions of a pattern fall apart by the value of one variable, its key.

Where every block of triples binds the key, and every operator keeps what has one value apart from what has another, the
solutions with a value follow from the solutions of the blocks with that value alone. So a change of the graph changes
those values only that its triples have in a block, and the pattern can be asked for these.
"""

from collections.abc import Iterable, Iterator
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
    Minus,
    Pattern,
    Project,
    Step,
    Triple,
    Union,
    Values,
    Variable,
)
from graph_app.columns.algebra.scope import in_scope

__all__ = ["blocks", "keys", "restricted", "variables"]

#: Functions whose value does not follow from their arguments.
_DRAWN = frozenset(("BNODE", "NOW", "RAND", "STRUUID", "UUID"))


def keys(pattern: Pattern) -> tuple[str, ...]:
    """Return the variables by which the solutions of a pattern fall apart.

    :param pattern: the pattern.
    """
    return tuple(name for name in in_scope(pattern) if not name.startswith("_:") and _falls_apart(pattern, name))


def blocks(pattern: Pattern) -> Iterator[Bgp]:
    """Give the basic graph patterns of a pattern, those of expressions included.

    :param pattern: the pattern.
    """
    match pattern:
        case Bgp():
            yield pattern
        case Values():
            return
        case Join(left, right) | Union(left, right) | Minus(left, right) | LeftJoin(left, right):
            yield from blocks(left)
            yield from blocks(right)
        case _:
            yield from blocks(pattern.pattern)
    for expression in _expressions(pattern):
        for inner in _asked(expression):
            yield from blocks(inner)


def restricted(pattern: Pattern, key: str) -> Pattern:
    """Return a pattern for some values of its key, which go into a slot named as the key.

    :param pattern: the pattern.
    :param key: one of its :func:`keys`.
    """
    match pattern:
        case Bgp():
            return Join(Values((key,), ((None,),)), pattern)
        case Values():
            return pattern
        case Join(left, right) | Union(left, right) | Minus(left, right) | LeftJoin(left, right):
            return replace(pattern, left=restricted(left, key), right=restricted(right, key))
    return replace(pattern, pattern=restricted(pattern.pattern, key))


def variables(triples: Iterable[Triple]) -> Iterator[str]:
    """Give the variables of triples.

    :param triples: the triples.
    """
    for triple in triples:
        for node in (triple.subject, triple.predicate, triple.object):
            if isinstance(node, Variable):
                yield node.name


def _falls_apart(pattern: Pattern, key: str) -> bool:
    if not all(_follows(expression, key) for expression in _expressions(pattern)):
        return False
    match pattern:
        case Bgp(triples):
            return key in variables(triples) and all(isinstance(one.predicate, Step | Variable) for one in triples)
        case Join(left, right):
            sides = [side for side in (left, right) if not isinstance(side, Values)]
            return bool(sides) and all(_falls_apart(side, key) for side in sides)
        case Union(left, right) | Minus(left, right) | LeftJoin(left, right):
            return _falls_apart(left, key) and _falls_apart(right, key)
        case Filter(inner) | Distinct(inner):
            return _falls_apart(inner, key)
        case Extend(inner, variable):
            return variable != key and _falls_apart(inner, key)
        case Group(inner, names):
            return (key, Variable(key)) in names and _falls_apart(inner, key)
        case Project(inner, names):
            return key in names and _falls_apart(inner, key)
    return False


def _expressions(pattern: Pattern) -> tuple[Expression, ...]:
    match pattern:
        case Filter(_, condition):
            return (condition,)
        case LeftJoin(_, _, conditions):
            return conditions
        case Extend(_, _, expression):
            return (expression,)
        case Group(_, names, aggregates):
            return tuple(expression for _, expression in (*names, *aggregates))
    return ()


def _follows(expression: Expression, key: str) -> bool:
    """Tell whether the value of an expression follows from a solution, and from what has the same value of the key."""
    match expression:
        case Call(name, arguments):
            return name not in _DRAWN and all(_follows(argument, key) for argument in arguments)
        case Aggregate(name, argument):
            return name != "SAMPLE" and (argument is None or _follows(argument, key))
        case Exists(pattern):
            return _falls_apart(pattern, key)
    return True


def _asked(expression: Expression) -> Iterator[Pattern]:
    """Give the patterns within an expression."""
    match expression:
        case Call(_, arguments):
            for argument in arguments:
                yield from _asked(argument)
        case Aggregate(_, argument) if argument is not None:
            yield from _asked(argument)
        case Exists(pattern):
            yield pattern
