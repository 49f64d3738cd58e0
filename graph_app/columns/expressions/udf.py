"""Functions that SQL lacks, in Python, for values that its own functions do not serve.

They are called a row at a time, so that expressions take them only where something short does not do.
"""

import hashlib
from collections.abc import Callable
from decimal import Context, Decimal

import duckdb
import numpy as np
from duckdb.func import FunctionNullHandling

from graph_app.columns.expressions.instants import canonical_date, canonical_moment
from graph_app.columns.sql import DECIMAL

__all__ = ["register"]

#: Wide enough for every product of two decimals.
_WIDE = Context(prec=100)
_DIGITS = 18
_UNIT = 10**_DIGITS
#: Decimals hold so many units, not more.
_MOST = 10**38


def _times(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """Multiply; what needs more digits than there are is an error, as in Oxigraph."""
    if left is None or right is None:
        return None
    units, rest = divmod(_units(left) * _units(right), _UNIT)
    return None if rest else _of_units(units)


def _plus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """Add; what needs more digits than there are is an error."""
    return None if left is None or right is None else _of_units(_units(left) + _units(right))


def _over(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """Divide, and cut towards zero."""
    if left is None or right is None or not right:
        return None
    units = abs(_units(left)) * _UNIT // abs(_units(right))
    return _of_units(units if (left < 0) == (right < 0) else -units)


def _units(number: Decimal) -> int:
    return int(number.scaleb(_DIGITS, _WIDE))


def _of_units(units: int) -> Decimal | None:
    return Decimal(units).scaleb(-_DIGITS, _WIDE) if abs(units) < _MOST else None


def _written(number: float) -> str:
    """Write a double: the fewest digits that tell it from all others, without exponent."""
    return _special(number) or np.format_float_positional(number, unique=True, trim="-")


def _written_single(number: float) -> str:
    return _special(number) or np.format_float_positional(np.float32(number), unique=True, trim="-")


def _special(number: float) -> str:
    if number != number:  # noqa: PLR0124 - only NaN differs from itself
        return "NaN"
    if number in {float("inf"), float("-inf")}:
        return "INF" if number > 0 else "-INF"
    return ""


def _of_any(function: Callable[[str], str | None]) -> Callable[[str | None], str | None]:
    def of_any(text: str | None) -> str | None:
        return None if text is None else function(text)

    return of_any


def _sha384(text: str) -> str:
    return hashlib.sha384(text.encode()).hexdigest()


def _sha512(text: str) -> str:
    return hashlib.sha512(text.encode()).hexdigest()


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the functions known to a connection; all give NULL for NULL.

    :param connection: any connection.
    """
    # These give NULL for other things than NULL as well, which has to be said.
    for name, calculate in (("ig_plus", _plus), ("ig_times", _times), ("ig_over", _over)):
        connection.create_function(
            name, calculate, [DECIMAL, DECIMAL], DECIMAL, null_handling=FunctionNullHandling.SPECIAL
        )
    for name, canonical in (("ig_date", canonical_date), ("ig_moment", canonical_moment)):
        connection.create_function(
            name, _of_any(canonical), ["VARCHAR"], "VARCHAR", null_handling=FunctionNullHandling.SPECIAL
        )
    connection.create_function("ig_double", _written, ["DOUBLE"], "VARCHAR")
    connection.create_function("ig_float", _written_single, ["FLOAT"], "VARCHAR")
    connection.create_function("ig_upper", str.upper, ["VARCHAR"], "VARCHAR")
    connection.create_function("ig_lower", str.lower, ["VARCHAR"], "VARCHAR")
    connection.create_function("ig_sha384", _sha384, ["VARCHAR"], "VARCHAR")
    connection.create_function("ig_sha512", _sha512, ["VARCHAR"], "VARCHAR")
