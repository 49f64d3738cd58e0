"""Solutions that the query writes out (SPARQL 1.1, section 10)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from graph_app.columns.algebra.nodes import Values
from graph_app.columns.expressions.operand import constant_part
from graph_app.columns.kinds import NUMERIC, Kind, ordinal
from graph_app.columns.patterns.context import Context
from graph_app.columns.relation import Column, Form, Relation, nothing
from graph_app.columns.terms import Constant

__all__ = ["SlotValue", "compile_values", "in_one_list", "list_values", "slot_values"]

#: What a parameter of a statement may be.
SlotValue = int | float | str | bool | Decimal | datetime | list[str] | list[int] | None

#: With more terms than this a list is quicker than a place for each: DuckDB takes time for every SELECT of a union.
_FEW = 20

#: All parts of a term, each with the type of its column.
_TYPES = {
    "k": "UTINYINT",
    "l": "VARCHAR",
    "d": "VARCHAR",
    "g": "VARCHAR",
    "i": "BIGINT",
    "n": "DECIMAL(38,18)",
    "f": "DOUBLE",
    "b": "BOOLEAN",
    "m": "TIMESTAMP",
    "z": "SMALLINT",
}
_PARTS = "".join(_TYPES)
_LIST = "all"


def compile_values(pattern: Values, context: Context) -> Relation:
    """Compile VALUES; a variable that is nowhere defined has no column.

    :param pattern: the solutions.
    :param context: what the query shares.
    """
    if pattern.rows == ((None,),) and pattern.variables[0] in context.slots:
        return _slot(pattern.variables[0], context)
    columns = {}
    for number, variable in enumerate(pattern.variables):
        terms = [row[number] for row in pattern.rows]
        kinds = Kind.NONE
        for term in terms:
            kinds |= term.kind if term is not None else Kind.NONE
        if kinds:
            name = context.name(variable)
            columns[variable] = Column(name, Form.TERM, kinds, None in terms, parts=_PARTS, has_id=True)
    if not pattern.rows:
        return nothing(columns)
    places = [pattern.variables.index(variable) for variable in columns]
    statements = []
    for row in pattern.rows:
        names = ["1 AS one"]
        for place, column in zip(places, columns.values(), strict=True):
            term = row[place]
            for letter, kind in _TYPES.items():
                sql = "NULL" if term is None else constant_part(term, letter)
                names.append(f"({sql})::{kind} AS {column.name}{letter}")
            names.append(f"{'NULL' if term is None else context.id(term)}::INTEGER AS {column.name}")
        statements.append(f"SELECT {', '.join(names)}")
    return Relation(" UNION ALL ".join(statements), columns)


def _slot(variable: str, context: Context) -> Relation:
    """Leave a place for each term that a parameter gets when the query runs."""
    if in_one_list(context.slots[variable]):
        return _list(variable, context)
    kinds = Kind.NONE
    statements = []
    name = context.name(variable)
    for number, kind in enumerate(context.slots[variable]):
        kinds |= kind
        places = {letter: f"${slot_name(variable, number, letter)}::{sql}" for letter, sql in _TYPES.items()}
        names = [f"{sql} AS {name}{letter}" for letter, sql in places.items()]
        names.append(f"${slot_name(variable, number, 'id')}::INTEGER AS {name}")
        statements.append(f"SELECT {', '.join(names)}")
    column = Column(name, Form.TERM, kinds, nullable=False, parts=_PARTS, has_id=True)
    return Relation(" UNION ALL ".join(statements), {variable: column})


def _list(variable: str, context: Context) -> Relation:
    name = context.name(variable)
    parts = {letter: f"NULL::{sql}" for letter, sql in _TYPES.items()}
    parts |= {"k": f"{ordinal(Kind.IRI)}::UTINYINT", "d": "''::VARCHAR", "g": "''::VARCHAR"}
    parts["l"] = f"unnest(${slot_name(variable, _LIST, 'l')}::VARCHAR[])"
    names = [f"{sql} AS {name}{letter}" for letter, sql in parts.items()]
    names.append(f"unnest(${slot_name(variable, _LIST, 'id')}::INTEGER[]) AS {name}")
    column = Column(name, Form.TERM, Kind.IRI, nullable=False, parts=_PARTS, has_id=True)
    return Relation(f"SELECT {', '.join(names)}", {variable: column})


def in_one_list(kinds: Sequence[Kind]) -> bool:
    """Tell whether the terms of a slot are one list: where they are many, and IRIs, which have few parts.

    :param kinds: their kinds.
    """
    return len(kinds) > _FEW and all(kind is Kind.IRI for kind in kinds)


def list_values(variable: str, iris: list[str], identities: list[int]) -> dict[str, SlotValue]:
    """Return the parameters of the statement for a slot whose terms are one list.

    :param variable: the variable of the slot.
    :param iris: the IRIs.
    :param identities: their ids.
    """
    return {slot_name(variable, _LIST, "l"): iris, slot_name(variable, _LIST, "id"): identities}


def slot_name(variable: str, number: int | str, part: str) -> str:
    """Return the name of a parameter of the statement.

    :param variable: the variable of the slot.
    :param number: number of the term, or what stands for all.
    :param part: letter of its part, or ``id``.
    """
    return f"{variable}_{number}_{part}"


def slot_values(variable: str, number: int, term: Constant, identity: int) -> dict[str, SlotValue]:
    """Return the parameters of the statement for one term.

    :param variable: the variable of the slot.
    :param number: number of the term.
    :param term: the term.
    :param identity: its id.
    """
    kind = term.kind
    parts: dict[str, SlotValue] = {
        "k": ordinal(kind),
        "l": term.lex,
        "d": term.datatype,
        "g": term.language,
        "i": int(term.lex) if kind is Kind.INTEGER else None,
        "n": term.number if kind & (Kind.INTEGER | Kind.DECIMAL) else None,
        "f": term.double if kind & NUMERIC else None,
        "b": term.truth if kind is Kind.BOOLEAN else None,
        "m": term.moment if kind & (Kind.DATETIME | Kind.DATE | Kind.GYEAR | Kind.GYEARMONTH) else None,
        "z": term.zone,
        "id": identity,
    }
    return {slot_name(variable, number, part): value for part, value in parts.items()}
