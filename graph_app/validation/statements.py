"""Triples held in memory as text, looked up from either end; a few of them may come and go."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

__all__ = ["Statement", "Statements"]


class Statement(NamedTuple):
    """A triple, each term as N-Triples write it."""

    subject: str
    predicate: str
    object: str


_Ends = dict[str, set[str]]


class Statements:
    """A set of triples.

    :param triples: what it holds at first.
    """

    def __init__(self, triples: Iterable[Statement] = ()) -> None:
        self._from: dict[str, _Ends] = {}
        self._to: dict[str, _Ends] = {}
        for triple in triples:
            self.add(triple)

    def add(self, triple: Statement) -> None:
        """Add a triple; nothing happens where it is there.

        :param triple: the triple.
        """
        subject, predicate, target = triple
        self._from.setdefault(subject, {}).setdefault(predicate, set()).add(target)
        if predicate in self._to:
            self._to[predicate].setdefault(target, set()).add(subject)

    def remove(self, triple: Statement) -> None:
        """Remove a triple that is there.

        :param triple: the triple.
        """
        subject, predicate, target = triple
        self._from[subject][predicate].remove(target)
        if not self._from[subject][predicate]:
            del self._from[subject][predicate]
        if not self._from[subject]:
            del self._from[subject]
        if predicate in self._to:
            self._to[predicate][target].remove(subject)

    def objects(self, subject: str, predicate: str) -> Collection[str]:
        """Return the objects of a predicate."""
        return self._from.get(subject, {}).get(predicate, ())

    def subjects(self, predicate: str, target: str) -> Collection[str]:
        """Return the subjects of a predicate; the first time, the way back is laid."""
        if predicate not in self._to:
            back: _Ends = {}
            for subject, ends in self._from.items():
                for one in ends.get(predicate, ()):
                    back.setdefault(one, set()).add(subject)
            self._to[predicate] = back
        return self._to[predicate].get(target, ())

    def crowds(self) -> list[str]:
        """Return all predicates, those last that lead from an object to the most subjects."""
        triples: Counter[str] = Counter()
        objects: dict[str, set[str]] = {}
        for ends in self._from.values():
            for predicate, targets in ends.items():
                triples[predicate] += len(targets)
                objects.setdefault(predicate, set()).update(targets)
        return sorted(triples, key=lambda predicate: triples[predicate] / len(objects[predicate]))
