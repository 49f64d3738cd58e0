"""What a person types as an expression of SQLite's full-text search; nothing in it is taken for an operator."""

import re
from collections.abc import Iterable, Mapping, Sequence

from loaders.normalise.folding import fold

__all__ = ["LONGEST", "expression", "words_of"]

#: Letters of a text and words of it that are looked at.
LONGEST = 200
_MOST_WORDS = 12
_SHORTEST_BEGINNING = 2
#: What stands between spaces, with letters or digits in it.
_WORD = re.compile(r"[^\s\0]*\w[^\s\0]*")
#: Columns that texts are looked for in.
_TEXTS = "{names codes plain about}"


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as typed, none twice; of a long text the first ones.

    :param text: any text.
    """
    found = (match for match in _WORD.findall(text[:LONGEST]) if any(map(str.isalnum, match)))
    return tuple(dict.fromkeys(found))[:_MOST_WORDS]


def expression(
    words: Sequence[str],
    spellings: Mapping[str, Sequence[str]],
    facets: Iterable[Iterable[int]],
    *,
    every: bool = True,
) -> str:
    """Return an expression that finds beginnings of words, in any alphabet, within facets.

    :param words: the words.
    :param spellings: word to what it may also mean.
    :param facets: numbers of facets: one of each of these must hold.
    :param every: whether all words must be there, or one of them.
    """
    ways = []
    for word in words:
        spelt = dict.fromkeys((word, fold(word), *spellings.get(word, ())))
        ways.append(f"({' OR '.join(_beginning(way) for way in spelt if any(map(str.isalnum, way)))})")
    parts = [f"{_TEXTS} : ({(' AND ' if every else ' OR ').join(ways)})"] if ways else []
    parts += [f"facets : ({' OR '.join(f'f{number}' for number in numbers)})" for numbers in facets]
    return " AND ".join(parts)


def _beginning(word: str) -> str:
    quoted = word.replace('"', '""')
    # One or two letters begin so many words that they tell nothing.
    return f'"{quoted}" *' if len(word) > _SHORTEST_BEGINNING else f'"{quoted}"'
