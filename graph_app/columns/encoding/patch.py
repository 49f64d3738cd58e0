"""Make columns from others that differ little."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from graph_app.columns.database import FILE, connect_writing
from graph_app.columns.declined import ColumnsError
from graph_app.columns.encoding.change import find_change, gone_by_predicate
from graph_app.columns.encoding.homes import Place
from graph_app.columns.encoding.memory import memory_for_columns
from graph_app.columns.encoding.moving import add_triples, take_away
from graph_app.columns.encoding.reading import Intake, read_lines
from graph_app.columns.encoding.spool import Spool
from graph_app.columns.encoding.statistics import (
    Counted,
    count_again,
    count_beside,
    count_classes_again,
    predicate_facts,
    type_id,
    write_counts,
)
from graph_app.columns.encoding.tables import write_predicate, write_settled, write_view
from graph_app.columns.encoding.terms import add_terms
from graph_app.columns.encoding.triples import write_quads

__all__ = ["copy_columns", "patch_columns"]

_PLACES = "SELECT id, home, object_column, value_column, value_type, triples, kinds FROM predicate"
_EMPTY = "SELECT id, home, object_column, value_column, value_type FROM predicate WHERE triples = 0"


def copy_columns(source: Path, target: Path) -> None:
    """Copy columns. The source is only read, and never changes with the copy.

    :param source: folder of the columns.
    :param target: folder of the copy; it must not exist.
    :raises ColumnsError: if they cannot be read, or the copy cannot be made.
    """
    try:
        target.mkdir(parents=True)
        # Not a hard link: DuckDB writes in place.
        shutil.copyfile(source / FILE, target / FILE)
    except OSError as error:
        raise ColumnsError(f"The columns {source} cannot be copied: {error}") from error


def patch_columns(path: Path, removed: Iterable[bytes], added: Iterable[bytes]) -> None:
    """Remove statements from columns that nobody reads yet, then add others.

    A triple leaves when no graph holds it any more. Columns that could not be changed must not be used.

    :param path: folder of the columns.
    :param removed: lines of N-Quads, each of them there, by themselves or many in one text.
    :param added: likewise, none of them there but those that are removed; they may be repeated.
    :raises ColumnsError: if a line is not N-Quads, or the columns cannot be read or written.
    """
    try:
        with (
            TemporaryDirectory(dir=path) as scratch,
            connect_writing(path, scratch=Path(scratch), memory_limit=memory_for_columns(path)) as connection,
        ):
            connection.execute("BEGIN")  # else each statement waits for the disk
            _read_change(connection, Path(scratch), removed, added)
            find_change(connection)
            _apply(connection)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")
    except (duckdb.Error, OSError) as error:
        raise ColumnsError(f"The columns {path} cannot be changed: {error}") from error


def _read_change(
    connection: duckdb.DuckDBPyConnection, folder: Path, removed: Iterable[bytes], added: Iterable[bytes]
) -> None:
    """Make a table of each, by numbers of terms."""
    with TemporaryDirectory(dir=folder) as waiting, Spool(Path(waiting)) as spool:
        intake = Intake(spool)
        lines = {"removed": removed, "added": added}
        for table, texts in lines.items():
            read_lines(intake, table, texts)
        known = add_terms(connection, intake)
        for table in lines:
            write_quads(connection, spool, table, known)


def _apply(connection: duckdb.DuckDBPyConnection) -> None:
    places = {row[0]: (Place(*row[:5]), *row[5:]) for row in connection.execute(_PLACES).fetchall()}
    born = {facts.id: facts for facts in predicate_facts(connection)}
    gone = gone_by_predicate(connection)
    changed = sorted(born.keys() | gone.keys())
    beside = count_beside(connection, (places[one][0] for one in changed if one in places))
    settled = [write_predicate(connection, born[one]) for one in changed if one not in places]
    if settled:
        write_settled(connection, settled)
    counts = []
    for one in filter(places.__contains__, changed):
        place, triples, kinds = places[one]
        before = Counted(one, triples, *beside[one], kinds)
        if one in gone:
            take_away(connection, place)
        if one in born:
            place = add_triples(connection, place, born[one])
        counts.append(count_again(connection, place, before, born.get(one), gone.get(one, 0)))
    if counts:
        write_counts(connection, counts)
    _clear(connection)
    if (type_ := type_id(connection)) in changed:
        row = connection.execute("SELECT home FROM predicate WHERE id = $id", {"id": type_}).fetchone()
        count_classes_again(connection, row[0] if row else None)
    connection.execute(
        "UPDATE about SET value = (SELECT coalesce(sum(triples), 0) FROM predicate)::VARCHAR WHERE key = 'triples'"
    )
    write_view(connection)


def _clear(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop what has become empty: predicates without triples, and in shared tables rows and columns without any."""
    for place in [Place(*row) for row in connection.execute(_EMPTY).fetchall()]:
        if not place.wide:
            connection.execute(f"DROP TABLE {place.home}")
        else:
            for column in filter(None, [place.values, place.objects]):
                connection.execute(f"ALTER TABLE {place.home} DROP COLUMN {column}")
    connection.execute("DELETE FROM predicate WHERE triples = 0")
    shared: dict[str, list[str]] = {}
    for home, column in connection.execute("SELECT home, object_column FROM predicate ORDER BY id").fetchall():
        shared.setdefault(home, []).append(column)
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE table_name SIMILAR TO 'w[0-9]+'")
    for (home,) in tables.fetchall():
        if home in shared:
            empty = " AND ".join(f"{column} IS NULL" for column in shared[home])
            connection.execute(f"DELETE FROM {home} WHERE {empty}")
        else:
            connection.execute(f"DROP TABLE {home}")
