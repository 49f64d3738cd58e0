"""Which variables of a pattern can be seen outside it (SPARQL 1.1, section 18.2.1), and which an expression names."""

from collections.abc import Iterator

from graph_app.columns.algebra.nodes import (
    Aggregate,
    Bgp,
    Call,
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
    Union,
    Values,
    Variable,
)

__all__ = ["in_scope", "mentioned"]


def in_scope(pattern: Pattern) -> tuple[str, ...]:
    """Return the variables in scope, in the order in which they appear.

    :param pattern: the pattern.
    """
    return tuple(dict.fromkeys(_in_scope(pattern)))


def _in_scope(pattern: Pattern) -> Iterator[str]:
    match pattern:
        case Bgp(triples):
            for triple in triples:
                for node in (triple.subject, triple.predicate, triple.object):
                    if isinstance(node, Variable):
                        yield node.name
        case Join(left, right) | LeftJoin(left, right) | Union(left, right):
            yield from _in_scope(left)
            yield from _in_scope(right)
        case Minus(left):
            yield from _in_scope(left)
        case Extend(inner, variable):
            yield from _in_scope(inner)
            yield variable
        case Values(variables) | Project(_, variables):
            yield from variables
        case Group(_, keys, aggregates):
            yield from (name for name, _ in (*keys, *aggregates))
        case _:
            yield from _in_scope(pattern.pattern)


def mentioned(expression: Expression) -> Iterator[str]:
    """Give the variables that an expression names, those of its patterns included.

    :param expression: the expression.
    """
    match expression:
        case Variable(name):
            yield name
        case Call(_, arguments):
            for argument in arguments:
                yield from mentioned(argument)
        case Aggregate(_, argument):
            if argument is not None:
                yield from mentioned(argument)
        case Exists(pattern):
            yield from everywhere(pattern)


def everywhere(pattern: Pattern) -> Iterator[str]:
    """Give the variables that a pattern names anywhere, those of expressions included.

    :param pattern: the pattern.
    """
    yield from _in_scope(pattern)
    match pattern:
        case Filter(inner, condition):
            yield from everywhere(inner)
            yield from mentioned(condition)
        case LeftJoin(left, right, conditions):
            yield from everywhere(left)
            yield from everywhere(right)
            for condition in conditions:
                yield from mentioned(condition)
        case Join(left, right) | Union(left, right) | Minus(left, right):
            yield from everywhere(left)
            yield from everywhere(right)
        case Extend(inner, _, expression):
            yield from everywhere(inner)
            yield from mentioned(expression)
