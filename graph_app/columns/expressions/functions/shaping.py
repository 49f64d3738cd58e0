"""How functions put their results together: only the branches that can occur, NULL where arguments do not fit."""

from collections.abc import Sequence

from graph_app.columns.expressions.operand import Operand, Parts, Scalar, single
from graph_app.columns.kinds import LITERALS, TEXT, Kind
from graph_app.columns.sql import DECIMAL, all_of, is_kind

__all__ = ["among", "choose", "error", "guarded", "literals", "nullable", "texts"]

#: SQL type in which a computed value of a kind is.
_TYPES = {
    Kind.IRI: "VARCHAR",
    Kind.STRING: "VARCHAR",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.INTEGER: "BIGINT",
    Kind.DECIMAL: DECIMAL,
    Kind.FLOAT: "FLOAT",
    Kind.DOUBLE: "DOUBLE",
    Kind.DATE: "DATE",
}
_NO_PARTS = {
    "k": "NULL::UTINYINT",
    "l": "NULL::VARCHAR",
    "d": "NULL::VARCHAR",
    "g": "NULL::VARCHAR",
    "m": "NULL::TIMESTAMP",
}
_NEVER = "FALSE"


def error(kind: Kind) -> Operand:
    """Make a result that is an error whatever the data are.

    :param kind: kind that the result would have.
    """
    if kind in _TYPES:
        return Scalar(kinds=kind, sql=f"NULL::{_TYPES[kind]}")
    return Parts(kinds=kind, parts=lambda letter: _NO_PARTS.get(letter, "NULL"))


def among(operand: Operand, kinds: Kind) -> str:
    """Return SQL of whether an operand is of some kinds.

    :param operand: the operand.
    :param kinds: the kinds.
    :returns: empty where it surely is, if it exists at all.
    """
    found = operand.kinds & kinds
    if found == operand.kinds:
        return ""
    if not found:
        return _NEVER
    missing = operand.kinds & ~kinds
    # The shorter list of kinds is the one to ask for.
    if missing.bit_count() < found.bit_count():
        return f"NOT ({is_kind(operand.part('k'), missing)})"
    return is_kind(operand.part("k"), found)


def texts(operand: Operand) -> str:
    """Return SQL of whether an operand is a string literal, with or without language tag; empty where it surely is."""
    return among(operand, TEXT)


def guarded(sql: str, *conditions: str) -> str:
    """Return SQL of a value under conditions, NULL where one does not hold.

    :param sql: the value.
    :param conditions: the conditions; an empty one always holds.
    """
    wanted = list(dict.fromkeys(condition for condition in conditions if condition))
    return f"CASE WHEN {all_of(wanted)} THEN {sql} END" if wanted else sql


def nullable(*operands: Operand) -> bool:
    """Tell whether any operand may be missing or an error."""
    return any(operand.nullable for operand in operands)


def choose(branches: Sequence[tuple[str, Operand]], otherwise: Kind) -> Operand:
    """Make an operand of the first branch whose condition holds, an error where none does.

    :param branches: conditions and values; an empty condition always holds.
    :param otherwise: kind of the error if no branch can occur.
    """
    possible: list[tuple[str, Operand]] = []
    for condition, operand in branches:
        if condition != _NEVER:
            possible.append((condition, operand))
        if not condition:
            break
    if not possible:
        return error(otherwise)
    if not possible[0][0]:
        return possible[0][1]
    kinds = Kind.NONE
    for _, operand in possible:
        kinds |= operand.kinds
    whole = not possible[-1][0] and not nullable(*(operand for _, operand in possible))
    scalars = [(condition, operand) for condition, operand in possible if isinstance(operand, Scalar)]
    if single(kinds) and len(scalars) == len(possible):
        return Scalar(
            kinds=kinds, sql=_case([(condition, operand.sql) for condition, operand in scalars]), nullable=not whole
        )
    return Parts(
        kinds=kinds,
        nullable=not whole,
        parts=lambda letter: _case([(condition, operand.part(letter)) for condition, operand in possible]),
    )


def _case(branches: Sequence[tuple[str, str]]) -> str:
    if all(value == "NULL" for _, value in branches):
        return "NULL"
    cases = " ".join(
        f"WHEN {condition} THEN {value}" if condition else f"ELSE {value}" for condition, value in branches
    )
    return f"CASE {cases} END"


def literals(operand: Operand) -> str:
    """Return SQL of whether an operand is a literal; empty where it surely is."""
    return among(operand, LITERALS)
