"""Sums, products and quotients of decimals: exact, or cut after 18 digits where a division does not end.

DuckDB multiplies decimals only as far as the digits of both fit into its widest type together, and cannot divide them.
Most numbers have few digits, and are worked with as whole numbers of millionths; whether they are is found by way of
their doubles, as narrowing a wide decimal takes forty times as long. The rest goes to Python.
"""

from graph_app.columns.expressions.operand import Operand
from graph_app.columns.kinds import NUMERIC, Kind
from graph_app.columns.sql import DECIMAL

__all__ = ["difference", "product", "quotient", "quotient_of_integers", "total"]

_UNIT = "1000000000000000000::HUGEINT"
_OF_UNITS = "'0.000000000000000001'::DECIMAL(18,18)"


def total(left: Operand, right: Operand) -> str:
    """Return SQL of the sum of two decimals, NULL where it needs more digits than there are.

    :param left: an integer or decimal.
    :param right: an integer or decimal.
    """
    return _sum(left, right, "+")


def difference(left: Operand, right: Operand) -> str:
    """Return SQL of the difference of two decimals, NULL where it needs more digits than there are.

    :param left: an integer or decimal.
    :param right: an integer or decimal.
    """
    return _sum(left, right, "-")


def _sum(left: Operand, right: Operand, sign: str) -> str:
    if _declines(left, right):
        return f"ig_plus({left.part('n')}, 0::{DECIMAL} {sign} {right.part('n')})"
    return f"TRY({left.part('n')} {sign} {right.part('n')})"


def _declines(left: Operand, right: Operand) -> bool:
    """Tell whether an operand may decline in a row, which TRY would keep from being told, and so refuses."""
    return any("error(" in operand.part("n") for operand in (left, right))


def product(left: Operand, right: Operand) -> str:
    """Return SQL of the product of two decimals, NULL where it needs more digits than there are.

    :param left: an integer or decimal.
    :param right: an integer or decimal.
    """
    for one, other in ((left, right), (right, left)):
        if one.kinds & NUMERIC == Kind.INTEGER:
            if _declines(one, other):
                return f"ig_times({other.part('n')}, {one.part('n')})"
            return f"TRY({other.part('n')} * {one.part('i')})"
    first, second = (f"TRY_CAST({operand.part('f')} AS DECIMAL(19,6))" for operand in (left, right))
    fits = f"{first} = {left.part('n')} AND {second} = {right.part('n')}"
    short = f"TRY_CAST({first} * {second} AS {DECIMAL})"
    return f"CASE WHEN {fits} THEN {short} ELSE ig_times({left.part('n')}, {right.part('n')}) END"


def quotient(left: Operand, right: Operand) -> str:
    """Return SQL of the quotient of two decimals, cut towards zero.

    :param left: an integer or decimal.
    :param right: an integer or decimal.
    """
    first, second = _millionths(left), _millionths(right)
    fits = " AND ".join(
        f"{millionths}::DECIMAL(19,0) * '0.000001'::DECIMAL(7,6) = {operand.part('n')}"
        for millionths, operand in ((first, left), (second, right))
    )
    short = _divided(first, second)
    return f"CASE WHEN {fits} THEN {short} ELSE ig_over({left.part('n')}, {right.part('n')}) END"


def quotient_of_integers(left: Operand, right: Operand) -> str:
    """Return SQL of the quotient of two integers, as a decimal cut towards zero.

    :param left: an integer.
    :param right: an integer.
    """
    return _divided(f"({left.part('i')})", f"({right.part('i')})")


def _millionths(operand: Operand) -> str:
    return f"TRY_CAST(round({operand.part('f')} * 1e6) AS BIGINT)"


def _divided(left: str, right: str) -> str:
    units = f"({left}::HUGEINT * {_UNIT}) // nullif({right}::HUGEINT, 0)"
    return f"({units})::DECIMAL(38,0) * {_OF_UNITS}"
