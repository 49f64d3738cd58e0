"""A word that is no text of its own to a term of N-Quads: a concept, date, number, code or address."""

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import heappush, heappushpop
from types import MappingProxyType

from rdflib.namespace import XSD

from loaders.errors import ValueFault
from loaders.fields import ValueKind
from loaders.findings import LANGUAGES
from loaders.identifiers import is_iri
from loaders.mapping.lines import iri, literal
from loaders.normalise import dates, languages, money
from loaders.schemes import COUNTRIES, scheme

__all__ = ["word_term"]

#: What is longer than the label of a concept is cut before it is compared with labels.
_LONGEST_WORD = 80
#: Choices that a message names as the nearest.
_SHOWN = 3
_YES = frozenset({"true", "yes", "1", "ano"})
_NO = frozenset({"false", "no", "0", "ne"})


def word_term(kind: ValueKind, target: str, text: str) -> str:
    """Return the term that a word states, as N-Quads text.

    :param kind: how it is read; neither a text nor a reference.
    :param target: the scheme of a concept, or empty.
    :param text: the word.
    :raises ValueFault: if it is no value of the kind; names the rule of ``messages/``.
    """
    return _CONVERTERS[kind](target, text)


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
        found[f"nearest_{language}"] = ", ".join(_nearest(text, choices))
    return found


def _nearest(text: str, choices: Sequence[str]) -> list[str]:
    """Return the choices that are most like a text, the best first.

    What is quickly known to be less alike than those found is not compared in full; a long list of words that nobody
    knows is read in seconds so.
    """
    matcher = SequenceMatcher(b=text)
    bounds: list[tuple[float, str]] = []
    for choice in choices:
        matcher.set_seq1(choice)
        bounds.append((matcher.quick_ratio(), choice))
    best: list[tuple[float, str]] = []
    for bound, choice in sorted(bounds, reverse=True):
        if len(best) == _SHOWN and bound < best[0][0]:
            break
        matcher.set_seq1(choice)
        keep = heappush if len(best) < _SHOWN else heappushpop
        keep(best, (matcher.ratio(), choice))
    return [choice for _, choice in sorted(best, reverse=True)]


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
