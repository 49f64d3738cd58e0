"""Write the tables of triples: one for a predicate, or one for several predicates of a class."""

from collections.abc import Sequence

import duckdb

from graph_app.columns.encoding.homes import VALUES, Facts, value_type

__all__ = ["write_predicate", "write_view", "write_wide"]


def write_predicate(connection: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    """Write a table of subjects and objects, sorted, with values where all objects have one of the same type.

    :param connection: columns in the making, with a table ``fact``.
    :param facts: the predicate.
    """
    home, kind = f"p{facts.id}", value_type(facts)
    source = f"(SELECT s, o FROM fact WHERE p = {facts.id})"
    if kind:
        type_, column = VALUES[kind]
        chosen = f"SELECT s, o, {column}::{type_} AS v FROM {source} JOIN term ON term.id = o"
    else:
        chosen = f"SELECT s, o FROM {source}"
    connection.execute(f"CREATE TABLE {home} AS {chosen} ORDER BY s, o")
    _register(connection, facts, home, "o", "v" if kind else "")


def write_wide(connection: duckdb.DuckDBPyConnection, name: int, group: Sequence[Facts]) -> None:
    """Write a table with a row a subject and a column a predicate.

    :param connection: columns in the making, with a table ``fact``.
    :param name: number of the class whose members the subjects are.
    :param group: functional predicates.
    """
    home = f"w{name}"
    columns, joins = ["s"], []
    for facts in group:
        kind, object_column = value_type(facts), f"o{facts.id}"
        columns.append(object_column)
        if kind:
            type_, column = VALUES[kind]
            columns.append(f"t{facts.id}.{column}::{type_} AS v{facts.id}")
            joins.append(f"LEFT JOIN term AS t{facts.id} ON t{facts.id}.id = {object_column}")
        _register(connection, facts, home, object_column, f"v{facts.id}" if kind else "")
    objects = ", ".join(f"any_value(o) FILTER (p = {facts.id}) AS o{facts.id}" for facts in group)
    chosen = ", ".join(str(facts.id) for facts in group)
    pivot = f"(SELECT s, {objects} FROM fact WHERE p IN ({chosen}) GROUP BY s)"
    connection.execute(f"CREATE TABLE {home} AS SELECT {', '.join(columns)} FROM {pivot} {' '.join(joins)} ORDER BY s")


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


def _register(connection: duckdb.DuckDBPyConnection, facts: Facts, home: str, objects: str, values: str) -> None:
    connection.execute(
        "INSERT INTO predicate SELECT $id, lex, $triples, $subjects, $objects, $functional, $kinds, $home, $column,"
        " $values, $type FROM term WHERE id = $id",
        {
            "id": facts.id,
            "triples": facts.triples,
            "subjects": facts.subjects,
            "objects": facts.objects,
            "functional": facts.functional,
            "kinds": int(facts.kinds),
            "home": home,
            "column": objects,
            "values": values,
            "type": value_type(facts),
        },
    )
