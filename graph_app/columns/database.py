"""Connections to the file of columns: the one place that says what DuckDB may do."""

from pathlib import Path

import duckdb

from graph_app.columns.declined import ColumnsError

__all__ = ["FILE", "LAYOUT", "connect_reading", "connect_writing"]

#: Name of the file in the folder of columns.
FILE = "graph.duckdb"
#: How the file is laid out. A file of another number is made anew rather than read wrongly.
LAYOUT = 2

#: Bytes. Of smaller blocks, small tables waste less; from four of them on a table takes what it needs either way.
_BLOCK_SIZE = 1 << 16
#: Bytes before the first block.
_HEADERS = 3 * 4096
#: No file beside the opened one, no network, no code from elsewhere; and no statement can take this back.
_SHUT = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def connect_reading(
    path: Path,
    *,
    memory_limit: int | None = None,
    threads: int = 2,
    scratch: Path | None = None,
    scratch_limit: int | None = None,
) -> duckdb.DuckDBPyConnection:
    """Open columns for queries; nothing can be changed through the connection.

    :param path: folder of the columns.
    :param memory_limit: bytes that queries may hold, or none for the engine's own limit.
    :param threads: threads a query may use.
    :param scratch: folder for what does not fit into memory; none has a query fail then.
    :param scratch_limit: most bytes to write there, or none for most of the disk.
    :raises ColumnsError: if the file cannot be read, or is laid out otherwise.
    """
    options: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads,
        "async_threads": 0,  # for files far away; each takes address space
        "temp_directory": str(scratch or ""),
    }
    if memory_limit is not None:
        options["memory_limit"] = f"{memory_limit}B"
    if scratch_limit is not None:
        options["max_temp_directory_size"] = f"{scratch_limit}B"
    connection = _connect(path, read_only=True, options=options)
    _check(connection, path)
    return connection


def connect_writing(
    path: Path, *, scratch: Path, memory_limit: int, threads: int = 2, new: bool = False
) -> duckdb.DuckDBPyConnection:
    """Open columns that nobody reads yet, to fill or to change them.

    :param path: folder of the columns.
    :param scratch: folder for what does not fit into memory.
    :param memory_limit: bytes to hold in memory.
    :param threads: threads to work with.
    :param new: whether the file is to be made.
    :raises ColumnsError: if the file cannot be opened, or is laid out otherwise.
    """
    options: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads,
        "memory_limit": f"{memory_limit}B",
        "temp_directory": str(scratch),
    }
    if new:
        options["default_block_size"] = str(_BLOCK_SIZE)
    connection = _connect(path, read_only=False, options=options)
    if not new:
        _check(connection, path)
    return connection


def _connect(
    path: Path, *, read_only: bool, options: dict[str, str | bool | int | float | list[str]]
) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(str(path / FILE), read_only=read_only, config=options)
        for statement in _SHUT:
            connection.execute(statement)
    except duckdb.Error as error:
        raise ColumnsError(f"The columns {path} cannot be opened: {error}") from error
    return connection


def _check(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        blocks, size = connection.execute("SELECT used_blocks, block_size FROM pragma_database_size()").fetchall()[0]
        # DuckDB itself would notice only when it reads one of the blocks that are not there.
        if (path / FILE).stat().st_size < _HEADERS + blocks * size:
            raise duckdb.IOException("its end is missing.")
        rows = connection.execute("SELECT value FROM about WHERE key = 'layout'").fetchall()
    except duckdb.Error as error:
        connection.close()
        raise ColumnsError(f"The columns {path} cannot be read: {error}") from error
    if not rows or rows[0][0] != str(LAYOUT):
        connection.close()
        found = f"layout {rows[0][0]}" if rows else "no layout number"
        raise ColumnsError(f"The columns {path} have {found}; this version reads layout {LAYOUT}.")
