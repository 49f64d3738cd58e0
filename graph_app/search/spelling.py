"""Which words of the index a misspelt one may be."""

import sqlite3
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from graph_app.search.build import SHORTEST_MISSPELT
from loaders.normalise.folding import fold

__all__ = ["near_words"]

#: Words with most trigrams in common whose letters are compared, and how many of them a word may be.
_COMPARED = 100
_TAKEN = 4
#: One letter wrong, and one more in each so many letters.
_LETTERS = 9


def near_words(connection: sqlite3.Connection, word: str) -> Sequence[str]:
    """Return words of names that a word may be misspelt for, the likeliest first.

    There are none for a short word, nor for one that is found as it is.

    :param connection: the index.
    :param word: the word.
    """
    plain = "".join(filter(str.isalnum, fold(word)))
    if len(plain) < SHORTEST_MISSPELT or _is_known(connection, plain):
        return ()
    trigrams = {plain[place : place + 3] for place in range(len(plain) - 2)}
    match = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
    statement = "SELECT word FROM spelling WHERE spelling MATCH ? ORDER BY rank LIMIT ?"
    alike = [fold(found) for (found,) in connection.execute(statement, [match, _COMPARED])]
    near = process.extract(
        plain, alike, scorer=DamerauLevenshtein.distance, score_cutoff=1 + len(plain) // _LETTERS, limit=_TAKEN + 1
    )
    return tuple(dict.fromkeys(found for found, _, _ in near if found != plain))[:_TAKEN]


def _is_known(connection: sqlite3.Connection, plain: str) -> bool:
    statement = "SELECT 1 FROM vocabulary WHERE term >= ? AND term < ? AND col != 'facets' LIMIT 1"
    return connection.execute(statement, [plain, f"{plain}\U0010ffff"]).fetchone() is not None
