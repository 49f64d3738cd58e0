"""Write the tables of triples: one for a predicate, or one for several predicates of a class."""

from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from graph_app.columns.encoding.homes import VALUES, Facts, value_type

__all__ = ["Settled", "write_predicate", "write_settled", "write_view", "write_wide"]

_SETTLED = """
INSERT INTO predicate
SELECT new.id, lex, triples, subjects, objects, functional, kinds, home, object_column, value_column, value_type
FROM (
    SELECT unnest($id) AS id, unnest($triples) AS triples, unnest($subjects) AS subjects, unnest($objects) AS objects,
        unnest($functional) AS functional, unnest($kinds) AS kinds, unnest($home) AS home,
        unnest($object_column) AS object_column, unnest($value_column) AS value_column,
        unnest($value_type) AS value_type
) AS new JOIN term ON term.id = new.id
ORDER BY new.id
"""


class Settled(NamedTuple):
    """A predicate and where it lives, as the file tells it."""

    id: int
    triples: int
    subjects: int
    objects: int
    functional: bool
    kinds: int
    home: str
    object_column: str
    value_column: str
    value_type: str


def write_predicate(connection: duckdb.DuckDBPyConnection, facts: Facts) -> Settled:
    """Write a table of subjects and objects, sorted, with values where all objects have one of the same type.

    :param connection: columns in the making, with a table ``fact``.
    :param facts: the predicate.
    :returns: where it lives, still to be written.
    """
    home, kind = f"p{facts.id}", value_type(facts)
    source = f"(SELECT s, o FROM fact WHERE p = {facts.id})"
    if kind:
        type_, column = VALUES[kind]
        chosen = f"SELECT s, o, {column}::{type_} AS v FROM {source} JOIN term ON term.id = o"
    else:
        chosen = f"SELECT s, o FROM {source}"
    connection.execute(f"CREATE TABLE {home} AS {chosen} ORDER BY s, o")
    return _settled(facts, home, "o", "v" if kind else "")


def write_wide(connection: duckdb.DuckDBPyConnection, name: int, group: Sequence[Facts]) -> list[Settled]:
    """Write a table with a row a subject and a column a predicate.

    :param connection: columns in the making, with a table ``fact``.
    :param name: number of the class whose members the subjects are.
    :param group: functional predicates.
    :returns: where they live, still to be written.
    """
    home = f"w{name}"
    columns, joins, settled = ["s"], [], []
    for facts in group:
        kind, object_column = value_type(facts), f"o{facts.id}"
        columns.append(object_column)
        if kind:
            type_, column = VALUES[kind]
            columns.append(f"t{facts.id}.{column}::{type_} AS v{facts.id}")
            joins.append(f"LEFT JOIN term AS t{facts.id} ON t{facts.id}.id = {object_column}")
        settled.append(_settled(facts, home, object_column, f"v{facts.id}" if kind else ""))
    objects = ", ".join(f"any_value(o) FILTER (p = {facts.id}) AS o{facts.id}" for facts in group)
    chosen = ", ".join(str(facts.id) for facts in group)
    pivot = f"(SELECT s, {objects} FROM fact WHERE p IN ({chosen}) GROUP BY s)"
    connection.execute(f"CREATE TABLE {home} AS SELECT {', '.join(columns)} FROM {pivot} {' '.join(joins)} ORDER BY s")
    return settled


def write_settled(connection: duckdb.DuckDBPyConnection, settled: Sequence[Settled]) -> None:
    """Write where predicates live, of all at once, since each look at the terms goes through them.

    :param connection: columns with the tables of the predicates.
    :param settled: the predicates; one at least.
    """
    connection.execute(_SETTLED, dict(zip(Settled._fields, map(list, zip(*settled, strict=True)), strict=True)))


def write_view(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the view of all triples anew.

    :param connection: columns with their tables of triples.
    """
    rows = connection.execute("SELECT id, home, object_column FROM predicate ORDER BY id").fetchall()
    parts = [
        f"SELECT s, {one} AS p, {column} AS o FROM {home} WHERE {column} IS NOT NULL" for one, home, column in rows
    ]
    nothing = "SELECT 0::INTEGER AS s, 0::INTEGER AS p, 0::INTEGER AS o WHERE false"
    connection.execute(f"CREATE OR REPLACE VIEW triple AS {' UNION ALL '.join(parts) or nothing}")


def _settled(facts: Facts, home: str, objects: str, values: str) -> Settled:
    counts = facts.id, facts.triples, facts.subjects, facts.objects
    return Settled(*counts, facts.functional, int(facts.kinds), home, objects, values, value_type(facts))
