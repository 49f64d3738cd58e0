"""Terms that a query writes out: what kind each is, and what it is worth."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from graph_app.columns.kinds import Kind

__all__ = ["RDF_LANG_STRING", "XSD", "XSD_STRING", "Constant", "classify"]

XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING = XSD + "string"
RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

_MOST = 2**63
#: Types derived from xsd:integer, with the least and the largest value of each.
_DERIVED = MappingProxyType(
    {
        XSD + "integer": (-_MOST, _MOST - 1),
        XSD + "long": (-_MOST, _MOST - 1),
        XSD + "int": (-(2**31), 2**31 - 1),
        XSD + "short": (-(2**15), 2**15 - 1),
        XSD + "byte": (-128, 127),
        XSD + "nonNegativeInteger": (0, _MOST - 1),
        XSD + "positiveInteger": (1, _MOST - 1),
        XSD + "nonPositiveInteger": (-_MOST, 0),
        XSD + "negativeInteger": (-_MOST, -1),
        XSD + "unsignedLong": (0, _MOST - 1),
        XSD + "unsignedInt": (0, 2**32 - 1),
        XSD + "unsignedShort": (0, 2**16 - 1),
        XSD + "unsignedByte": (0, 255),
    }
)
_DOUBTFUL = frozenset(
    XSD + name for name in ("duration", "dayTimeDuration", "yearMonthDuration", "gDay", "gMonth", "gMonthDay")
)
_NUMBERS = MappingProxyType({XSD + "decimal": Kind.DECIMAL, XSD + "float": Kind.FLOAT, XSD + "double": Kind.DOUBLE})
_ZONE = r"(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_DAY = r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
_TIMES = MappingProxyType(
    {
        XSD + "dateTime": (
            Kind.DATETIME,
            re.compile(_DAY + r"T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?)" + _ZONE),
        ),
        XSD + "date": (Kind.DATE, re.compile(_DAY)),
        XSD + "time": (Kind.TIME, re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?")),
        XSD + "gYear": (Kind.GYEAR, re.compile(r"(\d{4})")),
        XSD + "gYearMonth": (Kind.GYEARMONTH, re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))")),
    }
)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")


@dataclass(frozen=True, slots=True)
class Constant:
    """One RDF term that stands in a query.

    :param kind: its kind.
    :param lex: IRI, label of a blank node, or lexical form.
    :param datatype: IRI of the datatype; empty for what is no literal, and for strings.
    :param language: language tag in lower case, or empty.
    """

    kind: Kind
    lex: str
    datatype: str = ""
    language: str = ""

    @classmethod
    def literal(cls, lex: str, datatype: str = "", language: str = "") -> "Constant":
        """Make a literal, of whatever kind it is.

        :param lex: lexical form.
        :param datatype: IRI of the datatype, or empty.
        :param language: language tag, or empty.
        """
        if language:
            return cls(Kind.LANG, lex, "", language.lower())
        if datatype in {"", XSD_STRING}:
            return cls(Kind.STRING, lex)
        return cls(classify(lex, datatype), lex, datatype)

    @property
    def number(self) -> Decimal:
        """Exact value of an integer or decimal."""
        return Decimal(self.lex)

    @property
    def double(self) -> float:
        """Value of a number as a double."""
        return float(self.lex.replace("INF", "inf"))

    @property
    def truth(self) -> bool:
        """Value of a truth value."""
        return self.lex in {"true", "1"}

    @property
    def zone(self) -> int | None:
        """Minutes by which a date with time lies before UTC, or ``None`` without time zone."""
        text = _TIMES[XSD + "dateTime"][1].fullmatch(self.lex)
        mark = text.group(3) if text and self.kind is Kind.DATETIME else None
        if not mark:
            return None
        if mark == "Z":
            return 0
        minutes = int(mark[1:3]) * 60 + int(mark[4:6])
        return -minutes if mark[0] == "-" else minutes

    @property
    def moment(self) -> datetime:
        """First instant of a date or year; the instant of a date with time, in UTC if it has a zone."""
        if self.kind is Kind.GYEAR:
            return datetime(int(self.lex), 1, 1)  # noqa: DTZ001 - such values have no zone
        if self.kind is Kind.GYEARMONTH:
            return datetime.fromisoformat(self.lex + "-01")
        match = _TIMES[self.datatype][1].fullmatch(self.lex)
        assert match is not None  # noqa: S101 - the kind says so
        plain = match.group(1) + (f"T{match.group(2)}" if self.kind is Kind.DATETIME else "")
        return datetime.fromisoformat(plain) - timedelta(minutes=self.zone or 0)


def classify(lex: str, datatype: str) -> Kind:
    """Find the kind of a literal with a datatype that is not that of strings.

    :param lex: lexical form.
    :param datatype: IRI of the datatype.
    :returns: the kind; ``UNSURE`` where the columns may not hold what the literal is worth.
    """
    if datatype in _DOUBTFUL or datatype == RDF_LANG_STRING:
        return Kind.UNSURE
    if datatype in _DERIVED:
        return _integer(lex, *_DERIVED[datatype])
    if datatype in _NUMBERS:
        return _number(lex, _NUMBERS[datatype])
    if datatype == XSD + "boolean":
        return Kind.BOOLEAN if lex in {"true", "false", "1", "0"} else _ill(lex)
    if datatype in _TIMES:
        kind, form = _TIMES[datatype]
        if form.fullmatch(lex) is None or not lex.isascii():
            return Kind.UNSURE if any(character.isdigit() for character in lex) else _ill(lex)
        try:
            if kind is not Kind.TIME:
                _ = Constant(kind, lex, datatype).moment
        except (ValueError, OverflowError):
            return Kind.UNSURE
        return kind
    return Kind.OTHER


def _integer(lex: str, least: int, most: int) -> Kind:
    if not _INTEGER.fullmatch(lex):
        return _ill(lex)
    if len(lex) > 40:
        return Kind.UNSURE
    return Kind.INTEGER if least <= int(lex) <= most else Kind.UNSURE


def _number(lex: str, kind: Kind) -> Kind:
    if not (_DECIMAL if kind is Kind.DECIMAL else _DOUBLE).fullmatch(lex):
        return _ill(lex)
    if kind is not Kind.DECIMAL:
        return kind if "INF" in lex or lex == "NaN" or math.isfinite(float(lex)) else Kind.UNSURE
    try:
        whole, _, part = lex.lstrip("+-").partition(".")
        fits = len(whole.lstrip("0")) <= 20 and len(part.rstrip("0")) <= 18
        return kind if fits and Decimal(lex).is_finite() else Kind.UNSURE
    except InvalidOperation:
        return Kind.UNSURE


def _ill(lex: str) -> Kind:
    """Judge a form that is not of its datatype; white space around it may be forgiven elsewhere."""
    return Kind.OTHER if lex and lex == lex.strip() and lex.isascii() else Kind.UNSURE
