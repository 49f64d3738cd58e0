"""Set functions (SPARQL 1.1, section 18.5.1): an error or an unbound variable in a group makes an error of its result.

``COUNT`` and ``SAMPLE`` pass over them.
"""

from graph_app.columns.algebra.nodes import Aggregate
from graph_app.columns.declined import Declined
from graph_app.columns.expressions.functions.decimals import quotient
from graph_app.columns.expressions.operand import Operand, Scalar
from graph_app.columns.expressions.order import comparison_keys
from graph_app.columns.kinds import LITERALS, NUMERIC, TEXT, Kind
from graph_app.columns.relation import TERM, Column, Form, Relation
from graph_app.columns.scope import Scope
from graph_app.columns.sql import DECIMAL, is_constant, is_kind, quoted

__all__ = ["aggregate"]

_EXACT = Kind.INTEGER | Kind.DECIMAL
#: Kinds of literals that compare among each other.
_COMPARABLE = (NUMERIC, Kind.STRING, Kind.BOOLEAN, Kind.DATE, Kind.GYEAR, Kind.GYEARMONTH)


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
            return _integer("count(NULL)", name)
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
    told = [variable for variable in inner.columns if not variable.startswith("_:")]
    cells = ", ".join(f"'{number}': {sql}" for number, sql in enumerate(inner.names(scope.alias, told)))
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


def _complete(operand: Operand, sql: str, kinds: Kind = NUMERIC) -> str:
    """Make a result an error where the group has one, or a term of other kinds than the function takes."""
    if not operand.kinds & ~kinds:
        return f"CASE WHEN count(*) = count({_presence(operand)}) THEN {sql} END" if operand.nullable else sql
    fitting = f"count(CASE WHEN {is_kind(operand.part('k'), kinds)} THEN 1 END)"
    return f"CASE WHEN count(*) = {fitting} THEN {sql} END"


def _sample(operand: Operand, name: str) -> tuple[list[str], Column]:
    if operand.known:
        return [f"any_value({operand.id}) AS {name}"], Column(name, Form.ID, operand.kinds, nullable=True)
    if isinstance(operand, Scalar):
        return [f"any_value({operand.sql}) AS {name}"], Column(name, Form.SCALAR, operand.kinds, nullable=True)
    parts = ", ".join(f"'{letter}': {operand.part(letter)}" for letter in TERM)
    one = f"any_value(CASE WHEN {operand.exists} THEN {{{parts}}} END)"
    return [f"{one}.{x} AS {name}{x}" for x in TERM], Column(name, Form.TERM, operand.kinds, nullable=True, parts=TERM)


def _sum(function: Aggregate, operand: Operand, name: str, *, empty: bool) -> tuple[list[str], Column | None]:
    """Sum up, or take the mean, exactly where the numbers are exact (op:numeric-add, op:numeric-divide).

    The type is the widest that the group has; without solutions it is the integer 0.
    """
    kinds = operand.kinds & NUMERIC
    if kinds & Kind.FLOAT:
        raise Declined(f"{function.name} meets numbers of single precision")
    if not kinds:
        return _of_errors(function, name)
    letter = "i" if kinds & ~Kind.DOUBLE == Kind.INTEGER else "n"
    number, exact, floating = (_each_once if function.distinct else _all)(operand, letter)
    results: list[tuple[Kind, str]] = []
    if kinds & Kind.DOUBLE:
        results.append((Kind.DOUBLE, f"{floating} / {number}" if function.name == "AVG" else floating))
    if kinds & _EXACT and function.name == "AVG":
        results.append((Kind.DECIMAL, _mean(exact, number)))
    elif kinds & _EXACT:
        if kinds & Kind.DECIMAL:
            results.append((Kind.DECIMAL, exact))
        if kinds & Kind.INTEGER:
            results.append((Kind.INTEGER, f"TRY_CAST({exact} AS BIGINT)"))
    if len(results) == 1 and (not empty or results[0][0] == Kind.INTEGER):
        kind, value = results[0]
        value = _complete(operand, value)
        whole = f"CASE WHEN count(*) = 0 THEN 0 ELSE {value} END" if empty else value
        return [f"{whole} AS {name}"], Column(name, Form.SCALAR, kind, nullable=True)
    return _widest(operand, results, name)


