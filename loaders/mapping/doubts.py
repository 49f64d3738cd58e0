"""Values that can be used and may still not be what was meant: a person should look at them."""

from collections.abc import Mapping

from loaders.findings import LANGUAGES
from loaders.mapping.lines import iri
from loaders.normalise.countries import doubtful_country_code
from loaders.normalise.names import suspicions
from loaders.schemes import COUNTRIES, scheme
from loaders.vocabulary import COUNTRY

__all__ = ["Doubt", "text_doubts", "word_doubts"]

#: A rule of ``messages/``, with what else its message names.
Doubt = tuple[str, Mapping[str, str]]


def text_doubts(text: str) -> tuple[Doubt, ...]:
    """Return what is in doubt about a text that is kept as it is.

    :param text: the text as written.
    """
    return tuple([(rule, {}) for rule in suspicions(text)])


def word_doubts(target: str, text: str, term: str) -> tuple[Doubt, ...]:
    """Return what is in doubt about a word that was read as a term.

    :param target: the scheme of a concept, or whatever else the field aims at.
    :param text: the word as written.
    :param term: what it was read as, as N-Quads text.
    """
    if target == COUNTRIES and (code := doubtful_country_code(text)):
        return (("country-code-in-doubt", _named(read=term, perhaps=iri(COUNTRY[code]))),)
    return ()


def _named(**countries: str) -> dict[str, str]:
    """Return the names of countries in every language."""
    return {
        f"{name}_{language}": concept.label(language)
        for name, country in countries.items()
        for concept in scheme(COUNTRIES).concepts
        if iri(concept.iri) == country
        for language in LANGUAGES
    }
