"""Values that can be used and may still not be what was meant: a person should look at them."""

from collections.abc import Iterable

from loaders.fields import Field, ValueKind
from loaders.findings import LANGUAGES
from loaders.mapping.lines import iri
from loaders.normalise.countries import doubtful_country_code
from loaders.normalise.names import suspicions
from loaders.schemes import COUNTRIES, scheme
from loaders.vocabulary import COUNTRY

__all__ = ["doubts"]


def doubts(field: Field, text: str, term: str) -> Iterable[tuple[str, dict[str, str]]]:
    """Return what is in doubt about a value that was read.

    :param field: the field that the value fills.
    :param text: the value as written.
    :param term: what it was read as, as N-Quads text.
    :returns: rules of ``messages/``, each with what else its message names.
    """
    if field.kind is ValueKind.TEXT or field.kind is ValueKind.STRING:
        return [(rule, {}) for rule in suspicions(text)]
    if field.target == COUNTRIES and (code := doubtful_country_code(text)):
        return [("country-code-in-doubt", _named(read=term, perhaps=iri(COUNTRY[code])))]
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
