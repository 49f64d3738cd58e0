"""Equality and order of terms (SPARQL 1.1, sections 17.3, 17.4.1.7, 17.4.1.8).

Where the standard has a type error, the answer may be extended (section 17.3.1): as in Oxigraph, known values of
different types are unequal, and texts of one language compare.
"""

from collections.abc import Iterator

from graph_app.columns.declined import Declined
from graph_app.columns.expressions.operand import Literal, Operand
from graph_app.columns.kinds import BY_ORDINAL, LITERALS, NUMERIC, RESOURCES, Kind
from graph_app.columns.sql import is_kind

__all__ = ["compare", "equal", "same"]

_EXACT = Kind.INTEGER | Kind.DECIMAL
#: Kinds of which two different terms may be one value.
_MANY_FORMS = NUMERIC | Kind.BOOLEAN | Kind.DATETIME | Kind.TIME
#: Kinds that compare by their first instant.
_PERIODS = (Kind.DATE, Kind.GYEAR, Kind.GYEARMONTH)


def same(left: Operand, right: Operand) -> str:
    """Ask whether two terms are the same term.

    :param left: one term.
    :param right: the other one.
    :returns: a condition, NULL where either is missing.
    """
    if left.id and right.id:
        return f"{left.id} = {right.id}"
    shared = left.kinds & right.kinds
    if not shared:
        return f"CASE WHEN {left.exists} AND {right.exists} THEN FALSE END"
    tests = [f"{left.part('l')} = {right.part('l')}"]
    if left.kinds != right.kinds or left.kinds not in BY_ORDINAL.values():
        tests.append(f"{left.part('k')} = {right.part('k')}")
    if shared & ~(RESOURCES | Kind.STRING | Kind.LANG):
        tests.append(f"{left.part('d')} = {right.part('d')}")
    if shared & Kind.LANG:
        tests.append(f"{left.part('g')} = {right.part('g')}")
    return " AND ".join(f"({test})" for test in tests)


def equal(left: Operand, right: Operand) -> str:
    """Ask whether two terms are equal, by value where they have one.

    :param left: one term.
    :param right: the other one.
    :returns: a condition, NULL where it is an error.
    :raises Declined: if that cannot be told exactly.
    """
    branches = list(_equalities(left.sure(), right.sure()))
    otherwise = same(left, right)
    if not branches:
        return otherwise
    if left.kinds | right.kinds in {_EXACT, *BY_ORDINAL.values()} and len(branches) == 1:
        return branches[0][1]
    cases = " ".join(f"WHEN {condition} THEN {value}" for condition, value in branches)
    return f"CASE {cases} ELSE ({otherwise}) END"


def compare(operator: str, left: Operand, right: Operand) -> str:
    """Ask whether one term comes before or after another one.

    :param operator: ``<``, ``>``, ``<=`` or ``>=``.
    :param left: one term.
    :param right: the other one.
    :returns: a condition, NULL where the terms do not compare.
    :raises Declined: if that cannot be told exactly.
    """
    branches = list(_orders(operator, left.sure(), right.sure()))
    if len(branches) == 1 and left.kinds | right.kinds in {_EXACT, *BY_ORDINAL.values()}:
        return branches[0][1]
    cases = " ".join(f"WHEN {condition} THEN {value}" for condition, value in branches)
    return f"CASE {cases} END" if cases else "NULL::BOOLEAN"


def _both(left: Operand, right: Operand, kinds: Kind) -> str:
    """Ask whether both terms are of some kinds."""
    unsure = [one for one in (left, right) if one.kinds & ~kinds or one.nullable]
    return " AND ".join(is_kind(one.part("k"), kinds & one.kinds) for one in unsure) or "TRUE"


