"""How a cell is read: split, translated, and brought from the form that a map declares into the usual one."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from babel.core import Locale

from loaders.errors import ValueFault
from loaders.normalise.names import lookup_key

__all__ = ["DATE_FORMS", "NUMBER_FORMS", "Reading", "is_date_form", "read_date", "read_number"]

_SPACES = " \u00a0\u202f\u2009"
#: A number form as people write it: decimal sign, and what sets thousands apart.
NUMBER_FORMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "1234.56": (".", ""),
        "1234,56": (",", ""),
        "1,234.56": (".", ","),
        "1.234,56": (",", "."),
        "1 234,56": (",", _SPACES),
        "1 234.56": (".", _SPACES),
        "1'234.56": (".", "'’"),
        "fraction": (".", ""),
    }
)
_SCIENTIFIC = re.compile(r"[-+]?[0-9](?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}")
#: Letters of a date form, to what they match.
_DATE_PARTS = {
    "yyyy": r"(?P<y>[0-9]{4})",
    "yy": r"(?P<yy>[0-9]{2})",
    "mm": r"(?P<m>[0-9]{2})",
    "m": r"(?P<m>[0-9]{1,2})",
    "dd": r"(?P<d>[0-9]{2})",
    "d": r"(?P<d>[0-9]{1,2})",
}
_DATE_TOKEN = re.compile(r"yyyy|yy|mm|m|dd|d|[ ./-]+")
#: Forms that are offered where a map names another one.
DATE_FORMS = ("yyyy-mm-dd", "d.m.yyyy", "dd.mm.yyyy", "dd.mm.yy", "d/m/yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "yyyymmdd")
_ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
#: Two digits of a year mean this century; no list of projects that is published today is older.
_CENTURY = 2000
_LOCALES = ("en", "cs", "de", "pl", "fr")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the text of a cell becomes values; every step is one that a map declares.

    :param split: separators between several values in one cell.
    :param whole: names that hold such a separator themselves.
    :param before: text of which only what stands before is the value.
    :param after: text of which only what stands after is the value.
    :param none: look-up keys of what is written where there is no value.
    :param values: look-up key of a written value, to what it means.
    :param case: ``upper`` or ``lower`` where letter case varies without meaning.
    :param dates: forms of dates, tried in this order.
    :param number: form of numbers.
    :param currency: code of the currency whose sign may stand with a number.
    :param language: BCP 47 code of texts.
    """

    split: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    none: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    case: str = ""
    dates: tuple[str, ...] = ()
    number: str = ""
    currency: str = ""
    language: str = ""

    def parts(self, text: str) -> list[str]:
        """Return the values of a cell as written, without blanks around them."""
        pieces = _pieces(text, self.split, self.whole) if self.split else [text]
        return [part for part in map(str.strip, pieces) if part and not self._is_none(part)]

    def read(self, text: str) -> str:
        """Return what one value means.

        :param text: one of the :meth:`parts` of a cell.
        :returns: the value in its usual form; empty where it is written but says that there is none.
        :raises ValueFault: if it does not have the declared form.
        """
        if self.before:
            text = text.partition(self.before)[0].strip()
        if self.after:
            text = text.partition(self.after)[2].strip()
        if self.values:
            text = self.values.get(lookup_key(text), text)
        if self._is_none(text):
            return ""
        if self.case:
            text = text.upper() if self.case == "upper" else text.lower()
        if text and self.dates:
            text = read_date(text, self.dates)
        if text and self.number:
            text = read_number(text, self.number, self.currency)
        return text

    def _is_none(self, text: str) -> bool:
        return bool(self.none) and lookup_key(text) in self.none


def _pieces(text: str, separators: tuple[str, ...], whole: tuple[str, ...]) -> list[str]:
    pieces = [""]
    last = 0
    for match in _splitter(separators, whole).finditer(text):
        pieces[-1] += text[last : match.start()]
        if match.group() in separators:
            pieces.append("")
        else:
            pieces[-1] += match.group()
        last = match.end()
    pieces[-1] += text[last:]
    return pieces


