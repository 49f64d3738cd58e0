"""What a question looks at: its blocks of triples, each with what has to be there besides.

A variable that is given the value of another one counts as that one. Paths are taken apart into single steps.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, product
from typing import NamedTuple

from graph_app.columns.algebra.nodes import (
    Aggregate,
    Alternative,
    Bgp,
    Call,
    Distinct,
    Exists,
    Expression,
    Extend,
    Filter,
    Group,
    Inverse,
    Join,
    LeftJoin,
    Node,
    OrderBy,
    Path,
    Pattern,
    Project,
    Repeat,
    Sequence,
    Step,
    Union,
    Values,
    Variable,
)
from graph_app.validation.shacl.model import Uncovered

__all__ = ["ROOT", "Block", "Hop", "blocks_of"]

#: Name of the variable that all steps begin at.
ROOT = "root"

_NAMES = count()


class Hop(NamedTuple):
    """A step from one node to another.

    :param subject: name of the variable of the subject; empty for a constant.
    :param predicate: the predicate.
    :param object: name of the variable of the object; empty for a constant.
    :param repeated: whether the step is made any number of times.
    """

    subject: str
    predicate: str
    object: str
    repeated: bool = False


class Block(NamedTuple):
    """Steps that are matched together.

    :param own: steps of the block.
    :param beside: steps that have to match as well wherever the block counts.
    """

    own: tuple[Hop, ...]
    beside: tuple[Hop, ...]


class _Line(NamedTuple):
    """A triple whose variables have names of their own in the whole pattern."""

    subject: str
    predicate: Path | Variable
    object: str


class _Scope(NamedTuple):
    """Where names mean variables: those that can be seen outside mean the same there.

    :param number: tells it from other scopes.
    :param seen: names that can be seen outside.
    :param outer: the scope outside, if there is one.
    """

    number: int
    seen: frozenset[str]
    outer: "_Scope | None"

    def name(self, node: Node) -> str:
        if not isinstance(node, Variable):
            return ""
        if self.outer is not None and node.name in self.seen:
            return self.outer.name(node)
        return f"{self.number}:{node.name}"

    def within(self, pattern: Project | Group) -> "_Scope":
        seen = pattern.variables if isinstance(pattern, Project) else [name for name, _ in pattern.keys]
        return _Scope(id(pattern), frozenset(seen), self)  # the same part of a pattern has the same names each time


_Lines = tuple[_Line, ...]


def blocks_of(pattern: Pattern, root: str) -> Iterator[Block]:
    """Yield the blocks of a pattern, those of its expressions included; one for each choice that its paths leave.

    :param pattern: the pattern.
    :param root: a variable of it, which the steps name :data:`ROOT`.
    :raises Uncovered: if it holds something whose steps cannot be told.
    """
    scope = _Scope(0, frozenset(), None)
    same = dict(_aliases(pattern, scope))
    named = {_found(scope.name(Variable(root)), same): ROOT, "": ""}
    for own, beside in _blocks(pattern, scope, ()):
        choices = [list(_hops(line, same, named)) for line in (*own, *beside)]
        for chosen in product(*choices):
            mine = [hop for hops in chosen[: len(own)] for hop in hops]
            others = [hop for hops in chosen[len(own) :] for hop in hops]
            yield Block(tuple(mine), tuple(others))


def _blocks(pattern: Pattern, scope: _Scope, beside: _Lines) -> Iterator[tuple[_Lines, _Lines]]:
    match pattern:
        case Bgp():
            yield _required(pattern, scope), beside
        case Values():
            return
        case Join(left, right):
            yield from _blocks(left, scope, (*beside, *_required(right, scope)))
            yield from _blocks(right, scope, (*beside, *_required(left, scope)))
        case LeftJoin(left, right, conditions):
            yield from _blocks(left, scope, beside)
            yield from _blocks(right, scope, (*beside, *_required(left, scope)))
            both = (*_required(left, scope), *_required(right, scope))
            yield from _within(conditions, scope, (*beside, *both))
        case Union(left, right):
            yield from _blocks(left, scope, beside)
            yield from _blocks(right, scope, beside)
        case Filter(inner, expression) | Extend(inner, _, expression):
            yield from _blocks(inner, scope, beside)
            yield from _within([expression], scope, (*beside, *_required(inner, scope)))
        case Group(inner, keys, aggregates):
            within = scope.within(pattern)
            yield from _blocks(inner, within, beside)
            expressions = [one for _, one in (*keys, *aggregates)]
            yield from _within(expressions, within, (*beside, *_required(inner, within)))
        case Project(inner):
            yield from _blocks(inner, scope.within(pattern), beside)
        case Distinct(inner) | OrderBy(inner):
            yield from _blocks(inner, scope, beside)
        case _:
            raise Uncovered(f"a pattern of the kind {type(pattern).__name__}")


def _required(pattern: Pattern, scope: _Scope) -> _Lines:
    """Return triples that match wherever a pattern does, as far as one can say without looking into sub-selects."""
    match pattern:
        case Bgp(triples):
            return tuple(_Line(scope.name(one.subject), one.predicate, scope.name(one.object)) for one in triples)
        case Join(left, right):
            return (*_required(left, scope), *_required(right, scope))
        case LeftJoin(left):
            return _required(left, scope)
        case Filter(inner) | Extend(inner) | Distinct(inner) | OrderBy(inner):
            return _required(inner, scope)
    return ()


def _within(expressions: Iterable[Expression], scope: _Scope, beside: _Lines) -> Iterator[tuple[_Lines, _Lines]]:
    for expression in expressions:
        match expression:
            case Exists(pattern):
                yield from _blocks(pattern, scope, beside)
            case Call(_, arguments):
                yield from _within(arguments, scope, beside)
            case Aggregate(_, argument) if argument is not None:
                yield from _within([argument], scope, beside)


def _aliases(pattern: Pattern, scope: _Scope) -> Iterator[tuple[str, str]]:
    """Yield variables that are given the value of another one."""
    match pattern:
        case Extend(inner, name, expression):
            if isinstance(expression, Variable):
                yield scope.name(Variable(name)), scope.name(expression)
            yield from _aliases(inner, scope)
        case Join(left, right) | LeftJoin(left, right) | Union(left, right):
            yield from _aliases(left, scope)
            yield from _aliases(right, scope)
        case Filter(inner) | Distinct(inner) | OrderBy(inner):
            yield from _aliases(inner, scope)
        case Group(inner):
            yield from _aliases(inner, scope.within(pattern))
        case Project(inner):
            yield from _aliases(inner, scope.within(pattern))


def _hops(line: _Line, same: Mapping[str, str], named: Mapping[str, str]) -> Iterator[list[Hop]]:
    """Yield the steps of a triple, once for each choice that its path leaves."""
    if isinstance(line.predicate, Variable):
        raise Uncovered("a triple of any predicate")
    subject, target = (_found(name, same) for name in (line.subject, line.object))
    return _steps(named.get(subject, subject), line.predicate, named.get(target, target))


def _found(name: str, same: Mapping[str, str]) -> str:
    """Follow a variable to the one whose value it was given."""
    while name in same:
        name = same[name]
    return name


def _steps(subject: str, path: Path, target: str) -> Iterator[list[Hop]]:
    match path:
        case Step(iri):
            yield [Hop(subject, iri, target)]
        case Inverse(inner):
            yield from _steps(target, inner, subject)
        case Repeat(Step(iri)):
            yield [Hop(subject, iri, target, repeated=True)]
        case Alternative(parts):
            for part in parts:
                yield from _steps(subject, part, target)
        case Sequence(parts):
            between = [f"-{next(_NAMES)}" for _ in parts[1:]]
            ends = zip([subject, *between], parts, [*between, target], strict=True)
            for chosen in product(*[list(_steps(*end)) for end in ends]):
                yield [hop for hops in chosen for hop in hops]
        case _:
            raise Uncovered("a path whose steps cannot be told")
