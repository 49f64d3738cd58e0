"""The text of a cell to a term of N-Quads, by the kind of its field."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import unquote

from rdflib.namespace import XSD

from loaders.errors import ValueFault
from loaders.fields import Field, ValueKind
from loaders.findings import LANGUAGES
from loaders.identifiers import is_iri, mint
from loaders.mapping.lines import iri, literal
from loaders.model import ENTITIES
from loaders.normalise import dates, languages, money
from loaders.records import Cell
from loaders.schemes import COUNTRIES, scheme

__all__ = ["Names", "to_term"]

#: An RDF literal longer than this is not a value but a document; the store refuses 16 MiB, people give up earlier.
_LONGEST_TEXT = 65_536
#: What is longer than the label of a concept is cut before it is compared with labels.
_LONGEST_WORD = 80
#: Answers kept for words that come again; enough for the organisations of a large file, and some ten megabytes.
_REMEMBERED = 65_536
_YES = frozenset({"true", "yes", "1", "ano"})
_NO = frozenset({"false", "no", "0", "ne"})


class Names:
    """Turns local keys into IRIs, for one identifier space.

    :param namespace: the identifier space of the source's local ids.
    :param base: base of all instance IRIs.
    :param addresses: whether a key may be the IRI of an entity of the graph, or the path of that IRI under the base,
        such as ``organisation/curated/iom``; else it is an id of the source, whatever it looks like.
    """

    def __init__(self, namespace: str, base: str, *, addresses: bool = False) -> None:
        self.namespace = namespace
        self.base = base
        self.addresses = addresses
        self._known = lru_cache(maxsize=_REMEMBERED)(self._iri)

    def iri(self, kind: str, *key: str) -> str:
        """Return the IRI of an entity, as N-Quads text.

        :param kind: its kind.
        :param key: its key in the identifier space; or its address, where those are allowed.
        """
        return self._known(kind, *key)

    def elsewhere(self, kind: str, space: str, key: str) -> str:
        """Return the IRI of an entity of another identifier space, as N-Quads text.

        :param kind: its kind.
        :param space: the identifier space.
        :param key: its key there.
        """
        return iri(mint(kind, space, key, base=self.base))

    def _iri(self, kind: str, *key: str) -> str:
        if self.addresses and len(key) == 1:
            if is_iri(key[0]):
                return iri(key[0])
            path = key[0].split("/")
            if path[0] == kind and len(path) > 2 and all(path):
                return iri(mint(*map(unquote, path), base=self.base))
        return iri(mint(kind, self.namespace, *key, base=self.base))


def to_term(field: Field, cell: Cell, names: Names) -> str:
    """Return the term that a cell states, as N-Quads text.

    :param field: the field that the cell fills.
    :param cell: the cell, not blank.
    :param names: the source's identifier space, for references.
    :returns: an IRI or a literal with the lexical form that the value has, never rounded or completed.
    :raises ValueFault: if the text is not a value of the field's kind; names the rule of ``messages/``.
    """
    text = cell.text.strip()
    kind = field.kind
    if len(text) > _LONGEST_TEXT:
        raise ValueFault("text-too-long", limit=str(_LONGEST_TEXT))
    if kind is ValueKind.TEXT:
        return literal(text, cell.language)
    if kind is ValueKind.STRING:
        return literal(text)
    if kind is ValueKind.REFERENCE:
        return names.elsewhere(field.target, cell.space, text) if cell.space else _reference(field, text, names)
    return (_known_value if len(text) <= _LONGEST_WORD else _value)(kind, field.target, text)


def _reference(field: Field, text: str, names: Names) -> str:
    """Return the entity that a reference names, whether or not such an entity exists.

    A field without a target has the kind in the text itself: ``project/elci``.
    """
    if field.target or (names.addresses and is_iri(text)):
        return names.iri(field.target, text)
    kind, _, key = text.partition("/")
    if kind not in ENTITIES or not key:
        raise ValueFault("reference-without-kind", kinds=", ".join(ENTITIES))
    return names.iri(kind, text if names.addresses and "/" in key else key)


def _value(kind: ValueKind, target: str, text: str) -> str:
    return _CONVERTERS[kind](target, text)


#: Dates, codes and names of concepts come again and again; a fault is found anew each time.
_known_value = lru_cache(maxsize=_REMEMBERED)(_value)


def _concept(target: str, text: str) -> str:
    found = scheme(target).find(text)
    if found is None:
        raise ValueFault(f"unknown-{target}", **_help(target, text[:_LONGEST_WORD]))
    return iri(found)


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


def _date(_target: str, text: str) -> str:
    lexical, datatype = dates.partial_date(text)
    return literal(lexical, datatype=XSD[datatype])


def _duration(_target: str, text: str) -> str:
    return literal(dates.duration(text), datatype=XSD.duration)


def _decimal(_target: str, text: str) -> str:
    return literal(format(money.decimal(text), "f"), datatype=XSD.decimal)


def _integer(_target: str, text: str) -> str:
    number = money.decimal(text)
    if number != number.to_integral_value():
        raise ValueFault("not-an-integer")
    return literal(format(number.to_integral_value(), "f"), datatype=XSD.integer)


def _boolean(_target: str, text: str) -> str:
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValueFault("not-yes-or-no")
    return literal("true" if word in _YES else "false", datatype=XSD.boolean)


def _url(_target: str, text: str) -> str:
    if not is_iri(text):
        raise ValueFault("not-a-web-address")
    return iri(text)


_CONVERTERS: Mapping[ValueKind, Callable[[str, str], str]] = MappingProxyType(
    {
        ValueKind.DATE: _date,
        ValueKind.DURATION: _duration,
        ValueKind.DECIMAL: _decimal,
        ValueKind.INTEGER: _integer,
        ValueKind.BOOLEAN: _boolean,
        ValueKind.URL: _url,
        ValueKind.CURRENCY: lambda _target, text: literal(money.currency(text)),
        ValueKind.LANGUAGE: lambda _target, text: literal(languages.language_code(text)),
        ValueKind.CONCEPT: _concept,
    }
)
