"""Tell the kind of a literal by its datatype and lexical form, as expressions of SQL.

A kind is only given where its value is surely the one that SPARQL means; what is surely no value is ``OTHER``, and
all between is ``UNSURE``.
"""

from graph_app.columns.kinds import Kind, ordinal

__all__ = ["kind_of", "values_of"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LONG = 2**63

#: Integer types, and the least and greatest value of each, within 64 bits.
_INTEGERS = {
    "integer": (-_LONG, _LONG - 1),
    "long": (-_LONG, _LONG - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, _LONG - 1),
    "positiveInteger": (1, _LONG - 1),
    "nonPositiveInteger": (-_LONG, 0),
    "negativeInteger": (-_LONG, -1),
    "unsignedLong": (0, _LONG - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}

_INTEGER = "[+-]?[0-9]+"
_DECIMAL = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)"
#: At most 20 digits before and 18 behind the point, zeros at both ends left out.
_EXACT = "[+-]?0*[0-9]{0,20}([.][0-9]{0,18}0*)?"
_FLOATING = f"({_DECIMAL})([eE][+-]?[0-9]+)?|-?INF|NaN"
#: Some engines read more names of these values than the standard has.
_ANY_FLOATING = f"({_DECIMAL})([eE][+-]?[0-9]+)?|[+-]?(?i:inf|infinity|nan)"
_ZERO = "[+-]?[0.]+([eE][+-]?[0-9]+)?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_HOURS = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_ZONE = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
_ANY_YEAR = "-?[0-9]{4,}"
_ANY_HOURS = r"[0-9]{2}:[0-5][0-9]:[0-5][0-9]([.][0-9]+)?"
_ANY_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})?"
_FRACTION = "([.][0-9]{1,6}0*)?"
_MOMENT = f"{_DAY}T{_HOURS}{_FRACTION}{_ZONE}?"


def _full(pattern: str) -> str:
    return f"regexp_full_match(lex, '{pattern}')"


def _floating(type_: str) -> str:
    """Return when a form stands for a number that the type holds, neither too great nor too near to zero."""
    value = f"try_cast(lex AS {type_})"
    number = f"isfinite({value}) AND ({value} <> 0 OR {_full(_ZERO)})"
    return f"{_full(_FLOATING)} AND (lex IN ('INF', '-INF', 'NaN') OR ({number}))"


_LOCAL = f"regexp_replace(lex, '{_ZONE}$', '')"

#: Datatype, kind, when it is surely of the kind, and the widest form that a value may have.
_RULES: tuple[tuple[str, Kind, str, str], ...] = (
    ("boolean", Kind.BOOLEAN, "lex IN ('true', 'false', '1', '0')", "false"),
    *(
        (name, Kind.INTEGER, f"{_full(_INTEGER)} AND try_cast(lex AS BIGINT) BETWEEN {low} AND {high}", _full(_INTEGER))
        for name, (low, high) in _INTEGERS.items()
    ),
    (
        "decimal",
        Kind.DECIMAL,
        f"{_full(_DECIMAL)} AND {_full(_EXACT)} AND try_cast(lex AS DECIMAL(38, 18)) IS NOT NULL",
        _full(_DECIMAL),
    ),
    *(
        (
            name,
            kind,
            _floating(str(kind.name)),
            _full(_ANY_FLOATING),
        )
        for name, kind in (("float", Kind.FLOAT), ("double", Kind.DOUBLE))
    ),
    (
        "dateTime",
        Kind.DATETIME,
        f"{_full(_MOMENT)} AND lex NOT LIKE '0000%' AND try_cast({_LOCAL} AS TIMESTAMP) IS NOT NULL",
        _full(f"{_ANY_YEAR}-[0-9]{{2}}-[0-9]{{2}}T{_ANY_HOURS}{_ANY_ZONE}"),
    ),
    (
        "date",
        Kind.DATE,
        f"{_full(_DAY)} AND lex NOT LIKE '0000%' AND try_cast(lex AS DATE) IS NOT NULL",
        _full(f"{_ANY_YEAR}-[0-9]{{2}}-[0-9]{{2}}{_ANY_ZONE}"),
    ),
    ("time", Kind.TIME, _full(_HOURS + _FRACTION), _full(_ANY_HOURS + _ANY_ZONE)),
    (
        "gYear",
        Kind.GYEAR,
        f"{_full('[0-9]{4}')} AND lex <> '0000'",
        _full(_ANY_YEAR + _ANY_ZONE),
    ),
    (
        "gYearMonth",
        Kind.GYEARMONTH,
        f"{_full('[0-9]{4}-(0[1-9]|1[0-2])')} AND lex NOT LIKE '0000%'",
        _full(f"{_ANY_YEAR}-[0-9]{{2}}{_ANY_ZONE}"),
    ),
)
#: SPARQL knows no value of these, though XML Schema does: they are compared as terms.
_TERMS_ONLY = ("anyURI",)
_SPACED = r"regexp_matches(lex, '^[ \t\n\r]|[ \t\n\r]$')"


