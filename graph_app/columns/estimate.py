"""About how many rows an engine that follows indexes from term to term touches for a query.

The estimate knows only what the catalogue says of each predicate, and walks a pattern as such an engine does: from
where fewest solutions begin, each solution leading on to as many others as a predicate has on average. It need not be
right, only tell a look-up from a scan.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

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
    OrderBy,
    Pattern,
    Project,
    Query,
    Slice,
    Triple,
    Union,
    Values,
    Variable,
)
from graph_app.columns.catalogue import Catalogue
from graph_app.columns.fan_out import FanOut, taken_apart

__all__ = ["NOTHING", "Estimate", "estimate"]

#: Beyond this, all numbers are alike.
_MOST = 10.0**12
#: What touches fewer rows, or a smaller share of all triples, looks something up.
_FEW, _SHARE = 100.0, 0.001


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a query comes to.

    :param rows: about how many rows are touched.
    :param shape: what it does, in words: ``look-up``, ``scan``, ``join`` or ``aggregate``.
    """

    rows: int
    shape: str

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.shape}, about {self.rows:,} rows"


#: Of a query that is not estimated.
NOTHING = Estimate(0, "look-up")


@dataclass(frozen=True, slots=True)
class _Flow:
    """Solutions on their way.

    :param touched: rows that were touched for them.
    :param solutions: how many there are.
    :param bound: variables that they bind.
    """

    touched: float
    solutions: float
    bound: frozenset[str]


def estimate(query: Query, catalogue: Catalogue, slots: Mapping[str, int] = MappingProxyType({})) -> Estimate:
    """Estimate a query.

    :param query: the query.
    :param catalogue: what is known of the graph.
    :param slots: variable to how many terms it gets where the query says ``VALUES ?name { UNDEF }``.
    """
    walk = _Walk(catalogue, slots)
    flow = walk.through(query.pattern, _Flow(0.0, 1.0, frozenset()))
    touched = min(flow.touched, _MOST)
    if query.form == "ASK" and _streams(query.pattern):
        touched /= max(flow.solutions, 1.0)
    if touched < _FEW or touched < catalogue.triples * _SHARE:
        shape = "look-up"
    elif any(isinstance(one, Group) for one in _patterns(query.pattern)):
        shape = "aggregate"
    else:
        shape = "join" if walk.steps > 1 else "scan"
    return Estimate(round(touched), shape)


