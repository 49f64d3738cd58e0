"""Tell the kind of a literal by its datatype and lexical form, as expressions of SQL.

A kind is only given where its value is surely the one that SPARQL means; what is surely no value is ``OTHER``, and
all between is ``UNSURE``.
"""

from graph_app.columns import forms
from graph_app.columns.kinds import Kind, ordinal

__all__ = ["kind_of", "values_of"]


def _full(pattern: str) -> str:
    return f"regexp_full_match(lex, '{pattern}')"


def _floating(type_: str) -> str:
    """Return when a form stands for a number that the type holds, neither too great nor too near to zero."""
    value = f"try_cast(lex AS {type_})"
    number = f"isfinite({value}) AND ({value} <> 0 OR {_full(forms.ZERO)})"
    return f"{_full(forms.FLOATING)} AND (lex IN ('INF', '-INF', 'NaN') OR ({number}))"


_LOCAL = f"regexp_replace(lex, '{forms.ZONE}$', '')"

#: Datatype, kind, when it is surely of the kind, and the widest form that a value may have.
_RULES: tuple[tuple[str, Kind, str, str], ...] = (
    ("boolean", Kind.BOOLEAN, "lex IN ('true', 'false', '1', '0')", "false"),
    *(
        (
            name,
            Kind.INTEGER,
            f"{_full(forms.INTEGER)} AND try_cast(lex AS BIGINT) BETWEEN {low} AND {high}",
            _full(forms.INTEGER),
        )
        for name, (low, high) in forms.INTEGERS.items()
    ),
    (
        "decimal",
        Kind.DECIMAL,
        f"{_full(forms.DECIMAL)} AND {_full(forms.EXACT)} AND try_cast(lex AS DECIMAL(38, 18)) IS NOT NULL",
        _full(forms.DECIMAL),
    ),
    *(
        (
            name,
            kind,
            _floating(str(kind.name)),
            _full(forms.ANY_FLOATING),
        )
        for name, kind in (("float", Kind.FLOAT), ("double", Kind.DOUBLE))
    ),
    (
        "dateTime",
        Kind.DATETIME,
        f"{_full(forms.MOMENT)} AND lex NOT LIKE '0000%' AND try_cast({_LOCAL} AS TIMESTAMP) IS NOT NULL",
        _full(forms.ANY_MOMENT),
    ),
    (
        "date",
        Kind.DATE,
        f"{_full(forms.DAY)} AND lex NOT LIKE '0000%' AND try_cast(lex AS DATE) IS NOT NULL",
        _full(forms.ANY_DAY),
    ),
    ("time", Kind.TIME, _full(forms.HOURS + forms.FRACTION), _full(forms.ANY_TIME)),
    (
        "gYear",
        Kind.GYEAR,
        f"{_full(forms.YEAR)} AND lex <> '0000'",
        _full(forms.WIDE_YEAR),
    ),
    (
        "gYearMonth",
        Kind.GYEARMONTH,
        f"{_full(forms.MONTH)} AND lex NOT LIKE '0000%'",
        _full(forms.ANY_MONTH),
    ),
)
_SPACED = r"regexp_matches(lex, '^[ \t\n\r]|[ \t\n\r]$')"


def kind_of() -> str:
    """Return an expression over ``form``, ``lex``, ``datatype`` and ``lang`` for the number of the kind."""
    known = "\n".join(
        f"WHEN '{forms.XSD}{name}' THEN CASE WHEN {sure} THEN {ordinal(kind)}"
        f" WHEN ({wide}) OR {_SPACED} THEN {ordinal(Kind.UNSURE)} ELSE {ordinal(Kind.OTHER)} END"
        for name, kind, sure, wide in _RULES
    )
    terms = ", ".join(f"'{forms.XSD}{name}'" for name in forms.TERMS_ONLY)
    return f"""CASE
        WHEN form = 1 THEN {ordinal(Kind.IRI)}
        WHEN form = 2 THEN {ordinal(Kind.BLANK)}
        WHEN lang <> '' THEN {ordinal(Kind.LANG)}
        WHEN datatype = '' THEN {ordinal(Kind.STRING)}
        ELSE CASE datatype {known}
            ELSE CASE WHEN datatype NOT IN ({terms}) AND (starts_with(datatype, '{forms.XSD}')
                OR datatype IN ('{forms.RDF}langString', '{forms.RDF}dirLangString'))
                THEN {ordinal(Kind.UNSURE)} ELSE {ordinal(Kind.OTHER)} END
            END
        END::UTINYINT"""


def values_of() -> str:
    """Return expressions over ``kind`` and ``lex`` for all value columns of the table of terms.

    Floating numbers alone know a zero below zero; adding zero takes its sign from others.
    """
    sign = "CASE WHEN lex[-6] = '-' THEN -1 ELSE 1 END"
    offset = f"CASE WHEN lex[-1] = 'Z' THEN 0 ELSE {sign} * (60 * lex[-5:-4]::SMALLINT + lex[-2:]::SMALLINT) END"
    zone = f"CASE WHEN kind = {ordinal(Kind.DATETIME)} AND regexp_matches(lex, '{forms.ZONE}$') THEN {offset} END"
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
