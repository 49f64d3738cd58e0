"""The text of a cell to an RDF term, by the kind of its field."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import unquote

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from loaders.errors import ValueFault
from loaders.findings import LANGUAGES
from loaders.identifiers import is_iri, mint
from loaders.model import ENTITIES, Field, ValueKind
from loaders.normalise import dates, languages, money
from loaders.records import Cell
from loaders.schemes import COUNTRIES, scheme

__all__ = ["Names", "reference", "to_term"]

#: An RDF literal longer than this is not a value but a document; the store refuses 16 MiB, people give up earlier.
_LONGEST_TEXT = 65_536
#: What is longer than the label of a concept is cut before it is compared with labels.
_LONGEST_WORD = 80
_YES = frozenset({"true", "yes", "1", "ano"})
_NO = frozenset({"false", "no", "0", "ne"})


class Names:
    """Turns local keys into IRIs, for one identifier space.

    :param namespace: the identifier space of the source's local ids.
    :param base: base of all instance IRIs.
    """

    def __init__(self, namespace: str, base: str) -> None:
        self.namespace = namespace
        self.base = base

    def iri(self, kind: str, *key: str) -> URIRef:
        """Return the IRI of an entity.

        :param kind: its kind.
        :param key: its key in the identifier space; or, for an entity that the graph has already, its IRI, or the path
            of its IRI under the base, such as ``organisation/curated/iom``.
        """
        if len(key) == 1 and is_iri(key[0]):
            return URIRef(key[0])
        path = key[0].split("/")
        if len(key) == 1 and path[0] == kind and len(path) > 2 and all(path):
            return URIRef(mint(*map(unquote, path), base=self.base))
        return URIRef(mint(kind, self.namespace, *key, base=self.base))


def reference(field: Field, text: str, names: Names) -> URIRef:
    """Return the IRI of the entity that a reference names.

    :param field: the referring field; without a target the text itself says the kind: ``project/elci``.
    :param text: as :meth:`Names.iri` takes it.
    :param names: the source's identifier space.
    :returns: the IRI, whether or not such an entity exists.
    :raises ValueFault: if the field has no target and the text names no known kind.
    """
    if field.target or is_iri(text):
        return names.iri(field.target, text)
    kind, _, key = text.partition("/")
    if kind not in ENTITIES or not key:
        raise ValueFault("reference-without-kind", kinds=", ".join(ENTITIES))
    return names.iri(kind, text if "/" in key else key)


def to_term(field: Field, cell: Cell, names: Names) -> URIRef | Literal:
    """Return the term that a cell states.

    :param field: the field that the cell fills.
    :param cell: the cell, not blank.
    :param names: the source's identifier space, for references.
    :returns: an IRI or a literal with the lexical form that the value has, never rounded or completed.
    :raises ValueFault: if the text is not a value of the field's kind; names the rule of ``messages.yaml``.
    """
    text = cell.text.strip()
    if len(text) > _LONGEST_TEXT:
        raise ValueFault("text-too-long", limit=str(_LONGEST_TEXT))
    if field.kind is ValueKind.REFERENCE:
        return reference(field, text, names)
    if field.kind is ValueKind.TEXT:
        return Literal(text, lang=cell.language or None)
    return _CONVERTERS[field.kind](field, text)


def _concept(field: Field, text: str) -> URIRef:
    known = scheme(field.target)
    found = known.find(text)
    if found is None:
        raise ValueFault(f"unknown-{field.target}", **_help(field.target, text[:_LONGEST_WORD]))
    return found


@lru_cache(maxsize=4096)
def _help(name: str, text: str) -> dict[str, str]:
    """Return the choices of a scheme and those nearest to a text; one wrong word tends to stand in many rows."""
    if name == COUNTRIES:
        return {}  # their message names no choices, and 250 names take long to compare
    found: dict[str, str] = {}
    for language in LANGUAGES:
        choices = scheme(name).choices(language)
        found[f"choices_{language}"] = ", ".join(choices)
        found[f"nearest_{language}"] = ", ".join(get_close_matches(text, choices, n=3, cutoff=0.0))
    return found


def _date(_field: Field, text: str) -> Literal:
    lexical, datatype = dates.partial_date(text)
    return Literal(lexical, datatype=XSD[datatype], normalize=False)


def _duration(_field: Field, text: str) -> Literal:
    return Literal(dates.duration(text), datatype=XSD.duration, normalize=False)


def _decimal(_field: Field, text: str) -> Literal:
    return Literal(format(money.decimal(text), "f"), datatype=XSD.decimal, normalize=False)


def _integer(_field: Field, text: str) -> Literal:
    number = money.decimal(text)
    if number != number.to_integral_value():
        raise ValueFault("not-an-integer")
    return Literal(format(number.to_integral_value(), "f"), datatype=XSD.integer, normalize=False)


def _boolean(_field: Field, text: str) -> Literal:
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValueFault("not-yes-or-no")
    return Literal("true" if word in _YES else "false", datatype=XSD.boolean, normalize=False)


def _url(_field: Field, text: str) -> URIRef:
    if not is_iri(text):
        raise ValueFault("not-a-web-address")
    return URIRef(text)


_CONVERTERS: Mapping[ValueKind, Callable[[Field, str], URIRef | Literal]] = MappingProxyType(
    {
        ValueKind.STRING: lambda _field, text: Literal(text),
        ValueKind.DATE: _date,
        ValueKind.DURATION: _duration,
        ValueKind.DECIMAL: _decimal,
        ValueKind.INTEGER: _integer,
        ValueKind.BOOLEAN: _boolean,
        ValueKind.URL: _url,
        ValueKind.CURRENCY: lambda _field, text: Literal(money.currency(text)),
        ValueKind.LANGUAGE: lambda _field, text: Literal(languages.language_code(text)),
        ValueKind.CONCEPT: _concept,
    }
)
