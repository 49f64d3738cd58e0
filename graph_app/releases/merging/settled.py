"""Which IRI and which names a group of mentions gets, from what the content says of each."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from graph_app.releases.merging.clusters import Groups
from graph_app.store.sorted_lines import Text, beginning_with
from loaders.vocabulary import DCT, SKOS

__all__ = ["NAMES", "Settled", "language_of", "literal_of", "settle"]

#: Predicates of which one statement a language is the name, as lines of N-Quads have them.
NAMES = frozenset(f"<{predicate}>".encode() for predicate in (SKOS.prefLabel, DCT.title))

_LANGUAGE = re.compile(rb'"@([A-Za-z0-9-]+) <[^<> ]+> \.\n\Z')


@dataclass(frozen=True, slots=True)
class Settled:
    """What follows for content; IRIs as lines of N-Quads have them, without angle brackets.

    :param entities: the IRI of each mention of a group to the IRI of what it is a mention of.
    :param named_by: the IRI of each mention to the languages in which its name is that of the whole group.
    :param names: the IRI of each group to its names, literals as lines have them.
    """

    entities: Mapping[bytes, bytes] = field(hash=False)
    named_by: Mapping[bytes, frozenset[bytes]] = field(hash=False)
    names: Mapping[bytes, frozenset[bytes]] = field(hash=False)


def settle(groups: Groups, texts: Sequence[Text], base: str) -> Settled:
    """Choose for each group its IRI and its names.

    The IRI is that of the mention which was there first: of the dataset that was published first, and within it the one
    that sorts first. So what is published later never changes it. The name in each language is that of the first
    mention that has one; the others are other names.

    :param groups: what is one; IRIs without the base where they begin with it.
    :param texts: the content of the datasets as it was loaded, that of the one published first before the others.
    :param base: base of all instance IRIs.
    """
    entities: dict[bytes, bytes] = {}
    named_by: dict[bytes, frozenset[bytes]] = {}
    named: dict[bytes, frozenset[bytes]] = {}
    for members in groups.groups:
        iris = [(iri if "://" in iri else base + iri).encode() for iri in members]
        said = {iri: [beginning_with(text, b"<" + iri + b"> ") for text in texts] for iri in iris}
        taken: dict[bytes, bytes] = {}
        ordered = sorted(iris, key=lambda iri: (_first(said[iri]), iri))
        for iri in ordered:
            fresh = {language: name for language, name in _names(said[iri]) if language not in taken}
            entities[iri], named_by[iri] = ordered[0], frozenset(fresh)
            taken |= fresh
        named[ordered[0]] = frozenset(taken.values())
    return Settled(entities, named_by, named)


def language_of(line: bytes) -> bytes:
    """Return the language of the literal of a line, or nothing.

    :param line: a line of canonical N-Quads.
    """
    found = _LANGUAGE.search(line)
    return found[1] if found else b""


def literal_of(rest: bytes) -> bytes:
    """Return the literal of a line.

    :param rest: the line behind its predicate.
    """
    return rest[: rest.rindex(b" <")]


def _first(said: Sequence[Sequence[bytes]]) -> float:
    return next((place for place, lines in enumerate(said) if lines), inf)


def _names(said: Iterable[Iterable[bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """Yield each name with its language."""
    for lines in said:
        for line in lines:
            _, predicate, rest = line.split(b" ", 2)
            if predicate in NAMES:
                yield language_of(line), literal_of(rest)
