"""The one name of a list that a misspelt word comes near to."""

from collections.abc import Iterable

import numpy as np

from loaders.normalise.country_names import plain
from loaders.normalise.names import lookup_key

__all__ = ["NearNames"]

#: Shorter words are codes, or like too many others.
_SHORTEST, _LONGEST = 4, 60
#: Words from this length on may have two slips, shorter ones one.
_LONG = 9


class NearNames:
    """Names of a list, found by a misspelt one.

    A slip is a letter too many, missing or wrong, or two that changed places; accents, case and signs do not count.

    :param names: pairs of a name and what it names.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        bare = ((plain(lookup_key(name)), name, meant) for name, meant in names)
        self._names = [entry for entry in bare if _SHORTEST <= len(entry[0]) <= _LONGEST]
        self._lengths = np.array([len(name) for name, _, _ in self._names], dtype=np.int64)
        self._letters = np.array([_letters(name) for name, _, _ in self._names], dtype=np.uint64)

    def find(self, text: str) -> tuple[str, str] | None:
        """Return what a misspelt word means.

        :param text: the word.
        :returns: what is named and its name, where all names nearby name the same thing; ``None`` where none is near,
            or names of several things are.
        """
        bare = plain(lookup_key(text[: 2 * _LONGEST]))
        if not _SHORTEST <= len(bare) <= _LONGEST:
            return None
        allowed = 1 if len(bare) < _LONG else 2
        # One slip changes at most two of the letters that a word has, so few names are compared letter by letter.
        alike = np.bitwise_count(self._letters ^ np.uint64(_letters(bare))) <= 2 * allowed
        alike &= np.abs(self._lengths - len(bare)) <= allowed
        near: list[tuple[int, str, str]] = []
        for index in np.flatnonzero(alike):
            other, name, meant = self._names[index]
            slips = _slips(bare, other)
            if slips <= allowed:
                near.append((slips, name, meant))
        if len({meant for _, _, meant in near}) != 1:
            return None
        _, name, meant = min(near)
        return meant, name


def _letters(word: str) -> int:
    """Return the letters that a word has, each as one of 64 bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _slips(one: str, other: str) -> int:
    """Count the slips between two words (optimal string alignment)."""
    last: list[int] = []
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            least = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, last[j - 2] + 1)
            row.append(least)
    return row[-1]
