"""Set functions (SPARQL 1.1, section 18.5.1): an error or an unbound variable in a group makes an error of its result.

``COUNT`` and ``SAMPLE`` pass over them.
"""

from graph_app.columns.algebra.nodes import Aggregate
from graph_app.columns.declined import Declined
from graph_app.columns.expressions.operand import Operand, Scalar
from graph_app.columns.kinds import NUMERIC, Kind
from graph_app.columns.relation import TERM, Column, Form, Relation
from graph_app.columns.scope import Scope
from graph_app.columns.sql import DECIMAL, quoted
from graph_app.columns.terms import XSD

__all__ = ["aggregate"]

_EXACT = Kind.INTEGER | Kind.DECIMAL
#: The part by which terms of a kind are ordered.
_BY = {
    Kind.IRI: "l",
    Kind.STRING: "l",
    Kind.INTEGER: "i",
    Kind.DECIMAL: "n",
    _EXACT: "n",
    Kind.BOOLEAN: "b",
    Kind.DATE: "m",
    Kind.GYEAR: "m",
    Kind.GYEARMONTH: "m",
}


def aggregate(
    function: Aggregate, operand: Operand | None, inner: Relation, scope: Scope, name: str, *, single: bool
) -> tuple[list[str], Column | None]:
    """Compile a set function.

    :param function: the function.
    :param operand: what it is taken of; none for every solution.
    :param inner: the solutions that are grouped.
    :param scope: the same in their FROM clause.
    :param name: name of the column for its result.
    :param single: whether the group may be empty.
    :returns: what to select, and the column; none where the result is always an error.
    :raises Declined: if it cannot be compiled exactly.
    """
    if operand is None:
        return _count_all(function, inner, scope, name)
    if not operand.kinds:
        return _of_errors(function, name)
    match function.name:
        case "COUNT":
            counted = _key(operand) if function.distinct else _presence(operand)
            return _integer(f"count({'DISTINCT ' if function.distinct else ''}{counted})", name)
        case "SAMPLE":
            return _sample(operand, name)
        case "SUM" | "AVG":
            return _sum(function, operand.sure(), name, empty=single)
        case "MIN" | "MAX":
            return _extreme(function, operand.sure(), name)
        case "GROUPCONCAT":
            return _concatenated(function, operand, name)
    raise Declined(f"the set function {function.name}")


def _integer(sql: str, name: str) -> tuple[list[str], Column]:
    return [f"{sql} AS {name}"], Column(name, Form.SCALAR, Kind.INTEGER, nullable=False)


def _of_errors(function: Aggregate, name: str) -> tuple[list[str], Column | None]:
    """Compile a set function of what has no value in any solution: it has one for no solutions alone."""
    match function.name:
        case "COUNT":
            return _integer("0::BIGINT", name)
        case "SUM" | "AVG":
            none = Column(name, Form.SCALAR, Kind.INTEGER, nullable=True)
            return [f"CASE WHEN count(*) = 0 THEN 0::BIGINT END AS {name}"], none
        case "GROUPCONCAT":
            none = Column(name, Form.SCALAR, Kind.STRING, nullable=True)
            return [f"CASE WHEN count(*) = 0 THEN '' END AS {name}"], none
    return [], None


def _count_all(function: Aggregate, inner: Relation, scope: Scope, name: str) -> tuple[list[str], Column]:
    if not function.distinct:
        return _integer("count(*)", name)
    cells = ", ".join(f"'{number}': {sql}" for number, sql in enumerate(inner.names(scope.alias)))
    return _integer(f"count(DISTINCT {{{cells}}})" if cells else "least(count(*), 1)", name)


def _presence(operand: Operand) -> str:
    return operand.id or f"CASE WHEN {operand.exists} THEN 1 END"


def _key(operand: Operand) -> str:
    """Return one SQL value that tells terms apart."""
    if operand.id:
        return operand.id
    if isinstance(operand, Scalar) and not operand.kinds & (Kind.FLOAT | Kind.DOUBLE):
        return operand.sql
    parts = ", ".join(f"'{letter}': {operand.part(letter)}" for letter in TERM)
    return f"CASE WHEN {operand.exists} THEN {{{parts}}} END"


def _complete(operand: Operand, sql: str) -> str:
    """Make a result an error where the group has one."""
    return f"CASE WHEN count(*) = count({_presence(operand)}) THEN {sql} END" if operand.nullable else sql


def _sample(operand: Operand, name: str) -> tuple[list[str], Column]:
    if operand.id:
        return [f"any_value({operand.id}) AS {name}"], Column(name, Form.ID, operand.kinds, nullable=True)
    if isinstance(operand, Scalar):
        return [f"any_value({operand.sql}) AS {name}"], Column(name, Form.SCALAR, operand.kinds, nullable=True)
    parts = ", ".join(f"'{letter}': {operand.part(letter)}" for letter in TERM)
    one = f"any_value(CASE WHEN {operand.exists} THEN {{{parts}}} END)"
    return [f"{one}.{x} AS {name}{x}" for x in TERM], Column(name, Form.TERM, operand.kinds, nullable=True, parts=TERM)


