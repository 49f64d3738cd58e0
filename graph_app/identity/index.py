"""The names of all organisations or projects of a release, by what two names of one of them have in common."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from graph_app.identity.described import Described
from graph_app.identity.lists import lists
from graph_app.identity.names import Name

__all__ = ["Entity", "Index"]

#: Names whose likeness is worked out, of those that have something in common with the one looked up.
_LOOKED_AT = 80
#: Entities that one identifier may have and still tell something.
_SHARED = 3
_SHORTEST_MISSPELT = 5
_BEGINNING = 5
#: Below so many names, which words are rare is chance.
_MANY = 200
_LEAST_WEIGHT = 0.35


@dataclass(frozen=True)
class Entity:
    """An organisation or project of the graph.

    :param iri: its IRI.
    :param described: what the graph says of it.
    """

    iri: str
    described: Described


class Index:
    """Finds the few entities that a name may mean; safe to use from many threads.

    :param entities: all entities of one kind.
    :ivar entities: IRI to entity.
    :ivar all: the entities in order.
    :ivar by_code: key of an identifier to the places in :attr:`all` of the entities that have it.
    :ivar owners: for every name the place in :attr:`all` of the entity that has it.
    :ivar keys: what names have in common, each with the places in :attr:`owners` of the names that have it.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities: Mapping[str, Entity] = {entity.iri: entity for entity in entities}
        self.all: Sequence[Entity] = tuple(self.entities.values())
        self.by_code: dict[str, list[int]] = defaultdict(list)
        found: dict[str, array[int]] = defaultdict(lambda: array("I"))
        owners = array("I")
        for place, entity in enumerate(self.all):
            for code in {code.key for code in entity.described.codes}:
                self.by_code[code].append(place)
            for name in (*entity.described.names, *entity.described.short_names):
                for key in _keys(name):
                    found[key].append(len(owners))
                owners.append(place)
        self.owners: NDArray[np.uint32] = np.frombuffer(owners, np.uint32) if owners else np.zeros(0, np.uint32)
        self.keys = {key: np.frombuffer(rows, np.uint32) for key, rows in found.items()}
        # A long name has something in common with many.
        lengths = np.ones(len(owners), np.float32)
        for key, rows in self.keys.items():
            lengths[rows] += self.rarity(key)
        self._shortness = 1 / np.sqrt(lengths)
        self._weights: dict[str, float] = {}
        self._words = [key for key in self.keys if len(key) >= _SHORTEST_MISSPELT and key.isalpha()]

    def __len__(self) -> int:
        return len(self.all)

    def near(self, wanted: Described) -> list[Entity]:
        """Return the entities that something may be, in no order of likeness; none twice.

        :param wanted: what is looked up.
        """
        found = {entity.iri: entity for code in wanted.codes for entity in self.with_code(code.key)}
        for name in (*wanted.names, *wanted.short_names):
            found |= {entity.iri: entity for entity in self._alike(name)}
        return list(found.values())

    def with_code(self, code: str) -> Sequence[Entity]:
        """Return the entities that have an identifier; none where so many share it that it tells nothing.

        :param code: key of the identifier.
        """
        found = self.by_code.get(code, ())
        return [self.all[place] for place in found] if len(found) <= _SHARED else ()

    def wholes(self, described: Described) -> frozenset[str]:
        """Return the IRIs of all that something is stated to be a part of or to continue, also by way of others.

        :param described: what is said of it.
        """
        found: set[str] = set()
        wanted = set(described.part_of)
        while wanted:
            found |= wanted
            known = (self.entities[iri].described.part_of for iri in wanted if iri in self.entities)
            wanted = set().union(*known) - found
        return frozenset(found)

    def weigh(self, word: str) -> float:
        """Return how much a word tells: 1 where few names have it, less the more have it.

        :param word: a word of a :class:`~graph_app.identity.names.Name`.
        """
        if len(self.owners) < _MANY:
            return 1.0
        # Pairs are compared by the hundred thousand, and have few words that no other pair has.
        if word not in self._weights:
            self._weights[word] = max(self.rarity(word) / self.rarity(""), _LEAST_WEIGHT)
        return self._weights[word]

    def rarity(self, key: str) -> float:
        """Return how much it tells that two names have a key in common.

        :param key: one of :attr:`keys`.
        """
        rows = self.keys.get(key)
        return log(1 + len(self.owners) / (1 if rows is None else len(rows)))

    def _alike(self, name: Name) -> Iterator[Entity]:
        scores = np.zeros(len(self.owners), np.float32)
        for key in _keys(name).union(self._corrected(name)):
            rows = self.keys.get(key)
            if rows is not None:
                scores[rows] += self.rarity(key)
        scores *= self._shortness
        hits = np.flatnonzero(scores)
        if len(hits) > _LOOKED_AT:
            hits = hits[np.argpartition(scores[hits], -_LOOKED_AT)[-_LOOKED_AT:]]
        for place in np.unique(self.owners[hits]):
            yield self.all[place]

    def _corrected(self, name: Name) -> Iterator[str]:
        """Yield the words that misspelt ones may be."""
        for word in name.core:
            if len(word) >= _SHORTEST_MISSPELT and word not in self.keys:
                near = process.extract(
                    word, self._words, scorer=DamerauLevenshtein.distance, score_cutoff=1 + len(word) // 9, limit=5
                )
                yield from (found for found, _, _ in near)


def _keys(name: Name) -> set[str]:
    """Return what names of one entity have in common, the more of it the likelier they are its names."""
    keys = {*name.core, f"={name.whole}"}
    keys.update([f"{word[:_BEGINNING]}-" for word in name.core if len(word) > _BEGINNING and word not in lists().keys])
    keys.update([f"@{place}" for place in name.towns | name.countries])
    # An acronym meets the names that have it and those that it abbreviates.
    keys.update(name.acronyms)
    keys.update([f"~{acronym}" for acronym in {*name.acronyms, *name.initials, name.acronym} if acronym])
    return keys
