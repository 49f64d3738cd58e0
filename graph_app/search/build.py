"""Write an index, whole or for the entities that a small publication touches."""

import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path

from graph_app.search.layout import Entry, writing
from loaders.normalise.folding import fold

__all__ = ["build_index", "change_index"]

#: Entities that are written at once.
_BATCH = 5_000
#: Shorter words are too like one another for one to be another one misspelt.
SHORTEST_MISSPELT = 4

_FOUND = "INSERT INTO found (rowid, names, codes, plain, about, facets) VALUES (?, ?, ?, ?, ?, ?)"
_WORDS = "SELECT DISTINCT term FROM vocabulary WHERE col IN ('names', 'plain') AND length(term) >= ?"


def build_index(path: Path, entries: Iterable[Entry]) -> int:
    """Write a new index.

    :param path: the file, which is not there yet.
    :param entries: all that can be found.
    :returns: how many there were.
    :raises SearchError: if it cannot be written.
    """
    with writing(path, new=True) as connection:
        count = _add(connection, entries, 0)
        connection.execute("INSERT INTO found (found) VALUES ('optimize')")
        connection.execute(f"INSERT INTO spelling (word) {_WORDS}", [SHORTEST_MISSPELT])
        connection.execute("INSERT INTO spelling (spelling) VALUES ('optimize')")
    return count


def change_index(path: Path, gone: Collection[str], entries: Iterable[Entry]) -> None:
    """Write what is found now in the place of what was found before.

    Words that nothing is called any more stay among those that misspelt ones may be; a search does not take them.

    :param path: the file.
    :param gone: IRIs of entities that changed or went.
    :param entries: those of them that are there now.
    :raises SearchError: if it cannot be written.
    """
    with writing(path, new=False) as connection:
        ids = [(one,) for iri in gone for (one,) in connection.execute("SELECT id FROM entity WHERE iri = ?", [iri])]
        connection.executemany("DELETE FROM found WHERE rowid = ?", ids)
        connection.executemany("DELETE FROM entity WHERE id = ?", ids)
        ((last,),) = connection.execute("SELECT coalesce(max(id), 0) FROM entity")
        entries = list(entries)
        _add(connection, entries, last)
        words = {word for entry in entries for name in entry.names for word in _words(name)}
        known = "SELECT 1 FROM spelling WHERE spelling MATCH ? AND word = ?"
        for word in sorted(words):
            if connection.execute(known, [f'"{word}"', word]).fetchone() is None:
                connection.execute("INSERT INTO spelling (word) VALUES (?)", [word])


def _add(connection: sqlite3.Connection, entries: Iterable[Entry], last: int) -> int:
    numbers: dict[tuple[str, str], int] = {
        (field, value): number for number, field, value in connection.execute("SELECT id, field, value FROM facet")
    }
    known, first = len(numbers), last
    rows = iter(entries)
    while batch := list(islice(rows, _BATCH)):
        entities: list[tuple[object, ...]] = []
        found: list[tuple[object, ...]] = []
        for number, entry in enumerate(batch, last + 1):
            facets = sorted(numbers.setdefault(facet, len(numbers) + 1) for facet in entry.facets)
            entities.append((number, entry.iri, array("i", facets).tobytes()))
            texts = ("\n".join(entry.names), "\n".join(entry.codes), " ".join(_plain(entry)), "\n".join(entry.about))
            found.append((number, *texts, " ".join(f"f{facet}" for facet in facets)))
        last += len(batch)
        connection.executemany("INSERT INTO entity VALUES (?, ?, ?)", entities)
        connection.executemany(_FOUND, found)
    fresh = ((number, field, value) for (field, value), number in islice(numbers.items(), known, None))
    connection.executemany("INSERT INTO facet VALUES (?, ?, ?)", fresh)
    return last - first


def _plain(entry: Entry) -> Iterator[str]:
    """Yield names in Latin letters, where letters of theirs are more than accented; and identifiers in one word."""
    for name in entry.names:
        if not name.isascii():
            yield fold(name)
    for code in entry.codes:
        joined = "".join(sign for sign in code if sign.isalnum())
        if joined != code:
            yield joined


def _words(name: str) -> Iterator[str]:
    for word in "".join(sign if sign.isalnum() else " " for sign in fold(name)).split():
        if len(word) >= SHORTEST_MISSPELT:
            yield word
