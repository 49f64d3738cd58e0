"""Count what the planner wants to know of each predicate and class."""

import duckdb

from graph_app.columns.encoding.homes import Facts
from graph_app.columns.encoding.layout import TYPE
from graph_app.columns.kinds import Kind, ordinal

__all__ = ["class_members", "count_again", "count_classes_again", "memberships", "predicate_facts", "type_id"]

_FACTS = f"""
SELECT p, count(*), count(DISTINCT s), count(DISTINCT o), bit_or(1 << kind::INTEGER),
    bool_or(kind = {ordinal(Kind.DATETIME)} AND o IN (SELECT id FROM term WHERE zone IS NOT NULL))
FROM fact GROUP BY p ORDER BY p
"""
_COUNTED = """
UPDATE predicate SET triples = found.triples, subjects = found.subjects, objects = found.objects,
    functional = found.triples = found.subjects, kinds = coalesce(found.kinds, 0)
FROM (
    SELECT count(*) AS triples, count(DISTINCT s) AS subjects, count(DISTINCT o) AS objects,
        bit_or(1 << kind::INTEGER) AS kinds
    FROM (SELECT s, {column} AS o FROM {home} WHERE {column} IS NOT NULL) JOIN term ON term.id = o
) AS found
WHERE predicate.id = $id
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


def count_again(connection: duckdb.DuckDBPyConnection, id_: int, home: str, column: str) -> None:
    """Count the triples of a predicate that has changed.

    :param connection: columns that are changed.
    :param id_: number of its term.
    :param home: its table.
    :param column: column of its objects.
    """
    connection.execute(_COUNTED.format(home=home, column=column), {"id": id_})


def count_classes_again(connection: duckdb.DuckDBPyConnection, home: str | None) -> None:
    """Count the members of all classes.

    :param connection: columns that are changed.
    :param home: table of ``rdf:type``, or none.
    """
    connection.execute("DELETE FROM class")
    if home:
        connection.execute(_CLASSES.format(home), {"iri": ordinal(Kind.IRI)})
