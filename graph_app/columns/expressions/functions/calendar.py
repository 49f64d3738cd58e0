"""Casts to dates (SPARQL 1.1, section 17.5), of strings, dates and dates with time.

What a string says may be beyond what the columns hold; that shows in the rows alone, where it declines.
Casts to ``xsd:date`` are no part of the standard, and do as Oxigraph does.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph_app.columns.expressions.functions.shaping import among, choose, error, guarded
from graph_app.columns.expressions.instants import canonical_date, canonical_moment
from graph_app.columns.expressions.operand import Literal, Operand, Parts, Scalar
from graph_app.columns.kinds import Kind, ordinal
from graph_app.columns.sql import quoted
from graph_app.columns.terms import XSD, Constant

__all__ = ["FUNCTIONS", "canonical_clock"]

_SPACE = " \t\n\r"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})"
_SURE_ZONE = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
_SURE_MOMENT = f"{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{{1,6}}0*)?{_SURE_ZONE}?"


def canonical_clock(lexical: str) -> str:
    """Return SQL of the canonical form of a time or date with time: no needless zeros, and Z for no offset.

    :param lexical: SQL of a valid form.
    """
    cut = f"regexp_replace({lexical}, '([.][0-9]*[1-9])0+([^0-9]|$)', '\\1\\2')"
    whole = f"regexp_replace({cut}, '[.]0+([^0-9]|$)', '\\1')"
    return f"regexp_replace({whole}, '[+-]00:00$', 'Z')"


def moment(operand: Operand) -> Operand:
    """Cast to xsd:dateTime: of a day its first instant, of a string what it says."""
    operand.sure()
    return choose(
        [
            (among(operand, Kind.DATETIME), _only(operand, Kind.DATETIME)),
            (among(operand, Kind.DATE), _first_instant(operand)),
            (among(operand, Kind.STRING), _moment_of_text(operand)),
        ],
        Kind.DATETIME,
    )


def date(operand: Operand) -> Operand:
    """Cast to xsd:date: of a date with time its day, in its zone, of a string what it says."""
    operand.sure()
    return choose(
        [
            (among(operand, Kind.DATE), _only(operand, Kind.DATE)),
            (among(operand, Kind.DATETIME), _day_of_moment(operand)),
            (among(operand, Kind.STRING), _day_of_text(operand)),
        ],
        Kind.DATE,
    )


def _only(operand: Operand, kind: Kind) -> Operand:
    """Return an operand where its kind is known."""
    if operand.kinds == kind:
        return operand
    return Parts(kinds=kind, nullable=operand.nullable, parts=operand.part)


def _parts(kinds: Kind, parts: Mapping[str, str], *, nullable: bool) -> Parts:
    return Parts(kinds=kinds, nullable=nullable, parts=lambda letter: parts.get(letter, "NULL"))


def _first_instant(day: Operand) -> Operand:
    parts = {
        "k": guarded(str(ordinal(Kind.DATETIME)), day.exists if day.nullable else ""),
        "l": f"({day.part('l')} || 'T00:00:00')",
        "d": quoted(XSD + "dateTime"),
        "g": "''",
        "m": day.part("m"),
    }
    return _parts(Kind.DATETIME, parts, nullable=day.nullable)


def _literal(text: str | None, datatype: str, otherwise: Kind) -> Operand:
    if text is None:
        return error(otherwise)
    term = Constant.literal(text, datatype)
    return Literal(kinds=term.kind, nullable=False, term=term)


def _moment_of_text(operand: Operand) -> Operand:
    if isinstance(operand, Literal):
        return _literal(canonical_moment(operand.term.lex.strip(_SPACE)), XSD + "dateTime", Kind.DATETIME)
    text = f"trim({operand.part('l')}, E' \\t\\n\\r')"
    local = f"TRY_CAST(regexp_replace({text}, '{_ZONE}$', '') AS TIMESTAMP)"
    sure = f"regexp_full_match({text}, '{_SURE_MOMENT}') AND NOT starts_with({text}, '0000') AND {local} IS NOT NULL"
    minutes = f"(60 * {text}[-5:-4]::SMALLINT + {text}[-2:]::SMALLINT)"
    zone = (
        f"CASE WHEN {text}[-1] = 'Z' THEN 0 WHEN {text}[-6] = '+' THEN {minutes}"
        f" WHEN {text}[-6] = '-' AND {text}[-3] = ':' THEN -{minutes} END"
    )
    parts = {
        "k": (str(ordinal(Kind.DATETIME)), "UTINYINT"),
        "l": (canonical_clock(text), "VARCHAR"),
        "m": (f"{local} - to_minutes(coalesce({zone}, 0)::BIGINT)", "TIMESTAMP"),
        "z": (f"({zone})::SMALLINT", "SMALLINT"),
    }
    told = {letter: _held(sure, value, f"ig_moment({text})", type_) for letter, (value, type_) in parts.items()}
    return _parts(Kind.DATETIME, {"d": quoted(XSD + "dateTime"), "g": "''", **told}, nullable=True)


def _day_of_moment(operand: Operand) -> Operand:
    lexical, zone = operand.part("l"), operand.part("z")
    parts = {"d": quoted(XSD + "date"), "g": "''"}
    if zone == "NULL":
        parts["k"] = guarded(str(ordinal(Kind.DATE)), operand.exists if operand.nullable else "")
        parts["l"] = f"substring({lexical}, 1, 10)"
        parts["m"] = f"date_trunc('day', {operand.part('m')})::TIMESTAMP"
        return _parts(Kind.DATE, parts, nullable=operand.nullable)
    kinds = f"CASE WHEN {zone} IS NULL THEN {ordinal(Kind.DATE)} ELSE {ordinal(Kind.UNSURE)} END"
    parts["k"] = guarded(kinds, operand.exists if operand.nullable else "")
    parts["l"] = f"(substring({lexical}, 1, 10) || regexp_extract({canonical_clock(lexical)}, '{_ZONE}$'))"
    parts["m"] = f"CASE WHEN {zone} IS NULL THEN date_trunc('day', {operand.part('m')})::TIMESTAMP END"
    return _parts(Kind.DATE | Kind.UNSURE, parts, nullable=operand.nullable)


def _day_of_text(operand: Operand) -> Operand:
    text = operand.part("l")
    if isinstance(operand, Literal):
        return _literal(canonical_date(operand.term.lex), XSD + "date", Kind.DATE)
    day = f"TRY_CAST({text} AS DATE)"
    sure = f"regexp_full_match({text}, '{_DAY}') AND NOT starts_with({text}, '0000') AND {day} IS NOT NULL"
    return Scalar(kinds=Kind.DATE, sql=_held(sure, day, f"ig_date({text})", "DATE"))


def _held(sure: str, value: str, doubtful: str, type_: str) -> str:
    """Return SQL of what a text says, where the columns hold that; where Python knows it for a date, they decline."""
    return f"(CASE WHEN {sure} THEN {value} WHEN {doubtful} IS NOT NULL THEN error('decline')::{type_} END)"


FUNCTIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType({XSD + "dateTime": moment, XSD + "date": date})
