"""What the file says of its own tables: predicates with their statistics and homes, classes, size."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from graph_app.columns.kinds import Kind

__all__ = ["Catalogue", "Class", "Predicate", "read_catalogue"]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate and where its triples are.

    :param id: number of its term.
    :param iri: its IRI.
    :param triples: how many there are over all graphs, each counted once.
    :param subjects: how many different subjects.
    :param objects: how many different objects.
    :param functional: whether no subject has two objects.
    :param kinds: kinds of its objects.
    :param home: table that holds it.
    :param object_column: column of its objects there; where it is ``NULL``, the subject has none.
    :param value_column: column of their values there, or ``''``.
    :param value_type: ``integer``, ``decimal``, ``double``, ``boolean``, ``date``, ``dateTime``, ``lang``, or ``''``.
    """

    id: int
    iri: str
    triples: int
    subjects: int
    objects: int
    functional: bool
    kinds: Kind
    home: str
    object_column: str
    value_column: str
    value_type: str

    @property
    def wide(self) -> bool:
        """Whether it shares its table with other predicates."""
        return self.object_column != "o"


@dataclass(frozen=True, slots=True)
class Class:
    """A class.

    :param id: number of its term.
    :param iri: its IRI.
    :param members: how many subjects have it.
    """

    id: int
    iri: str
    members: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that is known of a graph without looking at its triples.

    :param predicates: by IRI.
    :param classes: by IRI.
    :param triples: how many there are over all graphs, each counted once.
    """

    predicates: Mapping[str, Predicate] = field(hash=False)
    classes: Mapping[str, Class] = field(hash=False)
    triples: int


def read_catalogue(connection: duckdb.DuckDBPyConnection) -> Catalogue:
    """Read the catalogue of an open file.

    :param connection: the columns.
    """
    rows = connection.execute(
        "SELECT id, iri, triples, subjects, objects, functional, kinds, home, object_column, value_column, value_type"
        " FROM predicate ORDER BY id"
    ).fetchall()
    predicates = [Predicate(*row) for row in ((*row[:6], Kind(row[6]), *row[7:]) for row in rows)]
    classes = [Class(*row) for row in connection.execute("SELECT id, iri, members FROM class ORDER BY id").fetchall()]
    rows = connection.execute("SELECT value FROM about WHERE key = 'triples'").fetchall()
    return Catalogue(
        {predicate.iri: predicate for predicate in predicates},
        {class_.iri: class_ for class_ in classes},
        int(rows[0][0]) if rows else 0,
    )
