"""Towns and countries as names of organisations carry them, in the languages of Europe."""

from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

from graph_app.identity.lists import Phrase, lists
from loaders.normalise.countries import country_code, country_names
from loaders.normalise.folding import sounds, words

__all__ = ["countries", "country_of", "towns"]

#: Languages whose names of towns are read; a town's key is its English name.
_LANGUAGES = (
    *("en", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv"),
    *("nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk"),
)


@cache
def towns() -> Mapping[Phrase, str]:
    """Return the names of towns: those that CLDR has, as each gives a time zone its name, and a list of our own.

    :returns: the words of a name to the key of the town.
    """
    found: dict[Phrase, str] = {}
    for _, key, names in _all_towns():
        for name in names:
            found.setdefault(name, key)
    return {
        name: key for name, key in found.items() if name not in lists().no_places and name[0] not in lists().stop_words
    }


@cache
def country_of(town: str) -> str:
    """Return the country of a town, as the EU authority table codes it, or an empty string.

    :param town: key of the town.
    """
    return next((country for country, key, _ in _all_towns() if key == town), "")


@cache
def countries() -> Mapping[Phrase, str]:
    """Return the names of countries and the adjectives that stand for them.

    :returns: the words of a name to the code of the country in the EU authority table.
    """
    named = {sounds(words(name)): code for name, code in country_names().items() if code and len(name) > 3}
    named |= {name: code for code, names in lists().adjectives.items() for name in names}
    return {name: code for name, code in named.items() if name and name not in lists().no_places}


@cache
def _all_towns() -> tuple[tuple[str, str, frozenset[Phrase]], ...]:
    return (*lists().towns, *_towns_of_zones())


def _towns_of_zones() -> Iterator[tuple[str, str, frozenset[Phrase]]]:
    zones: Mapping[str, str] = get_global("zone_territories")
    named = [Locale.parse(language).time_zones for language in _LANGUAGES]
    for zone, territory in zones.items():
        area, _, town = zone.rpartition("/")
        if not area or area.startswith(("Antarctica", "Etc", "Arctic")):
            continue
        english = named[0].get(zone, {}).get("city") or town.replace("_", " ")
        cities = {english, *(of_language.get(zone, {}).get("city") or english for of_language in named)}
        names = frozenset(filter(None, (sounds(words(city)) for city in cities)))
        yield country_code(territory) or "", " ".join(words(english)), names
