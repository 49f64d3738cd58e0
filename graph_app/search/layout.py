"""How the file of an index is laid out, and how it is opened."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FACETS", "TYPE", "Entry", "SearchError", "reading", "writing"]

#: What found entities can be narrowed by, in the order in which it is shown.
FACETS = ("type", "country", "year", "donor", "targetGroup", "programme")
TYPE = "type"

# The tokenizer of SQLite drops accents; `plain` holds what names are in Latin letters where that is something else.
# `facets` holds the numbers of an entity's facets as words, so that one match finds and narrows.
SCHEMA = """
CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, facets BLOB NOT NULL);
CREATE TABLE facet (id INTEGER PRIMARY KEY, field TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (field, value));
CREATE VIRTUAL TABLE found USING fts5(
    names, codes, plain, about, facets, tokenize = "unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(found, col);
CREATE VIRTUAL TABLE spelling USING fts5(word, tokenize = trigram);
"""


class SearchError(Exception):
    """The index cannot be made or read; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entity is found by.

    :param iri: its IRI.
    :param names: its names in all languages, the main ones first.
    :param codes: its identifiers.
    :param about: its descriptions.
    :param facets: pairs of a name among :data:`FACETS` and a value.
    """

    iri: str
    names: tuple[str, ...]
    codes: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    facets: frozenset[tuple[str, str]] = frozenset()


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an index that nobody changes any more.

    :param path: the file.
    :raises SearchError: if it cannot be read.
    """
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise SearchError(f"The search index {path} cannot be read ({error}). Run `intgraph build --full`.") from error


@contextmanager
def writing(path: Path, *, new: bool) -> Iterator[sqlite3.Connection]:
    """Open an index in the making; nothing is synchronised here, since a release reaches the disk as a whole.

    :param path: the file.
    :param new: whether it has to be made.
    :raises SearchError: if it cannot be written.
    """
    try:
        connection = sqlite3.connect(path)
        try:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
            if new:
                connection.executescript(SCHEMA)
            yield connection
            connection.commit()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise SearchError(f"The search index {path} cannot be written: {error}.") from error
