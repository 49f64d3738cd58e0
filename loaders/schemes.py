"""The SKOS schemes of ``ontology/``, looked up by whatever label people write."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from rdflib import URIRef
from rdflib.namespace import RDF

from loaders import resources
from loaders.identifiers import is_iri
from loaders.normalise.countries import country_code
from loaders.normalise.names import lookup_key
from loaders.turtle import read_turtle
from loaders.vocabulary import COUNTRY, SKOS, prefixes

__all__ = ["COUNTRIES", "Concept", "Scheme", "scheme"]

#: The scheme whose concepts are also known by their names in other languages.
COUNTRIES = "countries"

_TYPE, _CONCEPT, _NOTATION = map(str, (RDF.type, SKOS.Concept, SKOS.notation))
_PREF_LABEL, _ALT_LABEL = map(str, (SKOS.prefLabel, SKOS.altLabel))


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a scheme.

    :param iri: its IRI.
    :param key: last part of the IRI, the short form that records use.
    :param labels: language to preferred label.
    """

    iri: URIRef
    key: str
    labels: Mapping[str, str] = field(hash=False)

    def label(self, language: str) -> str:
        """Return the preferred label in a language, or in English where the language has none."""
        return self.labels.get(language) or self.labels["en"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """All concepts of one scheme.

    :param name: name of its file in ``ontology/`` without ending.
    :param concepts: the concepts, sorted by key.
    :param index: look-up key of every IRI, key, notation and label in any language, to the concept's IRI.
    :param codes: code list of another standard and code in it, to the IRI of the concept that means the same.
    """

    name: str
    concepts: tuple[Concept, ...]
    index: Mapping[str, URIRef] = field(hash=False, repr=False)
    codes: Mapping[tuple[str, str], URIRef] = field(hash=False, repr=False)

    def find(self, text: str) -> URIRef | None:
        """Return the concept that a text names.

        :param text: an IRI, a key, a notation, or a preferred or alternative label in any language; case, accents'
            composition and spacing do not matter. Countries are also known by their names in the EU's languages.
        :returns: the concept's IRI, or ``None`` where the scheme has none of that name.
        """
        found = self.index.get(text.strip() if is_iri(text.strip()) else lookup_key(text))
        if found is None and self.name == COUNTRIES:
            code = country_code(text)
            return COUNTRY[code] if code else None
        return found

    def coded(self, code: str, codelist: str) -> URIRef | None:
        """Return the concept that has a code in a list of another standard.

        :param code: the code as the standard writes it, such as ``4``; case matters.
        :param codelist: the list, as the datatype of notations names it: ``iati:OrganisationRole``, ``cordis:status``.
        :returns: the concept's IRI, or ``None`` where no concept has that code.
        """
        return self.codes.get((codelist, code.strip()))

    def key(self, iri: URIRef) -> str:
        """Return the key of a concept of this scheme: the last part of its IRI."""
        return iri.rsplit("/", 1)[1]

    def choices(self, language: str) -> list[str]:
        """Return all preferred labels in a language, sorted, as offered to people."""
        return sorted((concept.label(language) for concept in self.concepts), key=str.casefold)


@cache
def scheme(name: str) -> Scheme:
    """Return a scheme by the name of its file.

    :param name: such as ``target-groups``.
    :returns: the scheme, read once a process.
    :raises FileNotFoundError: if ``ontology/`` has no such file.
    """
    said = read_turtle(resources.ONTOLOGY / f"{name}.ttl")
    concepts: list[Concept] = []
    index: dict[str, URIRef] = {}
    codes: dict[tuple[str, str], URIRef] = {}
    for node in sorted(said.subjects(_TYPE, _CONCEPT)):
        iri = URIRef(node)
        key = node.rsplit("/", 1)[1]
        labels = {label.language: label.value for label in said.texts(node, _PREF_LABEL)}
        concepts.append(Concept(iri, key, MappingProxyType(labels)))
        # A notation with a datatype is the code of another standard, such as IATI's "4", and no word of people.
        notations = said.texts(node, _NOTATION)
        codes.update(((_short(code.datatype), code.value), iri) for code in notations if code.datatype)
        names = {key, *labels.values(), *[label.value for label in said.texts(node, _ALT_LABEL)]}
        names.update(word.value for word in notations if not word.datatype)
        index[node] = iri
        index.update((lookup_key(name), iri) for name in names)
    return Scheme(name, tuple(concepts), MappingProxyType(index), MappingProxyType(codes))


def _short(iri: str) -> str:
    """Return an IRI as a prefixed name."""
    prefix, namespace = next((name, start) for name, start in prefixes().items() if iri.startswith(start))
    return f"{prefix}:{iri.removeprefix(namespace)}"
