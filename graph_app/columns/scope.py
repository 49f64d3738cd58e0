"""A relation in a FROM clause, joined with the dictionary as far as expressions need the parts of its terms."""

from dataclasses import dataclass, field
from types import MappingProxyType

from graph_app.columns.declined import Declined
from graph_app.columns.expressions.operand import ERROR, Operand, Parts, Scalar, single
from graph_app.columns.kinds import NUMERIC, TEXT, Kind, ordinal
from graph_app.columns.relation import Column, Form, Relation
from graph_app.columns.sql import DECIMAL, is_kind

__all__ = ["Scope"]

#: Columns of the dictionary by the letter of the part.
_DICTIONARY = MappingProxyType(
    {
        "k": "kind",
        "l": "lex",
        "d": "datatype",
        "g": "lang",
        "n": "number",
        "f": "double",
        "b": "truth",
        "m": "moment",
        "z": "zone",
    }
)


@dataclass(slots=True)
class Scope:
    """A relation under an alias.

    :param relation: the relation.
    :param alias: its alias.
    """

    relation: Relation
    alias: str
    _looked_up: dict[str, Column] = field(default_factory=dict)

    def operand(self, variable: str) -> Operand:
        """Return a variable as operand.

        :param variable: its name.
        """
        column = self.relation.columns.get(variable)
        if column is None:
            return ERROR
        name = f"{self.alias}.{column.name}"
        match column.form:
            case Form.SCALAR:
                return Scalar(kinds=column.kinds, nullable=column.nullable, sql=name)
            case Form.TERM:
                parts = _Told(column, name).part
                return Parts(
                    kinds=column.kinds, nullable=column.nullable, id=name if column.has_id else "", parts=parts
                )
        return Parts(
            kinds=column.kinds,
            nullable=column.nullable,
            id=name,
            known=True,
            parts=lambda letter: self._part(column, letter),
        )

    def source(self) -> str:
        """Return the relation for a FROM clause, with the dictionary as far as it was asked for."""
        if not self._looked_up:
            return f"({self.relation.sql}) AS {self.alias}"
        joins, names = [], ["r.*"]
        for number, column in enumerate(self._looked_up.values()):
            kind = "LEFT JOIN" if column.nullable else "JOIN"
            joins.append(f"{kind} term AS t{number} ON t{number}.id = r.{column.name}")
            names += [f"t{number}.{field} AS {column.name}{letter}" for letter, field in _DICTIONARY.items()]
        return f"(SELECT {', '.join(names)} FROM ({self.relation.sql}) AS r {' '.join(joins)}) AS {self.alias}"

    def _part(self, column: Column, letter: str) -> str:
        """Return a part of a term whose id stands in a column: from the value beside it, or from the dictionary."""
        if letter == "k" and single(column.kinds):
            fixed = str(ordinal(column.kinds))
            return f"CASE WHEN {self.alias}.{column.name} IS NOT NULL THEN {fixed} END" if column.nullable else fixed
        beside = _beside(column, f"{self.alias}.{column.name}v", letter)
        if beside:
            return beside
        self._looked_up[column.name] = column
        if letter == "i":
            return f"TRY_CAST({self.alias}.{column.name}n AS BIGINT)"
        return f"{self.alias}.{column.name}{letter}"


def _beside(column: Column, value: str, letter: str) -> str:
    """Return a part that the value beside an id tells, or nothing."""
    match column.value_type, letter:
        case "lang", "g":
            return value
        case "lang", "k" if column.kinds == TEXT:
            return (
                f"CASE WHEN {value} = '' THEN {ordinal(Kind.STRING)} WHEN {value} <> '' THEN {ordinal(Kind.LANG)} END"
            )
        case "integer", "i":
            return value
        case "integer", "n":
            return f"{value}::{DECIMAL}"
        case "decimal", "n":
            return value
        case (("integer" | "decimal" | "double"), "f"):
            return f"{value}::DOUBLE"
        case "boolean", "b":
            return value
        case "date", "m":
            return f"{value}::TIMESTAMP"
        case "dateTime", "m":
            return value
        case "dateTime", "z":
            return "NULL"
    return ""


@dataclass(frozen=True, slots=True)
class _Told:
    """A term whose parts stand in columns."""

    column: Column
    name: str

    def part(self, letter: str) -> str:
        if letter in self.column.parts:
            return self.name + letter
        kind, lex = f"{self.name}k", f"{self.name}l"
        match letter:
            case "i":
                return f"CASE WHEN {is_kind(kind, Kind.INTEGER)} THEN TRY_CAST({lex} AS BIGINT) END"
            case "n":
                return f"CASE WHEN {is_kind(kind, Kind.INTEGER | Kind.DECIMAL)} THEN TRY_CAST({lex} AS {DECIMAL}) END"
            case "f":
                whole = f"CASE WHEN {is_kind(kind, NUMERIC & ~Kind.FLOAT)} THEN TRY_CAST({lex} AS DOUBLE)"
                return f"{whole} WHEN {is_kind(kind, Kind.FLOAT)} THEN TRY_CAST({lex} AS FLOAT)::DOUBLE END"
            case "b":
                return f"CASE WHEN {is_kind(kind, Kind.BOOLEAN)} THEN {lex} IN ('true', '1') END"
        if self.column.kinds & (Kind.DATETIME | Kind.DATE | Kind.GYEAR | Kind.GYEARMONTH):
            raise Declined("a date that a pattern or expression has put together is compared")
        return "NULL"
