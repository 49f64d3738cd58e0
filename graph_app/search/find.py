"""Find entities by text, narrowed by facets, and count the facets of all that was found."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz

from graph_app.search.layout import FACETS, reading
from graph_app.search.phrases import expression, words_of
from graph_app.search.spelling import near_words
from loaders.normalise.folding import fold

__all__ = ["MARKS", "MOST", "Found", "Hit", "find"]

#: How much it tells that a word stands among names, identifiers, names in Latin letters, descriptions, facets.
_WEIGHTS = (10, 8, 6, 1, 0)
#: So many of what is found are ranked and counted; the index begins with what is no project, then come the newest.
MOST = 5_000
#: So many of the best are put in order once more, by how like their names are to what was looked for.
_COMPARED = 100
#: Words of a snippet.
_SNIPPET = 14
_MATCHING = """
SELECT id, facets
FROM (SELECT rowid, bm25(found, ?, ?, ?, ?, ?) AS rank FROM found WHERE found MATCH ? ORDER BY rowid LIMIT ?) AS best
JOIN entity ON id = best.rowid
ORDER BY rank, id
"""
_NAMES = "SELECT names FROM found WHERE rowid = ?"
# The sign before the number has all that matches gone through once, instead of matched anew for each hit.
_HITS = """
SELECT id, iri, snippet(found, -1, ?, ?, '…', ?) FROM found JOIN entity ON id = found.rowid
WHERE found MATCH ? AND +found.rowid IN (SELECT value FROM json_each(?))
"""
#: Stand around the words found in a snippet.
MARKS = ("\u2068", "\u2069")


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found.

    :param iri: its IRI.
    :param snippet: the text it was found by; empty where there was none to look for.
    """

    iri: str
    snippet: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    :param total: how many entities.
    :param counted: how many of them were ranked, and counted in the facets.
    :param hits: those of the page asked for, the best first.
    :param facets: name of a facet to values and how many of the entities have them, the most frequent first.
    :param instead: word to the words that were taken for it, since there is none such.
    :param every: whether all words were found, else any of them.
    :param indexed: whether an index was asked, else texts were compared as they stand.
    """

    total: int = 0
    counted: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict, hash=False)
    instead: Mapping[str, Sequence[str]] = field(default_factory=dict, hash=False)
    every: bool = True
    indexed: bool = True


def find(
    path: Path, text: str, chosen: Mapping[str, Iterable[str]] | None = None, *, first: int = 0, limit: int = 20
) -> Found:
    """Find entities.

    Words may be beginnings, in any alphabet, with accents or without. Where nothing has all of them, those that no
    entity has may be misspelt; where that gives nothing either, one of them is enough.

    :param path: the index.
    :param text: what a person typed.
    :param chosen: name of a facet to the values of which an entity must have one.
    :param first: place of the first hit wanted.
    :param limit: most hits to give.
    :returns: what was found; nothing where neither text nor facets say anything.
    :raises graph_app.search.layout.SearchError: if the index cannot be read.
    """
    words = words_of(text)
    wanted = {name: list(values) for name, values in (chosen or {}).items() if name in FACETS}
    wanted = {name: values for name, values in wanted.items() if values}
    if not wanted and not words:
        return Found()
    with reading(path) as connection:
        facets = [_numbers(connection, name, values) for name, values in wanted.items()]
        if not all(facets) or (text.strip() and not words):
            return Found()
        instead: dict[str, Sequence[str]] = {}
        for every, misspelt in ((True, False), (True, True), (False, True)):
            if misspelt and not instead:
                instead = {word: near for word in words if (near := near_words(connection, word))}
            match = expression(words, instead, facets, every=every)
            rows = _matching(connection, match)
            if rows or not words:
                break
        ranked = _ranked(connection, text, [number for number, _ in rows])
        hits = _hits(connection, match, ranked[first : first + limit], told=bool(words))
        total = len(rows) if len(rows) < MOST else _total(connection, match)
        return Found(total, len(rows), hits, _counted(connection, [blob for _, blob in rows]), instead, every)


def _numbers(connection: sqlite3.Connection, name: str, values: Iterable[str]) -> list[int]:
    statement = "SELECT id FROM facet WHERE field = ? AND value = ?"
    return [number for value in values for (number,) in connection.execute(statement, [name, value])]


def _matching(connection: sqlite3.Connection, match: str) -> list[tuple[int, bytes]]:
    """Return number and facets of what matches, the best first."""
    return connection.execute(_MATCHING, [*_WEIGHTS, match, MOST]).fetchall()


def _total(connection: sqlite3.Connection, match: str) -> int:
    ((number,),) = connection.execute("SELECT count(*) FROM found WHERE found MATCH ?", [match])
    return int(number)


def _ranked(connection: sqlite3.Connection, text: str, numbers: Sequence[int]) -> list[int]:
    """Put the best in order by likeness of names: what is called just so comes first."""
    plain, best = fold(text.strip()), list(numbers[:_COMPARED])
    if not plain:
        return list(numbers)
    likeness = {}
    for number in best:
        ((names,),) = connection.execute(_NAMES, [number])
        likeness[number] = _alike(plain, [fold(name) for name in names.split("\n")])
    return [*sorted(best, key=lambda number: -likeness[number]), *numbers[_COMPARED:]]


def _alike(wanted: str, names: Sequence[str]) -> float:
    """Return how like names are to what is looked for; the main name tells most, as other names may be many."""
    main = names[0]
    return fuzz.ratio(wanted, main) + (50 if main.startswith(wanted) else 0) + (100 if wanted in names else 0)


def _hits(connection: sqlite3.Connection, match: str, numbers: Sequence[int], *, told: bool) -> tuple[Hit, ...]:
    rows = connection.execute(_HITS, [*MARKS, _SNIPPET, match, json.dumps(list(numbers))])
    found = {number: Hit(iri, snippet if told else "") for number, iri, snippet in rows}
    return tuple(found[number] for number in numbers)


def _counted(connection: sqlite3.Connection, blobs: Sequence[bytes]) -> dict[str, list[tuple[str, int]]]:
    counts = np.bincount(np.frombuffer(b"".join(blobs), np.int32))
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
    present = set(np.flatnonzero(counts).tolist())
    for number, name, value in connection.execute("SELECT id, field, value FROM facet"):
        if number in present:
            found[name].append((value, int(counts[number])))
    return {name: sorted(values, key=lambda pair: (-pair[1], pair[0])) for name, values in found.items()}
