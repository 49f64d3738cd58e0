"""Terms that a query writes out: what kind each is, and what it is worth."""

import math
import re
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from graph_app.columns import forms
from graph_app.columns.kinds import Kind

__all__ = ["RDF_LANG_STRING", "XSD", "XSD_STRING", "Constant", "classify"]

XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING = XSD + "string"
RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

_INTEGERS = MappingProxyType({XSD + name: bounds for name, bounds in forms.INTEGERS.items()})
#: Datatype of dates and times: kind, the form that surely is a value, and the widest that may be one.
_TIMES = MappingProxyType(
    {
        XSD + "dateTime": (Kind.DATETIME, re.compile(forms.MOMENT), re.compile(forms.ANY_MOMENT)),
        XSD + "date": (Kind.DATE, re.compile(forms.DAY), re.compile(forms.ANY_DAY)),
        XSD + "time": (Kind.TIME, re.compile(forms.HOURS + forms.FRACTION), re.compile(forms.ANY_TIME)),
        XSD + "gYear": (Kind.GYEAR, re.compile(forms.YEAR), re.compile(forms.WIDE_YEAR)),
        XSD + "gYearMonth": (Kind.GYEARMONTH, re.compile(forms.MONTH), re.compile(forms.ANY_MONTH)),
    }
)
_AT_THE_END = re.compile(f"{forms.ZONE}$")


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
        """Value of a number as a double; one of single precision is rounded to that first."""
        found = float(self.lex.replace("INF", "inf"))
        if self.kind is Kind.FLOAT:
            return float(struct.unpack("f", struct.pack("f", found))[0])
        return found if self.kind is Kind.DOUBLE else found + 0.0

    @property
    def truth(self) -> bool:
        """Value of a truth value."""
        return self.lex in {"true", "1"}

    @property
    def zone(self) -> int | None:
        """Minutes by which a date with time lies before UTC, or ``None`` without time zone."""
        mark = _AT_THE_END.search(self.lex) if self.kind is Kind.DATETIME else None
        if mark is None:
            return None
        if mark[0] == "Z":
            return 0
        minutes = int(mark[0][1:3]) * 60 + int(mark[0][4:6])
        return -minutes if mark[0][0] == "-" else minutes

    @property
    def moment(self) -> datetime:
        """First instant of a date or year; the instant of a date with time, in UTC if it has a zone."""
        match self.kind:
            case Kind.GYEAR:
                return datetime(int(self.lex), 1, 1)  # noqa: DTZ001 - such values have no zone
            case Kind.GYEARMONTH:
                return datetime.fromisoformat(self.lex + "-01")
            case Kind.DATE:
                return datetime.fromisoformat(self.lex)
        plain = _AT_THE_END.sub("", self.lex)[:_MICROSECONDS]
        return datetime.fromisoformat(plain) - timedelta(minutes=self.zone or 0)


#: Characters of a date with time whose fraction of a second has six digits.
_MICROSECONDS = len("2024-01-01T00:00:00.000000")


def classify(lex: str, datatype: str) -> Kind:
    """Find the kind of a literal with a datatype that is not that of strings, as the encoding does.

    :param lex: lexical form.
    :param datatype: IRI of the datatype.
    :returns: the kind; ``UNSURE`` where the columns may not hold what the literal is worth.
    """
    if datatype in _INTEGERS:
        return _judged(lex, Kind.INTEGER, _is_integer(lex, *_INTEGERS[datatype]), forms.INTEGER)
    if datatype == XSD + "decimal":
        sure = re.fullmatch(forms.DECIMAL, lex) and re.fullmatch(forms.EXACT, lex)
        return _judged(lex, Kind.DECIMAL, bool(sure), forms.DECIMAL)
    if datatype in {XSD + "float", XSD + "double"}:
        kind = Kind.FLOAT if datatype == XSD + "float" else Kind.DOUBLE
        return _judged(lex, kind, _is_floating(lex, kind), forms.ANY_FLOATING)
    if datatype == XSD + "boolean":
        return _judged(lex, Kind.BOOLEAN, lex in {"true", "false", "1", "0"}, "[^\\s\\S]")
    if datatype in _TIMES:
        kind, sure_form, wide_form = _TIMES[datatype]
        return _judged(lex, kind, bool(sure_form.fullmatch(lex)) and _is_time(lex, kind), wide_form.pattern)
    schema = datatype.startswith(XSD) and datatype.removeprefix(XSD) not in forms.TERMS_ONLY
    return Kind.UNSURE if schema or datatype in _LANGUAGES else Kind.OTHER


_LANGUAGES = frozenset((RDF_LANG_STRING, forms.RDF + "dirLangString"))


def _judged(lex: str, kind: Kind, sure: bool, widest: str) -> Kind:  # noqa: FBT001 - a verdict, and no option
    if sure:
        return kind
    return Kind.UNSURE if re.fullmatch(widest, lex) or lex != lex.strip(" \t\n\r") else Kind.OTHER


def _is_integer(lex: str, least: int, most: int) -> bool:
    digits = lex.lstrip("+-0")
    return bool(re.fullmatch(forms.INTEGER, lex)) and len(digits) < 20 and least <= int(lex) <= most


def _is_floating(lex: str, kind: Kind) -> bool:
    if not re.fullmatch(forms.FLOATING, lex):
        return False
    if lex in {"INF", "-INF", "NaN"}:
        return True
    try:
        found = Constant(kind, lex).double
    except OverflowError:
        return False
    return math.isfinite(found) and (found != 0 or bool(re.fullmatch(forms.ZERO, lex)))


def _is_time(lex: str, kind: Kind) -> bool:
    if kind is Kind.TIME:
        return True
    try:
        _ = Constant(kind, lex).moment
    except (ValueError, OverflowError):
        return False
    return not lex.startswith("0000")