class _Walk:
    """Follows patterns from solution to solution."""

    def __init__(self, catalogue: Catalogue, slots: Mapping[str, int]) -> None:
        self._fan_out = FanOut(catalogue)
        self._slots = slots
        self.steps = 0

    def through(self, pattern: Pattern, flow: _Flow) -> _Flow:
        """Follow one pattern.

        :param pattern: the pattern.
        :param flow: the solutions that lead to it.
        """
        match pattern:
            case Bgp(triples):
                return self._basic(list(triples), flow)
            case Join():
                return self._joined(list(_operands(pattern)), flow)
            case Values(variables, rows):
                slot = rows == ((None,),)
                if slot and variables[0] not in self._slots:
                    return flow
                terms = self._slots[variables[0]] if slot else len(rows)
                many = 1.0 if set(variables) & flow.bound else float(terms)
                return _Flow(flow.touched, flow.solutions * many, flow.bound | set(variables))
            case LeftJoin(left, right, conditions):
                first = self.through(left, flow)
                second = self.through(right, first)
                found = _Flow(second.touched, max(first.solutions, second.solutions), second.bound)
                return self._conditions(conditions, found)
            case Union(left, right):
                one = self.through(left, flow)
                other = self.through(right, _Flow(one.touched, flow.solutions, flow.bound))
                return _Flow(other.touched, one.solutions + other.solutions, one.bound | other.bound)
            case Minus(left, right):
                first = self.through(left, flow)
                taken = self.through(right, _Flow(first.touched, 1.0, frozenset()))
                return _Flow(taken.touched, first.solutions, first.bound)
            case Filter(inner, condition):
                return self._conditions((condition,), self.through(inner, flow))
            case Extend(inner, variable, expression):
                found = self._conditions((expression,), self.through(inner, flow))
                return _Flow(found.touched, found.solutions, found.bound | {variable})
            case _:
                return self._modified(pattern, flow)

    def _modified(self, pattern: Group | Project | Distinct | OrderBy | Slice, flow: _Flow) -> _Flow:
        match pattern:
            case Group(inner):  # is worked out once, whatever leads to it
                found = self.through(inner, _Flow(flow.touched, 1.0, frozenset()))
                groups = 1.0 if pattern.single else found.solutions
                return _Flow(found.touched, flow.solutions * groups, flow.bound | {name for name, _ in pattern.keys})
            case Project(inner, variables):
                found = self.through(inner, flow)
                return _Flow(found.touched, found.solutions, flow.bound | (found.bound & set(variables)))
            case Slice(inner, offset, limit):
                return self._slice(inner, offset, limit, flow)
            case OrderBy(inner) | Distinct(inner):
                return self.through(inner, flow)

    def _slice(self, inner: Pattern, offset: int, limit: int | None, flow: _Flow) -> _Flow:
        found = self.through(inner, flow)
        if limit is None:
            return found
        kept = min(found.solutions, float(offset + limit))
        share = kept / found.solutions if found.solutions and _streams(inner) else 1.0
        return _Flow(flow.touched + (found.touched - flow.touched) * share, kept, found.bound)

    def _joined(self, operands: list[Pattern], flow: _Flow) -> _Flow:
        """Follow patterns that are joined: terms that are written out first, then triples, then the rest in order."""
        for operand in operands:
            if isinstance(operand, Values):
                flow = self.through(operand, flow)
        triples = [triple for operand in operands if isinstance(operand, Bgp) for triple in operand.triples]
        flow = self._basic(triples, flow)
        for operand in operands:
            if not isinstance(operand, Values | Bgp):
                flow = self.through(operand, flow)
        return flow

    def _basic(self, triples: list[Triple], flow: _Flow) -> _Flow:
        touched, solutions, bound = flow.touched, flow.solutions, set(flow.bound)
        left = [simple for triple in triples for simple in taken_apart(triple)]
        while left:
            chosen = min(left, key=lambda triple: self._fan_out.of(triple, bound))
            left.remove(chosen)
            self.steps += 1
            solutions = min(solutions * self._fan_out.of(chosen, bound), _MOST)
            touched += solutions
            nodes = (chosen.subject, chosen.predicate, chosen.object)
            bound.update(node.name for node in nodes if isinstance(node, Variable))
        return _Flow(touched, solutions, frozenset(bound))

    def _conditions(self, conditions: tuple[Expression, ...], flow: _Flow) -> _Flow:
        """Add what EXISTS looks up for each solution."""
        touched = flow.touched
        for pattern in (pattern for condition in conditions for pattern in _exists(condition)):
            inner = self.through(pattern, _Flow(0.0, 1.0, flow.bound))
            touched += min(inner.touched, inner.touched / max(inner.solutions, 1.0) + 1.0) * flow.solutions
        return _Flow(touched, flow.solutions, flow.bound)


def _operands(pattern: Pattern) -> Iterator[Pattern]:
    if isinstance(pattern, Join):
        yield from _operands(pattern.left)
        yield from _operands(pattern.right)
    else:
        yield pattern


def _streams(pattern: Pattern) -> bool:
    """Tell whether the first solutions are there long before the last one."""
    match pattern:
        case Bgp(triples):
            return len(triples) <= 1
        case Project(inner) | Distinct(inner):
            return _streams(inner)
    return False


def _exists(expression: Expression) -> Iterator[Pattern]:
    match expression:
        case Exists(pattern):
            yield pattern
        case Call(_, arguments):
            for argument in arguments:
                yield from _exists(argument)
        case Aggregate(_, argument) if argument is not None:
            yield from _exists(argument)


def _patterns(pattern: Pattern) -> Iterator[Pattern]:
    yield pattern
    match pattern:
        case Join(left, right) | LeftJoin(left, right) | Union(left, right) | Minus(left, right):
            yield from _patterns(left)
            yield from _patterns(right)
        case Bgp() | Values():
            return
        case _:
            yield from _patterns(pattern.pattern)
