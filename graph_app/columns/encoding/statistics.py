"""Count what the planner wants to know of each predicate and class."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import duckdb

from graph_app.columns.encoding.homes import Facts, Place
from graph_app.columns.encoding.layout import TYPE
from graph_app.columns.kinds import Kind, ordinal

__all__ = [
    "Counted",
    "class_members",
    "count_again",
    "count_beside",
    "count_classes_again",
    "memberships",
    "predicate_facts",
    "type_id",
    "write_counts",
]

_FACTS = f"""
SELECT p, count(*), count(DISTINCT s), count(DISTINCT o), bit_or(1 << kind::INTEGER),
    bool_or(kind = {ordinal(Kind.DATETIME)} AND o IN (SELECT id FROM term WHERE zone IS NOT NULL))
FROM fact GROUP BY p ORDER BY p
"""
_BESIDE = """
SELECT {id} AS id,
    (SELECT count(DISTINCT s) FROM {home} WHERE {column} IS NOT NULL AND s IN (SELECT s FROM named WHERE p = {id})),
    (SELECT count(DISTINCT {column}) FROM {home} WHERE {column} IN (SELECT o FROM named WHERE p = {id}))
"""
_KINDS = """
SELECT coalesce(bit_or(1 << kind::INTEGER), 0)
FROM (SELECT DISTINCT {column} AS o FROM {home} WHERE {column} IS NOT NULL) JOIN term ON term.id = o
"""
_COUNTED = """
UPDATE predicate SET triples = triples + new.triples_, subjects = subjects + new.subjects_,
    objects = objects + new.objects_, functional = triples + new.triples_ = subjects + new.subjects_,
    kinds = new.kinds_
FROM (
    SELECT unnest($id) AS id_, unnest($triples) AS triples_, unnest($subjects) AS subjects_,
        unnest($objects) AS objects_, unnest($kinds) AS kinds_
) AS new
WHERE id = new.id_
"""
_CLASSES = """
INSERT INTO class
SELECT term.id, term.lex, members
FROM (SELECT o, count(*) AS members FROM {} GROUP BY o) JOIN term ON term.id = o
WHERE term.kind = $iri ORDER BY term.id
"""

_INSIDE = """
SELECT fact.p, type.o, count(*)
FROM fact JOIN (SELECT s, o FROM fact WHERE p = $type) AS type ON type.s = fact.s
WHERE list_contains($predicates, fact.p)
GROUP BY ALL
"""


def type_id(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of ``rdf:type``, or 0 where nothing names it.

    :param connection: columns in the making, with their terms.
    """
    query = "SELECT id FROM term WHERE kind = $kind AND lex = $lex"
    row = connection.execute(query, {"kind": ordinal(Kind.IRI), "lex": TYPE}).fetchone()
    return row[0] if row else 0


def predicate_facts(connection: duckdb.DuckDBPyConnection) -> list[Facts]:
    """Count the triples of every predicate.

    :param connection: columns in the making, with their triples.
    """
    rows = connection.execute(_FACTS).fetchall()
    return [
        Facts(one, triples, subjects, objects, Kind(kinds), zoned)
        for one, triples, subjects, objects, kinds, zoned in rows
    ]


def class_members(connection: duckdb.DuckDBPyConnection, type_: int) -> dict[int, int]:
    """Fill the table of classes.

    :param connection: columns in the making, with their triples.
    :param type_: number of ``rdf:type``.
    :returns: class to number of members.
    """
    connection.execute(_CLASSES.format(f"fact WHERE p = {type_}"), {"iri": ordinal(Kind.IRI)})
    return dict(connection.execute("SELECT id, members FROM class").fetchall())


def memberships(connection: duckdb.DuckDBPyConnection, type_: int, predicates: list[int]) -> dict[int, dict[int, int]]:
    """Count how many subjects of predicates belong to which classes.

    :param connection: columns in the making, with their triples.
    :param type_: number of ``rdf:type``.
    :param predicates: functional predicates.
    :returns: predicate to class to number of subjects.
    """
    found: dict[int, dict[int, int]] = {one: {} for one in predicates}
    for predicate, name, count in connection.execute(_INSIDE, {"type": type_, "predicates": predicates}).fetchall():
        found[predicate][name] = count
    return found


def count_beside(connection: duckdb.DuckDBPyConnection, places: Iterable[Place]) -> dict[int, tuple[int, int]]:
    """Count the subjects and the objects of a change that predicates have just now.

    What the change does not name stays as it is, so that the difference of two such counts is all that is needed.

    :param connection: columns that are changed.
    :param places: where the predicates live.
    :returns: predicate to number of subjects and number of objects.
    """
    counts = [_BESIDE.format(home=place.home, column=place.objects, id=place.id) for place in places]
    rows = connection.execute(" UNION ALL ".join(counts)).fetchall() if counts else []
    return {row[0]: row[1:] for row in rows}


class Counted(NamedTuple):
    """Counts of a predicate, or by how much they have grown.

    :param id: number of its term.
    :param triples: how many triples.
    :param subjects: how many different subjects.
    :param objects: how many different objects.
    :param kinds: kinds of its objects.
    """

    id: int
    triples: int
    subjects: int
    objects: int
    kinds: int


def count_again(
    connection: duckdb.DuckDBPyConnection, place: Place, known: Counted, born: Facts | None, gone: int
) -> Counted:
    """Count the triples of a predicate after a change.

    :param connection: columns that are changed.
    :param place: where the predicate lives.
    :param known: its triples and their kinds before the change; of subjects and objects what :func:`count_beside` gave.
    :param born: what was added, or none.
    :param gone: how many triples were taken away.
    :returns: by how much its counts have grown, and the kinds of its objects.
    """
    triples = (born.triples if born else 0) - gone
    kinds = Kind(known.kinds) | (born.kinds if born else Kind.NONE)
    if gone and (kinds.bit_count() > 1 or known.triples + triples == 0):
        # The last object of its kind may have left.
        query = _KINDS.format(home=place.home, column=place.objects)
        kinds = Kind(connection.execute(query).fetchall()[0][0])
    # Of what is added and not removed, every subject and object is there now.
    after = (born.subjects, born.objects) if born and not gone else count_beside(connection, [place])[place.id]
    return Counted(place.id, triples, after[0] - known.subjects, after[1] - known.objects, int(kinds))


def write_counts(connection: duckdb.DuckDBPyConnection, counts: Sequence[Counted]) -> None:
    """Write the counts of predicates.

    :param connection: columns that are changed.
    :param counts: by how much they have grown; one at least.
    """
    names = ("id", "triples", "subjects", "objects", "kinds")
    connection.execute(_COUNTED, dict(zip(names, map(list, zip(*counts, strict=True)), strict=True)))


def count_classes_again(connection: duckdb.DuckDBPyConnection, home: str | None) -> None:
    """Count the members of all classes.

    :param connection: columns that are changed.
    :param home: table of ``rdf:type``, or none.
    """
    connection.execute("DELETE FROM class")
    if home:
        connection.execute(_CLASSES.format(home), {"iri": ordinal(Kind.IRI)})
