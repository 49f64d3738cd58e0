"""Casts to strings, truth values and numbers (SPARQL 1.1, section 17.5)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph_app.columns.expressions.functions.calendar import canonical_clock
from graph_app.columns.expressions.functions.numbers import as_float
from graph_app.columns.expressions.functions.shaping import among, choose
from graph_app.columns.expressions.operand import Operand, Scalar, written
from graph_app.columns.kinds import Kind
from graph_app.columns.sql import DECIMAL, quoted
from graph_app.columns.terms import XSD

__all__ = ["FUNCTIONS"]

_FLOATING = Kind.FLOAT | Kind.DOUBLE
_EXACT = Kind.INTEGER | Kind.DECIMAL
#: Kinds whose lexical form is always the canonical one, or has none.
_AS_THEY_ARE = Kind.IRI | Kind.STRING | Kind.LANG | Kind.OTHER | Kind.DATE | Kind.GYEAR | Kind.GYEARMONTH
_CLOCKS = Kind.DATETIME | Kind.TIME

#: White space that XML Schema takes off either end of a number.
_SPACE = r"[ \t\n\r]*"
_INTEGER = "[+-]?[0-9]+"
_DECIMAL = "[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)"
_EXACTLY = "[+-]?0*[0-9]{0,20}(?:[.][0-9]{0,18}0*)?"
#: Besides what XML Schema knows, the other spellings that Oxigraph takes for infinity and NaN.
_DOUBLE = f"{_DECIMAL}(?:[eE][+-]?[0-9]+)?|[+-]?(?i:inf|infinity|nan)"


def _trimmed(text: str) -> str:
    return f"trim({text}, E' \\t\\n\\r')"


def _read(text: str, pattern: str, kind: str) -> str:
    """Return SQL of the value of a text, NULL where it does not have the form of one."""
    form = f"regexp_full_match({text}, {quoted(_SPACE + '(?:' + pattern + ')' + _SPACE)})"
    return f"CASE WHEN {form} THEN TRY_CAST({_trimmed(text)} AS {kind}) END"


def _single(number: str) -> str:
    # SQL refuses what is too large for single precision; it is infinite.
    beyond = f"CASE WHEN {number} > 0 THEN 'inf'::FLOAT WHEN {number} < 0 THEN '-inf'::FLOAT END"
    return f"coalesce(TRY_CAST({number} AS FLOAT), {beyond})"


def _cast(target: Kind, branches: Mapping[Kind, Callable[[Operand], str]]) -> Callable[[Operand], Operand]:
    """Make a cast that has an own expression for some kinds, and is an error for others.

    :param target: kind of the result.
    :param branches: expressions by kinds.
    """

    def apply(operand: Operand) -> Operand:
        operand.sure()
        return choose(
            [
                (among(operand, kinds), Scalar(kinds=target, sql=f"({write(operand)})"))
                for kinds, write in branches.items()
                if operand.kinds & kinds
            ],
            target,
        )

    return apply


def _short(operand: Operand, test: str = "{0} * 64 = trunc({0} * 64)") -> str:
    """Return SQL of a floating number that is short enough for all engines to read the same exact number from it.

    Oxigraph casts 987654321e0 to 987654320, and 1.1e0 to 1.100000000000000128. What is longer, another engine answers.
    """
    number = operand.part("f")
    short = f"abs({number}) < 1000000 AND {test.format(number)}"
    return f"CASE WHEN {number} IS NULL THEN NULL WHEN {short} THEN {number} ELSE error('decline')::DOUBLE END"


def _floating_text(operand: Operand) -> str:
    """Return SQL of a floating number as text; XPath writes 1.0E6 where Oxigraph writes 1000000."""
    number = operand.part("f")
    plain = f"{number} = 0 OR isnan({number}) OR isinf({number}) OR abs({number}) BETWEEN 0.000001 AND 999999"
    single = f"ig_float(({number})::FLOAT)"
    double = f"ig_double({number})"
    if not operand.kinds & Kind.FLOAT:
        text = double
    elif not operand.kinds & Kind.DOUBLE:
        text = single
    else:
        text = f"CASE WHEN {among(operand, Kind.FLOAT)} THEN {single} ELSE {double} END"
    return f"CASE WHEN {number} IS NULL THEN NULL WHEN {plain} THEN {text} ELSE error('decline')::VARCHAR END"


def _truth(operand: Operand) -> str:
    text = _trimmed(operand.part("l"))
    return f"CASE WHEN {text} IN ('true', '1') THEN TRUE WHEN {text} IN ('false', '0') THEN FALSE END"


def _exact(operand: Operand) -> str:
    text = operand.part("l")
    fits = f"regexp_full_match({text}, {quoted(_SPACE + _EXACTLY + _SPACE)})"
    return f"CASE WHEN {fits} THEN {_read(text, _DECIMAL, DECIMAL)} END"


def string(operand: Operand) -> Operand:
    """Cast to xsd:string: the canonical form of a value."""
    operand.sure()
    branches: list[tuple[Kind, Callable[[], str]]] = [
        (_AS_THEY_ARE, lambda: operand.part("l")),
        (Kind.BOOLEAN, lambda: written(Kind.BOOLEAN, operand.part("b"))),
        (Kind.INTEGER, lambda: written(Kind.INTEGER, operand.part("i"))),
        (Kind.DECIMAL, lambda: written(Kind.DECIMAL, operand.part("n"))),
        (_FLOATING, lambda: _floating_text(operand)),
        (_CLOCKS, lambda: canonical_clock(operand.part("l"))),
    ]
    return choose(
        [
            (among(operand, kinds), Scalar(kinds=Kind.STRING, sql=f"({write()})", nullable=operand.nullable))
            for kinds, write in branches
            if operand.kinds & kinds
        ],
        Kind.STRING,
    )


FUNCTIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType(
    {
        XSD + "string": string,
        XSD + "boolean": _cast(
            Kind.BOOLEAN,
            {
                Kind.BOOLEAN: lambda operand: operand.part("b"),
                _EXACT: lambda operand: f"{operand.part('n')} <> 0",
                _FLOATING: lambda operand: f"{operand.part('f')} <> 0 AND NOT isnan({operand.part('f')})",
                Kind.STRING: _truth,
            },
        ),
        XSD + "integer": _cast(
            Kind.INTEGER,
            {
                Kind.INTEGER: lambda operand: operand.part("i"),
                Kind.DECIMAL: lambda operand: f"TRY_CAST(trunc({operand.part('n')}) AS BIGINT)",
                _FLOATING: lambda operand: f"TRY_CAST(trunc({_short(operand, 'TRUE')}) AS BIGINT)",
                Kind.BOOLEAN: lambda operand: f"({operand.part('b')})::BIGINT",
                Kind.STRING: lambda operand: _read(operand.part("l"), _INTEGER, "BIGINT"),
            },
        ),
        XSD + "decimal": _cast(
            Kind.DECIMAL,
            {
                _EXACT: lambda operand: operand.part("n"),
                _FLOATING: lambda operand: f"TRY_CAST({_short(operand)} AS {DECIMAL})",
                Kind.BOOLEAN: lambda operand: f"({operand.part('b')})::INTEGER::{DECIMAL}",
                Kind.STRING: _exact,
            },
        ),
        XSD + "float": _cast(
            Kind.FLOAT,
            {
                Kind.DOUBLE: lambda operand: _single(operand.part("f")),
                _EXACT | Kind.FLOAT: as_float,
                Kind.BOOLEAN: lambda operand: f"({operand.part('b')})::INTEGER::FLOAT",
                Kind.STRING: lambda operand: _read(operand.part("l"), _DOUBLE, "FLOAT"),
            },
        ),
        XSD + "double": _cast(
            Kind.DOUBLE,
            {
                _EXACT | _FLOATING: lambda operand: operand.part("f"),
                Kind.BOOLEAN: lambda operand: f"({operand.part('b')})::INTEGER::DOUBLE",
                Kind.STRING: lambda operand: _read(operand.part("l"), _DOUBLE, "DOUBLE"),
            },
        ),
    }
)
