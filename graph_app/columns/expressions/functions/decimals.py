"""Products and quotients of decimals: exact, or cut after 18 digits where division never ends."""

from graph_app.columns.sql import DECIMAL

__all__ = ["product", "quotient", "quotient_of_integers"]

#: Decimals are integers of so many units; the product of two such with half as many digits fits the same type.
_UNIT = "1000000000000000000"
_HALF = "DECIMAL(19,9)"


def product(left: str, right: str) -> str:
    """Return SQL of the product of two decimals, NULL where it needs more digits than there are.

    :param left: SQL of a decimal.
    :param right: SQL of a decimal.
    """
    first, second = f"TRY_CAST({left} AS {_HALF})", f"TRY_CAST({right} AS {_HALF})"
    fits = f"{first} = {left} AND {second} = {right}"
    return f"CASE WHEN {fits} THEN {first} * {second} ELSE ig_times({left}, {right}) END"


def quotient(left: str, right: str) -> str:
    """Return SQL of the quotient of a decimal and a whole number, cut towards zero.

    :param left: SQL of an integer or decimal.
    :param right: SQL of a number without fraction.
    """
    units = f"replace(({left})::{DECIMAL}::VARCHAR, '.', '')::HUGEINT"
    return f"(({units}) // nullif(({right})::HUGEINT, 0))::DECIMAL(38,0) * '0.000000000000000001'::DECIMAL(18,18)"


def quotient_of_integers(left: str, right: str) -> str:
    """Return SQL of the quotient of two integers, as a decimal cut towards zero.

    :param left: SQL of an integer.
    :param right: SQL of an integer.
    """
    units = f"({left})::HUGEINT * {_UNIT}::HUGEINT"
    return f"(({units}) // nullif(({right})::HUGEINT, 0))::DECIMAL(38,0) * '0.000000000000000001'::DECIMAL(18,18)"
