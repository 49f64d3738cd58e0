"""Make columns from text."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from graph_app.columns.database import LAYOUT, connect_writing
from graph_app.columns.declined import ColumnsError
from graph_app.columns.encoding.homes import find_homes
from graph_app.columns.encoding.layout import TABLES
from graph_app.columns.encoding.memory import memory_for_text
from graph_app.columns.encoding.reading import Intake, read_files
from graph_app.columns.encoding.spool import Spool
from graph_app.columns.encoding.statistics import class_members, memberships, predicate_facts, type_id
from graph_app.columns.encoding.tables import write_predicate, write_settled, write_view, write_wide
from graph_app.columns.encoding.terms import number_terms
from graph_app.columns.encoding.triples import QUADS, number_triples

__all__ = ["build_columns"]

_SCRATCH = "scratch"


def build_columns(path: Path, *contents: Path) -> None:
    """Make the columns of a graph from its text, which is read once.

    :param path: folder of the columns; it must not exist.
    :param contents: files of N-Quads; a statement need not name a graph.
    :raises ColumnsError: if a file cannot be read or is not N-Quads, or the columns cannot be written.
    """
    scratch, memory = path / _SCRATCH, memory_for_text(contents)
    try:
        path.mkdir(parents=True)
        scratch.mkdir()
    except OSError as error:
        raise ColumnsError(f"The columns {path} cannot be made: {error}") from error
    try:
        with (
            connect_writing(path, scratch=scratch, memory_limit=memory, new=True) as connection,
            TemporaryDirectory(dir=scratch) as folder,
            Spool(Path(folder)) as spool,
        ):
            _fill(connection, spool, contents)
        shutil.rmtree(scratch)
    except BaseException as error:
        shutil.rmtree(path, ignore_errors=True)
        if isinstance(error, (duckdb.Error, OSError)):
            raise ColumnsError(f"The columns {path} cannot be made: {error}") from error
        raise


def _fill(connection: duckdb.DuckDBPyConnection, spool: Spool, contents: tuple[Path, ...]) -> None:
    connection.execute(TABLES)
    intake = Intake(spool)
    read_files(intake, QUADS, contents)
    connection.execute("BEGIN")  # else each statement waits for the disk
    number_triples(connection, spool, number_terms(connection, intake))
    facts = predicate_facts(connection)
    type_ = type_id(connection)
    members = class_members(connection, type_)
    several = [one for one in facts if one.functional and one.id != type_]
    homes = find_homes(several, memberships(connection, type_, [one.id for one in several]), members)
    wide = {one.id for group in homes.values() for one in group}
    settled = [write_predicate(connection, one) for one in facts if one.id not in wide]
    for name, group in homes.items():
        settled += write_wide(connection, name, group)
    if settled:
        write_settled(connection, settled)
    write_view(connection)
    triples = sum(one.triples for one in facts)
    connection.execute(
        "INSERT INTO about VALUES ('layout', $layout), ('triples', $triples)",
        {"layout": str(LAYOUT), "triples": str(triples)},
    )
    connection.execute("DROP TABLE fact")
    connection.execute("COMMIT")
    connection.execute("CHECKPOINT")
