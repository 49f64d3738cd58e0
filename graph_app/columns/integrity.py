"""Whether columns are still what they were when they were made."""

from pathlib import Path

import duckdb

from graph_app.columns.catalogue import read_catalogue
from graph_app.columns.database import connect_reading
from graph_app.columns.declined import ColumnsError

__all__ = ["check_columns"]

_DAMAGED = "The columns {path} are damaged: {what}."


def check_columns(path: Path, *, whole: bool = False) -> None:
    """Look at columns.

    :param path: their folder.
    :param whole: read every block, which has a checksum each, and count every triple; else only what the file says of
        itself, which costs milliseconds.
    :raises ColumnsError: if they cannot be read, or hold another number of triples than they say.
    """
    with connect_reading(path) as connection:
        try:
            _check(connection, path, whole=whole)
        except (duckdb.Error, ValueError) as error:
            raise ColumnsError(_DAMAGED.format(path=path, what=error)) from error


def _check(connection: duckdb.DuckDBPyConnection, path: Path, *, whole: bool) -> None:
    catalogue = read_catalogue(connection)
    known = {predicate.home for predicate in catalogue.predicates.values()} | {"term", "shared"}
    found = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if known - found:
        raise ColumnsError(_DAMAGED.format(path=path, what=f"they lack the table {min(known - found)}"))
    if not whole:
        return
    for table in sorted(known):  # a hash of a row needs all its values
        connection.execute(f"SELECT bit_xor(hash(one)) FROM {table} AS one").fetchall()
    for predicate in catalogue.predicates.values():
        query = f"SELECT count({predicate.object_column}) FROM {predicate.home}"
        row = connection.execute(query).fetchone()
        if row is None or row[0] != predicate.triples:
            what = f"they should hold {predicate.triples:,} triples of {predicate.iri}"
            raise ColumnsError(_DAMAGED.format(path=path, what=what))
