"""Dates plus and minus durations of days and less (XPath, op:add-dayTimeDuration-to-date and its like).

No column holds a duration: its length is read from its lexical form where a date is moved by it.
"""

from graph_app.columns.declined import Declined
from graph_app.columns.expressions.functions.dates import zone_name
from graph_app.columns.expressions.functions.shaping import among, choose, guarded
from graph_app.columns.expressions.operand import Operand, Parts, Scalar
from graph_app.columns.kinds import Kind, ordinal
from graph_app.columns.sql import quoted
from graph_app.columns.terms import XSD

__all__ = ["DAY_TIME", "is_moved", "moved"]

DAY_TIME = XSD + "dayTimeDuration"
_DAYS = Kind.DATE | Kind.DATETIME
#: Durations whose length in microseconds a number of 64 bits surely holds.
_SURE = (
    "-?P(0*[0-9]{1,7}D)?(T(0*[0-9]{1,8}H)?(0*[0-9]{1,10}M)?(0*[0-9]{1,12}([.][0-9]{1,6}0*)?S)?)?",
    ".*[DHMS]",
)
#: Longer and finer ones, and what some engines take for one.
_DOUBTFUL = r"\s*-?P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]*[.]?[0-9]*S)?)?\s*"
_UNITS = (("D", 86_400_000_000), ("H", 3_600_000_000), ("M", 60_000_000))


def is_moved(date: Operand, duration: Operand) -> bool:
    """Tell whether one operand may be a date, and the other nothing but a duration.

    :param date: the one.
    :param duration: the other.
    """
    return bool(date.kinds & _DAYS) and duration.kinds == Kind.UNSURE


def moved(date: Operand, duration: Operand, sign: str) -> Operand:
    """Move a date by a duration.

    :param date: a date, with or without time.
    :param duration: a term of whatever datatype.
    :param sign: ``+`` or ``-``.
    :returns: a date of the same type and zone.
    :raises Declined: if the term is something else that can be moved so.
    """
    if date.sure().kinds & Kind.TIME:
        raise Declined("times of day are moved by durations")
    length = _length(duration)
    return choose(
        [
            (among(date, Kind.DATE), _day(date, length, sign)),
            (among(date, Kind.DATETIME), _moment(date, length, sign)),
        ],
        Kind.DATE,
    )


def _length(duration: Operand) -> str:
    """Return SQL of the microseconds of a duration, NULL where its lexical form is none."""
    text, datatype, whole = duration.part("l"), duration.part("d"), quoted(DAY_TIME)
    amounts = [
        f"coalesce(TRY_CAST(regexp_extract({text}, '([0-9]+){unit}', 1) AS BIGINT), 0) * {size}"
        for unit, size in _UNITS
    ]
    seconds = f"coalesce(TRY_CAST(regexp_extract({text}, '([0-9.]+)S', 1) AS DECIMAL(18,6)), 0)"
    amounts.append(f"({seconds} * 1000000)::BIGINT")
    size = f"CASE WHEN starts_with({text}, '-') THEN -1 ELSE 1 END * ({' + '.join(amounts)})"
    sure = " AND ".join(f"regexp_full_match({text}, '{form}')" for form in _SURE)
    doubtful = f"regexp_full_match({text}, '{_DOUBTFUL}')"
    if datatype != whole:
        doubtful = f"{datatype} <> {whole} OR {doubtful}"
        sure = f"{datatype} = {whole} AND {sure}"
    return f"CASE WHEN {sure} THEN {size} WHEN {doubtful} THEN error('decline')::BIGINT END"


def _within(moment: str, type_: str) -> str:
    """Return SQL of an instant as the columns hold it, in four digits a year."""
    value = f"({moment})::{type_}"
    held = f"{value} >= '0001-01-01'::{type_} AND {value} < '9999-12-31'::{type_} + INTERVAL 1 DAY"
    return f"CASE WHEN {held} THEN {value} WHEN {value} IS NOT NULL THEN error('decline')::{type_} END"


def _day(date: Operand, length: str, sign: str) -> Operand:
    instant = f"{date.part('m')} {sign} to_microseconds({length})"
    return Scalar(kinds=Kind.DATE, sql=f"({_within(instant, 'DATE')})")


def _moment(date: Operand, length: str, sign: str) -> Operand:
    zone = date.part("z")
    here = "" if zone == "NULL" else f" + to_minutes(coalesce({zone}, 0)::BIGINT)"
    instant = f"({date.part('m')} {sign} to_microseconds({length}))"
    local = f"({_within(f'{instant}{here}', 'TIMESTAMP')})"
    clock = f"regexp_replace(strftime({local}, '%Y-%m-%dT%H:%M:%S.%f'), '[.]?0*$', '')"
    parts = {
        "k": guarded(str(ordinal(Kind.DATETIME)), f"{instant} IS NOT NULL"),
        "l": clock if zone == "NULL" else f"({clock} || {zone_name(zone)})",
        "d": quoted(XSD + "dateTime"),
        "g": "''",
        "m": instant,
        "z": zone,
    }
    return Parts(kinds=Kind.DATETIME, parts=lambda letter: parts.get(letter, "NULL"))
