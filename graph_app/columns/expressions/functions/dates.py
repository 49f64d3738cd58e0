"""Functions on dates and times (SPARQL 1.1, section 17.4.5), for every type that has the field asked for."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph_app.columns.expressions.functions.shaping import among, choose, error, guarded
from graph_app.columns.expressions.operand import Operand, Parts, Scalar
from graph_app.columns.kinds import Kind, ordinal
from graph_app.columns.sql import DECIMAL, quoted
from graph_app.columns.terms import XSD

__all__ = ["FUNCTIONS", "zone_name"]

_MONTHS = Kind.DATE | Kind.GYEARMONTH
_YEARS = _MONTHS | Kind.GYEAR
_UNZONED = _YEARS | Kind.TIME


def _local(operand: Operand) -> str:
    """Return SQL of a date with time as it stands in its own zone."""
    moment, zone = operand.part("m"), operand.part("z")
    return moment if zone == "NULL" else f"({moment} + to_minutes(coalesce({zone}, 0)))"


def _field(name: str, plain: Kind) -> Callable[[Operand], Operand]:
    def apply(operand: Operand) -> Operand:
        operand.sure()
        zoned = f"{name}({_local(operand)})" if operand.kinds & Kind.DATETIME else "NULL"
        return choose(
            [
                (among(operand, Kind.DATETIME), Scalar(kinds=Kind.INTEGER, sql=zoned)),
                (among(operand, plain), Scalar(kinds=Kind.INTEGER, sql=f"{name}({operand.part('m')})")),
            ],
            Kind.INTEGER,
        )

    return apply


def _clock(name: str, start: int) -> Callable[[Operand], Operand]:
    def apply(operand: Operand) -> Operand:
        operand.sure()
        zoned = f"{name}({_local(operand)})" if operand.kinds & Kind.DATETIME else "NULL"
        # Times have no instant; their lexical form has two digits a field.
        plain = f"TRY_CAST(substring({operand.part('l')}, {start}, 2) AS BIGINT)" if operand.kinds & Kind.TIME else ""
        return choose(
            [
                (among(operand, Kind.DATETIME), Scalar(kinds=Kind.INTEGER, sql=zoned)),
                (among(operand, Kind.TIME), Scalar(kinds=Kind.INTEGER, sql=plain)),
            ],
            Kind.INTEGER,
        )

    return apply


def seconds(operand: Operand) -> Operand:
    """SECONDS, 17.4.5.7: with their fraction, as a decimal."""
    operand.sure()
    micro = f"(microsecond({operand.part('m')})::DECIMAL(19,0) * '0.000001'::DECIMAL(7,6))::{DECIMAL}"
    plain = f"TRY_CAST(substring({operand.part('l')}, 7) AS {DECIMAL})" if operand.kinds & Kind.TIME else ""
    return choose(
        [
            (among(operand, Kind.DATETIME), Scalar(kinds=Kind.DECIMAL, sql=micro)),
            (among(operand, Kind.TIME), Scalar(kinds=Kind.DECIMAL, sql=plain)),
        ],
        Kind.DECIMAL,
    )


def timezone(operand: Operand) -> Operand:
    """TIMEZONE, 17.4.5.8: a duration; an error where there is no zone."""
    zone = operand.sure().part("z")
    if not operand.kinds & Kind.DATETIME or zone == "NULL":
        return error(Kind.UNSURE)
    there = (among(operand, Kind.DATETIME), f"{zone} IS NOT NULL")
    hours, minutes = f"abs({zone}) // 60", f"abs({zone}) % 60"
    lexical = (
        f"CASE WHEN {zone} = 0 THEN 'PT0S' ELSE CASE WHEN {zone} < 0 THEN '-PT' ELSE 'PT' END"
        f" || CASE WHEN {hours} > 0 THEN ({hours})::VARCHAR || 'H' ELSE '' END"
        f" || CASE WHEN {minutes} > 0 THEN ({minutes})::VARCHAR || 'M' ELSE '' END END"
    )
    parts = {
        "k": guarded(str(ordinal(Kind.UNSURE)), *there),
        "l": guarded(lexical, *there),
        "d": quoted(XSD + "dayTimeDuration"),
        "g": "''",
    }
    return Parts(kinds=Kind.UNSURE, parts=lambda letter: parts.get(letter, "NULL"))


def zone_name(zone: str) -> str:
    """Return SQL of a zone as it is written, empty where there is none.

    :param zone: SQL of its minutes.
    """
    hours = f"lpad((abs({zone}) // 60)::VARCHAR, 2, '0')"
    minutes = f"lpad((abs({zone}) % 60)::VARCHAR, 2, '0')"
    return (
        f"CASE WHEN {zone} IS NULL THEN '' WHEN {zone} = 0 THEN 'Z'"
        f" ELSE CASE WHEN {zone} < 0 THEN '-' ELSE '+' END || {hours} || ':' || {minutes} END"
    )


def zone_text(operand: Operand) -> Operand:
    """TZ, 17.4.5.9: the zone as a string, empty where there is none."""
    zone = operand.sure().part("z")
    text = "''" if zone == "NULL" or not operand.kinds & Kind.DATETIME else zone_name(zone)
    there = operand.exists if operand.nullable else ""
    dated = guarded(text, among(operand, Kind.DATETIME), there)
    return choose(
        [
            (among(operand, Kind.DATETIME), Scalar(kinds=Kind.STRING, sql=dated, nullable=operand.nullable)),
            (
                among(operand, _UNZONED),
                Scalar(kinds=Kind.STRING, sql=guarded("''", there), nullable=operand.nullable),
            ),
        ],
        Kind.STRING,
    )


FUNCTIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType(
    {
        "YEAR": _field("year", _YEARS),
        "MONTH": _field("month", _MONTHS),
        "DAY": _field("day", Kind.DATE),
        "HOURS": _clock("hour", 1),
        "MINUTES": _clock("minute", 4),
        "SECONDS": seconds,
        "TIMEZONE": timezone,
        "TZ": zone_text,
    }
)
