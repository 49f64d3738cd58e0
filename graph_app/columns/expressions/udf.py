"""Functions that SQL lacks: exact products, case of all letters, long hashes, how floating numbers are written."""

import hashlib
from decimal import Context, Decimal

import duckdb
import numpy as np

from graph_app.columns.sql import DECIMAL

__all__ = ["register"]

#: Wide enough for every product of two decimals.
_WIDE = Context(prec=100)
_LIMIT = Decimal(10) ** 20
_STEP = Decimal(1).scaleb(-18)


def _times(left: Decimal, right: Decimal) -> Decimal | None:
    found = _WIDE.multiply(left, right)
    if abs(found) >= _LIMIT:
        return None
    cut = _WIDE.quantize(found, _STEP)
    return cut if cut == found else None


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


def _sha384(text: str) -> str:
    return hashlib.sha384(text.encode()).hexdigest()


def _sha512(text: str) -> str:
    return hashlib.sha512(text.encode()).hexdigest()


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the functions known to a connection; all give NULL for NULL.

    :param connection: any connection.
    """
    connection.create_function("ig_times", _times, [DECIMAL, DECIMAL], DECIMAL)
    connection.create_function("ig_double", _written, ["DOUBLE"], "VARCHAR")
    connection.create_function("ig_float", _written_single, ["FLOAT"], "VARCHAR")
    connection.create_function("ig_upper", str.upper, ["VARCHAR"], "VARCHAR")
    connection.create_function("ig_lower", str.lower, ["VARCHAR"], "VARCHAR")
    connection.create_function("ig_sha384", _sha384, ["VARCHAR"], "VARCHAR")
    connection.create_function("ig_sha512", _sha512, ["VARCHAR"], "VARCHAR")