def _sum(function: Aggregate, operand: Operand, name: str, *, empty: bool) -> tuple[list[str], Column]:
    """Sum up, or take the mean, exactly where the numbers are exact (op:numeric-add, op:numeric-divide)."""
    kinds = operand.kinds
    if kinds & ~NUMERIC:
        raise Declined(f"{function.name} may meet what is no number")
    if kinds & ~_EXACT and kinds != Kind.DOUBLE:
        raise Declined(f"{function.name} meets numbers of several types")
    distinct = "DISTINCT " if function.distinct else ""
    if function.distinct and kinds != Kind.INTEGER:
        raise Declined(f"{function.name} of different numbers that are not all integers")
    if function.distinct and not isinstance(operand, Scalar):
        raise Declined(f"{function.name} of different numbers that may be one value in two forms")
    letter = {Kind.INTEGER: "i", Kind.DOUBLE: "f"}.get(kinds, "n")
    total = f"sum({distinct}{operand.part(letter)})"
    result = kinds
    if function.name == "AVG":
        number = f"count({distinct}{operand.part(letter)})"
        result = Kind.DOUBLE if kinds == Kind.DOUBLE else Kind.DECIMAL
        value = f"{total} / {number}" if kinds == Kind.DOUBLE else f"ig_divide({total}::{DECIMAL}, {number}::{DECIMAL})"
    else:
        value = f"TRY_CAST({total} AS BIGINT)" if kinds == Kind.INTEGER else total
    if kinds == _EXACT and function.name == "SUM":
        return _either_type(operand, total, name)
    value = _complete(operand, value)
    if not empty:
        return [f"{value} AS {name}"], Column(name, Form.SCALAR, result, nullable=True)
    if result == Kind.INTEGER:
        whole = f"CASE WHEN count(*) = 0 THEN 0 ELSE {value} END"
        return [f"{whole} AS {name}"], Column(name, Form.SCALAR, Kind.INTEGER, nullable=True)
    return _or_zero(Scalar(kinds=result, sql=value), name)


def _either_type(operand: Operand, total: str, name: str) -> tuple[list[str], Column]:
    """Sum up integers and decimals: an integer where all are, else a decimal."""
    decimal = f"bool_or({operand.part('k')} = 7)"
    text = f"CASE WHEN count(*) = 0 THEN '0' ELSE rtrim(rtrim(({total})::VARCHAR, '0'), '.') END"
    whole = f"count(*) = count({_presence(operand)})" if operand.nullable else "TRUE"
    parts = {
        "k": f"CASE WHEN {whole} THEN CASE WHEN {decimal} THEN 7 ELSE 6 END END",
        "l": f"CASE WHEN {whole} THEN {text} END",
        "d": f"CASE WHEN {decimal} THEN {quoted(XSD + 'decimal')} ELSE {quoted(XSD + 'integer')} END",
        "g": "''",
    }
    given = [f"{parts[letter]} AS {name}{letter}" for letter in TERM]
    return given, Column(name, Form.TERM, _EXACT, nullable=True, parts=TERM)


def _or_zero(value: Scalar, name: str) -> tuple[list[str], Column]:
    """Return the result over a group that may be empty: then it is the integer 0."""
    zero = {"k": "6", "l": "'0'", "d": quoted(XSD + "integer"), "g": "''"}
    given = [f"CASE WHEN count(*) = 0 THEN {zero[x]} ELSE {value.part(x)} END AS {name}{x}" for x in TERM]
    return given, Column(name, Form.TERM, value.kinds | Kind.INTEGER, nullable=True, parts=TERM)


def _extreme(function: Aggregate, operand: Operand, name: str) -> tuple[list[str], Column]:
    """Take the least or the greatest term, as ORDER BY has them."""
    letter = _BY.get(operand.kinds)
    if letter is None:
        raise Declined(f"{function.name} is taken of terms of several kinds")
    key = operand.part(letter)
    if isinstance(operand, Scalar):
        value = _complete(operand, f"{function.name.lower()}({operand.sql})")
        return [f"{value} AS {name}"], Column(name, Form.SCALAR, operand.kinds, nullable=True)
    if operand.id:
        value = _complete(operand, f"arg_{function.name.lower()}({operand.id}, {key})")
        return [f"{value} AS {name}"], Column(name, Form.ID, operand.kinds, nullable=True)
    parts = ", ".join(f"'{x}': {operand.part(x)}" for x in TERM)
    value = _complete(operand, f"arg_{function.name.lower()}({{{parts}}}, {key})")
    given = [f"({value}).{x} AS {name}{x}" for x in TERM]
    return given, Column(name, Form.TERM, operand.kinds, nullable=True, parts=TERM)


def _concatenated(function: Aggregate, operand: Operand, name: str) -> tuple[list[str], Column]:
    """Join strings; the standard leaves their order open, here it is that of the strings."""
    if operand.kinds != Kind.STRING:
        raise Declined("GROUP_CONCAT joins what is not only plain strings")
    text = operand.part("l")
    distinct = "DISTINCT " if function.distinct else ""
    joined = f"COALESCE(string_agg({distinct}{text}, {quoted(function.separator)} ORDER BY {text}), '')"
    return [f"{_complete(operand, joined)} AS {name}"], Column(name, Form.SCALAR, Kind.STRING, nullable=True)