def _equalities(left: Operand, right: Operand) -> Iterator[tuple[str, str]]:
    """Give the cases in which equality is not that of terms: condition, and the answer under it."""
    shared = left.kinds & right.kinds
    if left.kinds & NUMERIC and right.kinds & NUMERIC:
        yield from _numbers("=", left, right)
    if shared & Kind.BOOLEAN:
        yield _both(left, right, Kind.BOOLEAN), f"({left.part('b')}) = ({right.part('b')})"
    if shared & Kind.DATETIME:
        yield _both(left, right, Kind.DATETIME), _instants("=", left, right)
    if shared & Kind.TIME:
        raise Declined("times of day are compared")
    for one, other in ((left, right), (right, left)):
        known = other.kinds & LITERALS & ~Kind.LANG
        if one.kinds & Kind.OTHER and known:
            # Two literals of which one is not understood may be equal or not, unless they are the same term.
            both = f"{_only(one, Kind.OTHER)} AND {_only(other, known)}"
            yield both, f"CASE WHEN {same(left, right)} THEN TRUE END"


def _orders(operator: str, left: Operand, right: Operand) -> Iterator[tuple[str, str]]:
    shared = left.kinds & right.kinds
    if left.kinds & NUMERIC and right.kinds & NUMERIC:
        yield from _numbers(operator, left, right)
    if shared & Kind.STRING:
        yield _both(left, right, Kind.STRING), _texts(operator, left, right)
    if shared & Kind.LANG:
        both = f"{_both(left, right, Kind.LANG)} AND {left.part('g')} = {right.part('g')}"
        yield both, _texts(operator, left, right)
    if shared & Kind.DATETIME:
        yield _both(left, right, Kind.DATETIME), _instants(operator, left, right)
    for kind in _PERIODS:
        if shared & kind:
            yield _both(left, right, kind), f"{left.part('m')} {operator} {right.part('m')}"
    if shared & Kind.TIME:
        raise Declined("times of day are compared")
    if shared & Kind.BOOLEAN:
        raise Declined("truth values are ordered")


def _texts(operator: str, left: Operand, right: Operand) -> str:
    answer = f"{left.part('l')} {operator} {right.part('l')}"
    if isinstance(left, Literal) or isinstance(right, Literal):
        return answer
    # Seen as a comparison, it would join all pairs of texts of the dictionary before anything else.
    return f"CASE WHEN {answer} THEN TRUE WHEN NOT ({answer}) THEN FALSE END"


def _only(operand: Operand, kinds: Kind) -> str:
    return "TRUE" if not operand.kinds & ~kinds and not operand.nullable else is_kind(operand.part("k"), kinds)


def _numbers(operator: str, left: Operand, right: Operand) -> Iterator[tuple[str, str]]:
    """Give the comparisons of numbers: exact ones as they are, others as floating numbers, where NaN equals nothing."""
    whole = (left.kinds | right.kinds) & NUMERIC
    exact, others = whole & _EXACT, whole & ~_EXACT
    if others & Kind.FLOAT and whole & ~(Kind.FLOAT | Kind.DOUBLE):
        raise Declined("a number of single precision is compared with one of another type")
    if left.kinds & exact and right.kinds & exact:
        letter = "i" if exact == Kind.INTEGER else "n"
        yield _both(left, right, exact), f"{left.part(letter)} {operator} {right.part(letter)}"
    if others:
        first, second = left.part("f"), right.part("f")
        answer = f"{first} {operator} {second}"
        yield (
            _both(left, right, whole),
            f"CASE WHEN isnan({first}) OR isnan({second}) THEN FALSE ELSE {answer} END",
        )


def _instants(operator: str, left: Operand, right: Operand) -> str:
    """Compare instants; one with and one without zone compare only if they lie far apart, which is left to others."""
    zones = f"(({left.part('z')}) IS NULL) = (({right.part('z')}) IS NULL)"
    answer = f"{left.part('m')} {operator} {right.part('m')}"
    missing = f"{left.part('m')} IS NULL OR {right.part('m')} IS NULL"
    return f"CASE WHEN {missing} THEN NULL WHEN {zones} THEN {answer} ELSE error('decline')::BOOLEAN END"