@cache
def _splitter(separators: tuple[str, ...], whole: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, (*sorted(whole, key=len, reverse=True), *separators))))


def read_date(text: str, forms: tuple[str, ...]) -> str:
    """Read a date of a declared form.

    :param text: the date as written; ISO 8601 is always understood, as workbooks give their own dates so.
    :param forms: such as ``d.m.yyyy``: ``d`` and ``m`` with one or two digits, ``dd`` and ``mm`` with two.
    :returns: the day in ISO 8601.
    :raises ValueFault: if it has none of the forms, or there is no such day.
    """
    if _ISO.fullmatch(text) is not None:
        return text
    for form in forms:
        match = _date_form(form).fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        year = int(found["y"]) if found.get("y") else _CENTURY + int(found["yy"])
        try:
            return date(year, int(found["m"]), int(found["d"])).isoformat()
        except ValueError as error:
            raise ValueFault("date-impossible") from error
    raise ValueFault("map-date", forms=", ".join(forms))


@cache
def _date_form(form: str) -> re.Pattern[str]:
    return re.compile(_DATE_TOKEN.sub(lambda token: _DATE_PARTS.get(token.group(), re.escape(token.group())), form))


def is_date_form(form: str) -> bool:
    """Tell whether a text is a form of days: day, month and year once each, and signs between them."""
    tokens = [token for token in _DATE_TOKEN.findall(form) if token in _DATE_PARTS]
    rest = _DATE_TOKEN.sub("", form)
    return not rest and sorted(token[0] for token in tokens) == ["d", "m", "y"]


def read_number(text: str, form: str, currency: str = "") -> str:
    """Read a number of a declared form.

    :param text: the number as written, with a percent sign or the sign of its currency or without.
    :param form: a key of :data:`NUMBER_FORMS`; ``fraction`` is a share of 1 that means a percentage.
    :param currency: code of the currency whose sign may stand beside the number.
    :returns: the number with a decimal point, every digit as written.
    :raises ValueFault: if the text is no number of that form.
    """
    bare = _without_unit(text, currency)
    sign, _ = NUMBER_FORMS[form]
    if sign == "." and _SCIENTIFIC.fullmatch(bare) is not None:
        return format(Decimal(bare), "f")
    if _number_form(form).fullmatch(bare) is None:
        raise ValueFault("map-number", form=form)
    plain = bare.replace("−", "-")
    for group in NUMBER_FORMS[form][1]:
        plain = plain.replace(group, "")
    plain = plain.replace(sign, ".")
    return format((Decimal(plain) * 100).normalize(), "f") if form == "fraction" else plain


@cache
def _number_form(form: str) -> re.Pattern[str]:
    sign, groups = NUMBER_FORMS[form]
    grouped = rf"|[0-9]{{1,3}}(?:[{re.escape(groups)}][0-9]{{3}})+" if groups else ""
    return re.compile(rf"[-−+]?(?:[0-9]+{grouped})(?:{re.escape(sign)}[0-9]+)?")


def _without_unit(text: str, currency: str) -> str:
    bare = text.strip().removesuffix("%").rstrip()
    for unit in _units(currency):
        for cut in (_removed_prefix, _removed_suffix):
            bare = cut(bare, unit)
    return bare


def _removed_prefix(text: str, unit: str) -> str:
    return text[len(unit) :].lstrip() if text[: len(unit)].casefold() == unit else text


def _removed_suffix(text: str, unit: str) -> str:
    return text[: -len(unit)].rstrip() if text[-len(unit) :].casefold() == unit else text


@cache
def _units(currency: str) -> tuple[str, ...]:
    """Return what may stand beside an amount of a currency: its code, and its sign in several languages."""
    if not currency:
        return tuple(chr(code) for code in range(0x20A0, 0x20C0) if unicodedata.category(chr(code)) == "Sc")
    signs = {str(Locale.parse(locale).currency_symbols.get(currency, currency)) for locale in _LOCALES}
    return tuple(sorted({sign.casefold() for sign in (currency, *signs)}, key=len, reverse=True))
