"""Country codes from whatever name a source uses for a country."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from loaders.normalise.country_names import further_names, plain, spellings, unique
from loaders.normalise.names import lookup_key

__all__ = ["country_code", "country_names", "doubtful_country_code"]

#: The languages of the European Union, Russian and Ukrainian.
_LANGUAGES = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it"),
    *("lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"),
    *("ru", "uk"),
)
#: Those of the Union's neighbours and of large groups of newcomers, which are read when no other knows a name.
_FURTHER_LANGUAGES = (
    *("be", "bs", "ca", "is", "lb", "mk", "nb", "sq", "sr", "sr_Latn", "tr"),
    *("am", "ar", "az", "bn", "fa", "he", "hi", "hy", "id", "ja", "ka", "kk", "ko", "ku", "ky", "mn", "ne", "ps"),
    *("so", "sw", "ta", "tg", "th", "ti", "ur", "uz", "vi", "zh"),
)
#: Where the EU authority table departs from ISO 3166 alpha-3.
_AUTHORITY = {"XK": "1A0", "TF": "FQ0"}
#: Codes that sources use beside ISO 3166: of the EU, of the World Bank, for Kosovo, and withdrawn ones of countries
#: that only changed their name. Not ZAR, which was Zaire and is often meant for South Africa, and not CS, which was
#: both Czechoslovakia, and Serbia and Montenegro.
_OTHER_CODES = dict.fromkeys(("XKX", "XKK", "KOS", "KSV", "RKS"), "1A0") | {
    "EL": "GRC",
    "UK": "GBR",
    "WBG": "PSE",
    "ROM": "ROU",
    "TP": "TLS",
    "TMP": "TLS",
    "ZR": "COD",
}
#: States that ended and became several or part of another, by the ISO 3166 alpha-3 that the authority table keeps, with
#: their alpha-2 where no other state had it.
_ENDED = {"ANT": "AN", "CSK": "", "DDR": "DD", "SCG": "", "SUN": "SU", "YMD": "YD", "YUG": "YU"}
#: What CLDR names beside countries: codes for private use, the Union, and islands without a code of their own.
_NO_COUNTRY = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ|EU|AC|DG|TA|UM")
#: Names that several countries share, although one language or another gives them to one alone.
_SHARED_NAMES = frozenset({"congo", "kongo", "конго", "الكونغو", "刚果", "korea"})
#: Codes that Czech and Slovak writers use for another country than ISO 3166 does, to the country they may mean.
_IN_DOUBT = {"CR": "CZE", "SR": "SVK"}
#: Alpha-3 codes that CLDR lists although ISO 3166 has withdrawn them.
_WITHDRAWN = frozenset({"ATB", "BUR", "FXX", "NTZ", "ROM", "TMP", "YMD", "ZAR", "DDR", "SCG", "YUG", "ANT", "CSK"})

#: What is longer is no name of a country.
_LONGEST = 120


def country_code(text: str) -> str | None:
    """Return the code of a country in the EU authority table: ISO 3166 alpha-3, save for the table's own exceptions.

    A name that a country had before is that country; a state that ended and became several has a code of its own.

    :param text: an alpha-2 or alpha-3 code, another code in common use such as ``EL`` or ``XKX``; or a name in a
        language of the EU, of its neighbours or of newcomers, short or official, with or without article and accents.
        Numbers are none: IATI gives regions such as 498 (America) the numbers that ISO 3166 gives to countries.
    :returns: the code, or ``None`` where no country, or more than one, is called so.
    """
    key = lookup_key(text)
    return _found(key) if len(key) <= _LONGEST else None


def country_names() -> Mapping[str, str]:
    """Return the names by which people call countries in the languages of the EU, Russian and Ukrainian.

    :returns: look-up key of a name to the code of its country; an empty code where several countries are called so.
    """
    return _names(_LANGUAGES) | dict.fromkeys(_SHARED_NAMES, "")


def doubtful_country_code(text: str) -> str:
    """Return what a code may stand for where writers and ISO 3166 differ: ``CR`` is Costa Rica, or the Czech Republic.

    :param text: the text that names a country.
    :returns: code of the country that may be meant instead, or an empty string where nothing is in doubt.
    """
    return _IN_DOUBT.get(text.strip(), "")


@lru_cache(maxsize=4096)
def _found(key: str) -> str | None:
    code = _codes().get(key)
    if code is not None:
        return code
    ways = spellings(key)
    if not _SHARED_NAMES.isdisjoint(ways):
        return None
    for languages in (_LANGUAGES, _FURTHER_LANGUAGES):
        found = [_names(languages).get(way) for way in ways] + [_plain_names(languages).get(plain(way)) for way in ways]
        if any(found):
            return next(code for code in found if code)
    return None


@cache
def _alpha3() -> dict[str, str]:
    """Return alpha-2 to authority code, from the aliases of CLDR."""
    pairs = {
        targets[0]: alias
        for alias, targets in get_global("territory_aliases").items()
        if len(alias) == 3
        and alias.isalpha()
        and len(targets) == 1
        and alias not in _WITHDRAWN
        and _NO_COUNTRY.fullmatch(targets[0]) is None
    }
    return pairs | _AUTHORITY


@cache
def _codes() -> dict[str, str]:
    own = {code: code for code in (*_alpha3().values(), *_ENDED)}
    ended = {alpha2: code for code, alpha2 in _ENDED.items() if alpha2}
    return {lookup_key(code): meant for code, meant in (own | _alpha3() | ended | _OTHER_CODES).items()}


@cache
def _names(languages: tuple[str, ...]) -> dict[str, str]:
    """Return names to codes: those of CLDR, and with the first languages our own list, which has the last word."""
    territories = ((code, name) for language in languages for code, name in Locale.parse(language).territories.items())
    names = unique(((name, _alpha3()[code]) for code, name in territories if code in _alpha3()), lookup_key)
    return names | unique(further_names(), lookup_key) if languages is _LANGUAGES else names


@cache
def _plain_names(languages: tuple[str, ...]) -> dict[str, str]:
    return unique(((way, code) for name, code in _names(languages).items() for way in spellings(name)), plain)
