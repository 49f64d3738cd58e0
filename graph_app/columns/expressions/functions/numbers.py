"""Operators and functions on numbers (SPARQL 1.1, sections 17.3 and 17.4.4), after promotion of types (17.3).

Integers have 64 bits and decimals 20 digits before and 18 after the point; what does not fit is an error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph_app.columns.declined import Declined
from graph_app.columns.expressions.functions.decimals import (
    difference,
    product,
    quotient,
    quotient_of_integers,
    total,
)
from graph_app.columns.expressions.functions.durations import is_moved, moved
from graph_app.columns.expressions.functions.shaping import among, choose, error
from graph_app.columns.expressions.operand import Operand, Scalar
from graph_app.columns.kinds import NUMERIC, Kind
from graph_app.columns.sql import DECIMAL, all_of

__all__ = ["FUNCTIONS", "as_float", "value"]

#: Numeric kinds in the order of promotion.
_RANKS = (Kind.INTEGER, Kind.DECIMAL, Kind.FLOAT, Kind.DOUBLE)
_INSTANTS = Kind.DATETIME | Kind.DATE | Kind.TIME

#: Writes SQL of a result from SQL of two values in the same type.
_Write = Callable[[str, str], str]
#: Writes SQL of a result from two operands.
_Join = Callable[[Operand, Operand], str]


def as_float(operand: Operand) -> str:
    """Return SQL of a number in single precision.

    :param operand: an operand that is no double.
    """
    if not operand.kinds & Kind.INTEGER:
        return f"({operand.part('f')})::FLOAT"
    if not operand.kinds & (NUMERIC & ~Kind.INTEGER):
        return f"({operand.part('i')})::FLOAT"
    # An integer is rounded once, which its double would not be.
    integer = among(operand, Kind.INTEGER)
    return f"CASE WHEN {integer} THEN ({operand.part('i')})::FLOAT ELSE ({operand.part('f')})::FLOAT END"


def value(operand: Operand, kind: Kind) -> str:
    """Return SQL of a number, promoted.

    :param operand: an operand of a kind that the other one includes.
    :param kind: a numeric kind.
    """
    match kind:
        case Kind.INTEGER:
            return operand.part("i")
        case Kind.DECIMAL:
            return operand.part("n")
        case Kind.FLOAT:
            return as_float(operand)
    return operand.part("f")


def _up_to(kind: Kind) -> Kind:
    found = Kind.NONE
    for rank in _RANKS[: _RANKS.index(kind) + 1]:
        found |= rank
    return found


def _promoted(left: Kind, right: Kind) -> set[Kind]:
    """Return the kinds to which two operands of some kinds can be promoted."""
    return {
        _RANKS[max(one, other)]
        for one, kind in enumerate(_RANKS)
        if kind & left
        for other, opposite in enumerate(_RANKS)
        if opposite & right
    }


@dataclass(frozen=True, slots=True)
class _Operator:
    """An operator on two numbers.

    :param integers: writes the result of two integers.
    :param decimals: writes the result of two operands that are decimals or integers.
    :param floating: writes the result of two floats or two doubles.
    :param integral: kind of the result of two integers.
    """

    integers: _Join
    decimals: _Join
    floating: _Write
    integral: Kind = Kind.INTEGER

    def __call__(self, left: Operand, right: Operand) -> Operand:
        left.sure()
        right.sure()
        possible = _promoted(left.kinds, right.kinds)
        branches: list[tuple[str, Operand]] = []
        for kind in _RANKS:
            if kind in possible:
                below = _up_to(kind)
                known = [condition for operand in (left, right) if (condition := among(operand, below))]
                sql = self._written(kind, left, right)
                result = self.integral if kind is Kind.INTEGER else kind
                branches.append((all_of(known) if known else "", Scalar(kinds=result, sql=f"({sql})")))
        return choose(branches, self.integral)

    def _written(self, kind: Kind, left: Operand, right: Operand) -> str:
        match kind:
            case Kind.INTEGER:
                return self.integers(left, right)
            case Kind.DECIMAL:
                return self.decimals(left, right)
        return self.floating(value(left, kind), value(right, kind))


def _integers(sign: str) -> _Join:
    # TRY would be shorter, and refuses operands that are random or may decline.
    return lambda left, right: f"TRY_CAST(({left.part('i')})::HUGEINT {sign} {right.part('i')} AS BIGINT)"


def _plain(sign: str) -> _Write:
    return lambda left, right: f"{left} {sign} {right}"


_ADD = _Operator(_integers("+"), total, _plain("+"))
_SUBTRACT = _Operator(_integers("-"), difference, _plain("-"))
_MULTIPLY = _Operator(_integers("*"), product, _plain("*"))
_DIVIDE = _Operator(quotient_of_integers, quotient, _plain("/"), integral=Kind.DECIMAL)


def subtract(left: Operand, right: Operand) -> Operand:
    """Subtract numbers, or a duration from a date; the difference of dates, a duration, is not built."""
    if is_moved(left, right):
        return moved(left, right, "-")
    if left.kinds & right.kinds & _INSTANTS:
        raise Declined("dates are subtracted")
    return _SUBTRACT(left, right)


def multiply(left: Operand, right: Operand) -> Operand:
    """Multiply numbers."""
    return _MULTIPLY(left, right)


def divide(left: Operand, right: Operand) -> Operand:
    """Divide numbers; the quotient of integers is a decimal."""
    return _DIVIDE(left, right)


def add(left: Operand, right: Operand) -> Operand:
    """Add numbers, or a duration to a date."""
    for date, duration in ((left, right), (right, left)):
        if is_moved(date, duration):
            return moved(date, duration, "+")
    return _ADD(left, right)


def _each(
    integers: Callable[[str], str], decimals: Callable[[str], str], floating: Callable[[str], str]
) -> Callable[[Operand], Operand]:
    """Make a function of one number whose result is of the same type."""

    def apply(number: Operand) -> Operand:
        number.sure()
        branches: list[tuple[str, Operand]] = []
        for kind in _RANKS:
            if number.kinds & kind:
                write = integers if kind is Kind.INTEGER else decimals if kind is Kind.DECIMAL else floating
                # In a branch of its own, a float is its own double in single precision.
                sql = f"({number.part('f')})::FLOAT" if kind is Kind.FLOAT else value(number, kind)
                branches.append((among(number, kind), Scalar(kinds=kind, sql=f"({write(sql)})")))
        return choose(branches, Kind.INTEGER) if branches else error(Kind.INTEGER)

    return apply


def _same(sql: str) -> str:
    return sql


def _rounded(sql: str) -> str:
    # To the nearest integer, and upwards where two are equally near; infinity and NaN stay what they are.
    return f"CASE WHEN {sql} - floor({sql}) >= 0.5 THEN ceil({sql}) ELSE floor({sql}) END"


def _nearest(sql: str) -> str:
    # What is greater has no nearest integer that decimals hold.
    fits = f"{sql} < '99999999999999999999.5'::{DECIMAL}"
    return f"CASE WHEN {fits} THEN TRY_CAST(floor({sql} + 0.5) AS {DECIMAL}) END"


def _fitted(name: str) -> Callable[[str], str]:
    return lambda sql: f"TRY_CAST({name}({sql}) AS {DECIMAL})"


FUNCTIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType(
    {
        "+": add,
        "-": subtract,
        "*": multiply,
        "/": divide,
        "unary +": _each(_same, _same, _same),
        "unary -": _each(
            lambda sql: f"TRY_CAST(-(({sql})::HUGEINT) AS BIGINT)",
            lambda sql: f"0::DECIMAL(38,18) - {sql}",
            lambda sql: f"-({sql})",
        ),
        "ABS": _each(
            lambda sql: f"TRY_CAST(abs(({sql})::HUGEINT) AS BIGINT)",
            lambda sql: f"abs({sql})",
            lambda sql: f"abs({sql})",
        ),
        "ROUND": _each(_same, _nearest, _rounded),
        "CEIL": _each(_same, _fitted("ceil"), lambda sql: f"ceil({sql})"),
        "FLOOR": _each(_same, _fitted("floor"), lambda sql: f"floor({sql})"),
    }
)