def _all(operand: Operand, exact: str) -> tuple[str, str, str]:
    """Return the number, the exact and the floating sum of the numbers of a group."""
    return f"count({operand.part('f')})", f"sum({operand.part(exact)})", f"sum({operand.part('f')})"


def _each_once(operand: Operand, exact: str) -> tuple[str, str, str]:
    """Return the same of the different terms of a group; two terms of one value count twice (section 18.5.1.3)."""
    key = _key(operand)

    def total(letter: str) -> str:
        pairs = f"list(DISTINCT {{'key': {key}, 'value': {operand.part(letter)}}})"
        return f"list_sum(list_transform({pairs}, lambda pair: pair.value))"

    return f"count(DISTINCT {key})", total(exact), total("f")


def _mean(total: str, number: str) -> str:
    whole = Scalar(kinds=Kind.DECIMAL, nullable=False, sql=f"({total})::{DECIMAL}")
    return quotient(whole, Scalar(kinds=Kind.INTEGER, nullable=False, sql=number))


def _widest(operand: Operand, results: list[tuple[Kind, str]], name: str) -> tuple[list[str], Column]:
    """Give the result of the widest type that the group has; each type but the last one is asked for."""
    found = Kind.INTEGER
    branches: list[tuple[str, Scalar]] = [("count(*) = 0", Scalar(kinds=Kind.INTEGER, nullable=False, sql="0::BIGINT"))]
    for place, (kind, value) in enumerate(results):
        found |= kind
        last = place == len(results) - 1
        wide = "TRUE" if last else f"bool_or({is_kind(operand.part('k'), kind)})"
        branches.append((wide, Scalar(kinds=kind, sql=_complete(operand, value))))
    given = []
    for letter in TERM:
        cases = " ".join(f"WHEN {condition} THEN {value.part(letter)}" for condition, value in branches)
        given.append(f"CASE {cases} END AS {name}{letter}")
    return given, Column(name, Form.TERM, found, nullable=True, parts=TERM)


def _extreme(function: Aggregate, operand: Operand, name: str) -> tuple[list[str], Column]:
    """Take the least or the greatest term, as ORDER BY has them."""
    literals = operand.kinds & LITERALS
    if not any(not literals & ~group for group in _COMPARABLE):
        raise Declined(f"{function.name} is taken of terms of several kinds")
    keys = comparison_keys(operand)
    key = keys[0] if len(keys) == 1 else "{" + ", ".join(f"'k{place}': {one}" for place, one in enumerate(keys)) + "}"
    anything = ~Kind.NONE
    if isinstance(operand, Scalar):
        value = _complete(operand, f"{function.name.lower()}({operand.sql})", anything)
        return [f"{value} AS {name}"], Column(name, Form.SCALAR, operand.kinds, nullable=True)
    if operand.known:
        value = _complete(operand, f"arg_{function.name.lower()}({operand.id}, {key})", anything)
        return [f"{value} AS {name}"], Column(name, Form.ID, operand.kinds, nullable=True)
    parts = ", ".join(f"'{x}': {operand.part(x)}" for x in TERM)
    value = _complete(operand, f"arg_{function.name.lower()}({{{parts}}}, {key})", anything)
    given = [f"({value}).{x} AS {name}{x}" for x in TERM]
    return given, Column(name, Form.TERM, operand.kinds, nullable=True, parts=TERM)


def _concatenated(function: Aggregate, operand: Operand, name: str) -> tuple[list[str], Column]:
    """Join texts to a plain string; the standard leaves their order open, here it is that of the texts."""
    text = operand.part("l")
    distinct = "DISTINCT " if function.distinct else ""
    order = "" if is_constant(text) else f" ORDER BY {text}"
    joined = f"COALESCE(string_agg({distinct}{text}, {quoted(function.separator)}{order}), '')"
    return [f"{_complete(operand, joined, TEXT)} AS {name}"], Column(name, Form.SCALAR, Kind.STRING, nullable=True)
