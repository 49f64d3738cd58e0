"""The order of terms (SPARQL 1.1, section 15.1): unbound, blank nodes, IRIs, literals.

The standard leaves open how literals of different types are ordered among each other; here their kinds follow one
another.
"""

from graph_app.columns.expressions.operand import Operand, Scalar, single
from graph_app.columns.kinds import NUMERIC, TEXT, Kind
from graph_app.columns.sql import is_constant, is_kind

__all__ = ["comparison_keys", "order_keys"]

_PERIODS = Kind.DATE | Kind.GYEAR | Kind.GYEARMONTH | Kind.DATETIME
#: Kinds that sort by one part, in the order in which they follow one another.
_GROUPS = (
    (Kind.BLANK, "l"),
    (Kind.IRI, "l"),
    (NUMERIC, "f"),
    (_PERIODS, "m"),
    (Kind.BOOLEAN, "b"),
    (TEXT | Kind.OTHER | Kind.UNSURE | Kind.TIME, "l"),
)
_EXACT = Kind.INTEGER | Kind.DECIMAL


def order_keys(operand: Operand, *, descends: bool) -> list[str]:
    """Return what to sort by.

    :param operand: the term.
    :param descends: whether the last comes first.
    """
    direction = "DESC NULLS LAST" if descends else "ASC NULLS FIRST"
    if not operand.kinds:
        return []
    return [f"{key} {direction}" for key in comparison_keys(operand) if not is_constant(key)]


def comparison_keys(operand: Operand) -> list[str]:
    """Return what tells the order of terms, the first key first.

    :param operand: the term.
    """
    kinds = operand.kinds
    groups = [(group & kinds, letter) for group, letter in _GROUPS if group & kinds]
    if len(groups) == 1:
        return _group_keys(operand, *groups[0])
    kind = operand.part("k")
    ranks = " ".join(f"WHEN {is_kind(kind, group)} THEN {number}" for number, (group, _) in enumerate(groups, 1))
    keys = [f"CASE {ranks} END"]
    for group, letter in groups:
        test = is_kind(kind, group)
        keys += [f"CASE WHEN {test} THEN {key} END" for key in _group_keys(operand, group, letter)]
    return keys


def _group_keys(operand: Operand, group: Kind, letter: str) -> list[str]:
    if group == Kind.INTEGER:
        return [operand.part("i")]
    if not group & ~_EXACT:
        return [operand.part("n")]
    if group & NUMERIC:
        return [operand.part("f"), operand.part("n")] if group & _EXACT else [operand.part("f")]
    if group == Kind.LANG | Kind.STRING or group & Kind.LANG:
        return [operand.part("l"), operand.part("g")]
    if isinstance(operand, Scalar) and single(group):
        return [operand.sql]
    return [operand.part(letter)]
