"""Country codes from whatever name a source uses for a country."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from loaders.normalise.names import lookup_key

__all__ = ["country_code", "doubtful_country_code"]

#: The languages of the European Union, and those of large groups of newcomers.
_LANGUAGES = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it"),
    *("lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"),
    *("ru", "uk", "vi"),
)
#: Where the EU authority table departs from ISO 3166 alpha-3.
_AUTHORITY = {"XK": "1A0", "TF": "FQ0"}
#: Alpha-2 codes of the EU that ISO 3166 does not have.
_EU_ALPHA2 = {"EL": "GR", "UK": "GB"}
#: What CLDR names beside countries: codes for private use, the Union, and islands without a code of their own.
_NO_COUNTRY = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ|EU|AC|DG|TA|UM")
#: Names that several countries share, although one language or another gives them to one alone.
_SHARED_NAMES = frozenset({"congo", "kongo", "korea"})
#: Codes that Czech and Slovak writers use for another country than ISO 3166 does, to the country they may mean.
_IN_DOUBT = {"CR": "CZE", "SR": "SVK"}
#: Alpha-3 codes that CLDR lists although ISO 3166 has withdrawn them.
_WITHDRAWN = frozenset({"ATB", "BUR", "FXX", "NTZ", "ROM", "TMP", "YMD", "ZAR", "DDR", "SCG", "YUG", "ANT", "CSK"})


def country_code(text: str) -> str | None:
    """Return the code of a country in the EU authority table: ISO 3166 alpha-3, save for the table's own exceptions.

    :param text: an alpha-2 or alpha-3 code, ``EL`` or ``UK``, or a name in a language of the EU, Russian, Ukrainian or
        Vietnamese.
    :returns: the code, or ``None`` where no country, or more than one, is called so.
    """
    return _codes().get(lookup_key(text))


def doubtful_country_code(text: str) -> str:
    """Return what a code may stand for where writers and ISO 3166 differ: ``CR`` is Costa Rica, or the Czech Republic.

    :param text: the text that names a country.
    :returns: code of the country that may be meant instead, or an empty string where nothing is in doubt.
    """
    return _IN_DOUBT.get(text.strip(), "")


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
    found: dict[str, set[str]] = {}
    for language in _LANGUAGES:
        for alpha2, name in Locale.parse(language).territories.items():
            if alpha2 in _alpha3():
                found.setdefault(lookup_key(name), set()).add(_alpha3()[alpha2])
    names = {name: min(codes) for name, codes in found.items() if len(codes) == 1 and name not in _SHARED_NAMES}
    codes = {lookup_key(code): code for code in _alpha3().values()}
    codes |= {lookup_key(alpha2): code for alpha2, code in _alpha3().items()}
    codes |= {lookup_key(eu): _alpha3()[iso] for eu, iso in _EU_ALPHA2.items()}
    return names | codes
