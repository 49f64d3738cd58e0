"""Exact decimal numbers and currencies."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import list_currencies

from loaders.errors import ValueFault
from loaders.normalise.names import lookup_key

__all__ = ["are_plain_decimals", "currency", "currency_names", "decimal"]

#: The store keeps decimals with 18 places before and after the point; more would be altered without a word.
_MOST_DIGITS = 18

#: Ordinary, no-break, narrow no-break and thin space.
_SPACES = " \u00a0\u202f\u2009"
_NUMBER = {
    sign: re.compile(rf"[-−+]?(?:[0-9]+|[0-9]{{1,3}}(?:[{groups}][0-9]{{3}})+)(?:{re.escape(sign)}[0-9]+)?")
    for sign, groups in ((".", _SPACES), (",", _SPACES + "."))
}
#: With one group of three behind a comma nobody can tell thousands from a decimal comma.
_EITHER = re.compile(r"[-−+]?[0-9]{1,3},[0-9]{3}")
_COMMA_THOUSANDS = re.compile(r"[-−+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")

_PLAIN_LINES = re.compile(rf"(?:(?:0|[1-9][0-9]{{0,{_MOST_DIGITS - 1}}})(?:\.[0-9]{{1,{_MOST_DIGITS}}})?\n)*")

#: Codes of ISO 4217 that stand for no currency and for tests.
_NO_CURRENCY = frozenset({"XXX", "XTS"})
#: Locales whose signs and names of currencies people here use.
_LOCALES = ("en", "cs", "sk", "pl", "hu", "de")
#: Signs that stand for several currencies, whatever one locale says.
_SHARED_SIGNS = frozenset({"$", "¥", "kr", "kr."})


def decimal(text: str, sign: str = ".") -> Decimal:
    """Read a number without losing or inventing a digit.

    :param text: the number as written, thousands set apart by spaces or not at all; with a decimal comma declared also
        by points.
    :param sign: the declared decimal sign, ``.`` or ``,``.
    :returns: the exact number, with the decimal places that were written.
    :raises ValueFault: if the text is no such number; a number with the other decimal sign is refused with its repair.
    """
    text = text.strip()
    if _NUMBER[sign].fullmatch(text) is not None:
        return _exact(text, sign)
    if sign == ".":
        if _EITHER.fullmatch(text) is not None:
            raise ValueFault("number-ambiguous", whole=text.replace(",", ""), parts=text.replace(",", "."))
        if _NUMBER[","].fullmatch(text) is not None:
            raise ValueFault("decimal-comma", repaired=format(_exact(text, ","), "f"))
        if _COMMA_THOUSANDS.fullmatch(text) is not None:
            raise ValueFault("decimal-comma", repaired=text.replace(",", ""))
    raise ValueFault("number-unreadable", sign=sign)


def are_plain_decimals(texts: Sequence[str]) -> bool:
    """Tell whether numbers are all written as :func:`decimal` would have them written: none would be altered.

    :param texts: the numbers.
    """
    lines = "\n".join((*texts, ""))
    return lines.count("\n") == len(texts) and _PLAIN_LINES.fullmatch(lines) is not None


def currency(text: str) -> str:
    """Return the ISO 4217 code of a currency.

    :param text: the code, or a sign or name that only one currency has.
    :raises ValueFault: if no currency, or more than one, is called so.
    """
    code = text.strip().upper()
    if code in list_currencies() and code not in _NO_CURRENCY:
        return code
    found = _names().get(lookup_key(text), "")
    if not found:
        raise ValueFault("unknown-currency")
    return found


@cache
def currency_names() -> Mapping[str, str]:
    """Return the signs and names by which people call currencies.

    :returns: look-up key of a sign or name to the ISO 4217 code; an empty code where several currencies are called so.
    """
    found: dict[str, set[str]] = {}
    for locale in map(Locale.parse, _LOCALES):
        for names in (locale.currency_symbols, locale.currencies):
            for code, name in names.items():
                if code not in _NO_CURRENCY:
                    found.setdefault(lookup_key(name), set()).add(code)
    return {name: min(codes) if len(codes) == 1 and name not in _SHARED_SIGNS else "" for name, codes in found.items()}


def _exact(text: str, sign: str) -> Decimal:
    for separator in _SPACES + ("." if sign == "," else ""):
        text = text.replace(separator, "")
    whole, _, places = text.replace("−", "-").replace(sign, ".").partition(".")
    if len(whole.lstrip("+-").lstrip("0")) > _MOST_DIGITS or len(places) > _MOST_DIGITS:
        raise ValueFault("number-too-long", digits=str(_MOST_DIGITS))
    return Decimal(f"{whole}.{places}" if places else whole)


@cache
def _names() -> dict[str, str]:
    """Return every sign and name that stands for one currency alone."""
    return {name: code for name, code in currency_names().items() if code}
