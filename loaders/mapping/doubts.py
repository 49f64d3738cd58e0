"""Values that can be used and may still not be what was meant: a person should look at them."""

from collections.abc import Iterator

from rdflib import Literal, URIRef

from loaders.findings import LANGUAGES
from loaders.model import Field, ValueKind
from loaders.normalise.countries import doubtful_country_code
from loaders.normalise.names import suspicions
from loaders.schemes import COUNTRIES, scheme
from loaders.vocabulary import COUNTRY

__all__ = ["doubts"]


def doubts(field: Field, text: str, term: URIRef | Literal) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what is in doubt about a value that was read.

    :param field: the field that the value fills.
    :param text: the value as written.
    :param term: what it was read as.
    :returns: rules of ``messages.yaml``, each with what else its message names.
    """
    if field.kind in {ValueKind.TEXT, ValueKind.STRING}:
        yield from ((rule, {}) for rule in suspicions(text))
    if field.target == COUNTRIES and (code := doubtful_country_code(text)):
        named = {"read": term, "perhaps": COUNTRY[code]}
        yield (
            "country-code-in-doubt",
            {
                f"{name}_{language}": concept.label(language)
                for name, iri in named.items()
                for concept in scheme(COUNTRIES).concepts
                if concept.iri == iri
                for language in LANGUAGES
            },
        )