def kind_of() -> str:
    """Return an expression over ``form``, ``lex``, ``datatype`` and ``lang`` for the number of the kind."""
    known = "\n".join(
        f"WHEN '{_XSD}{name}' THEN CASE WHEN {sure} THEN {ordinal(kind)}"
        f" WHEN ({wide}) OR {_SPACED} THEN {ordinal(Kind.UNSURE)} ELSE {ordinal(Kind.OTHER)} END"
        for name, kind, sure, wide in _RULES
    )
    terms = ", ".join(f"'{_XSD}{name}'" for name in _TERMS_ONLY)
    return f"""CASE
        WHEN form = 1 THEN {ordinal(Kind.IRI)}
        WHEN form = 2 THEN {ordinal(Kind.BLANK)}
        WHEN lang <> '' THEN {ordinal(Kind.LANG)}
        WHEN datatype = '' THEN {ordinal(Kind.STRING)}
        ELSE CASE datatype {known}
            ELSE CASE WHEN datatype NOT IN ({terms}) AND (starts_with(datatype, '{_XSD}')
                OR datatype IN ('{_RDF}langString', '{_RDF}dirLangString'))
                THEN {ordinal(Kind.UNSURE)} ELSE {ordinal(Kind.OTHER)} END
            END
        END::UTINYINT"""


def values_of() -> str:
    """Return expressions over ``kind`` and ``lex`` for all value columns of the table of terms.

    Floating numbers alone know a zero below zero; adding zero takes its sign from others.
    """
    sign = "CASE WHEN lex[-6] = '-' THEN -1 ELSE 1 END"
    offset = f"CASE WHEN lex[-1] = 'Z' THEN 0 ELSE {sign} * (60 * lex[-5:-4]::SMALLINT + lex[-2:]::SMALLINT) END"
    zone = f"CASE WHEN kind = {ordinal(Kind.DATETIME)} AND regexp_matches(lex, '{_ZONE}$') THEN {offset} END"
    exact = f"kind IN ({ordinal(Kind.INTEGER)}, {ordinal(Kind.DECIMAL)})"
    return f"""
        CASE WHEN {exact} THEN try_cast(lex AS DECIMAL(38, 18)) END AS number,
        CASE WHEN {exact} THEN try_cast(lex AS DOUBLE) + 0.0::DOUBLE
             WHEN kind = {ordinal(Kind.DOUBLE)} THEN try_cast(lex AS DOUBLE)
             WHEN kind = {ordinal(Kind.FLOAT)} THEN try_cast(lex AS FLOAT)::DOUBLE END AS double,
        CASE WHEN kind = {ordinal(Kind.BOOLEAN)} THEN lex IN ('true', '1') END AS truth,
        CASE kind
            WHEN {ordinal(Kind.DATETIME)} THEN try_cast({_LOCAL} AS TIMESTAMP) - to_minutes(coalesce({zone}, 0))
            WHEN {ordinal(Kind.DATE)} THEN try_cast(lex AS TIMESTAMP)
            WHEN {ordinal(Kind.GYEAR)} THEN try_cast(lex || '-01-01' AS TIMESTAMP)
            WHEN {ordinal(Kind.GYEARMONTH)} THEN try_cast(lex || '-01' AS TIMESTAMP) END AS moment,
        ({zone})::SMALLINT AS zone"""
