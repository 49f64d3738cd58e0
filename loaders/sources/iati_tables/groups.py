"""The rows of all tables, grouped by activity.

Nothing says that tables are sorted alike, and a table may be larger than memory, so rows wait on disk until their
activity is put together.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from loaders.sources.tables import Row

__all__ = ["Groups", "Kept"]

_COLUMNS = "activity, part, number, line, cells"


@dataclass(frozen=True, slots=True)
class Kept:
    """One row as it was kept.

    :param part: number of its table.
    :param row: the row.
    """

    part: int
    row: Row


class Groups:
    """A database of rows that is gone when it is closed."""

    def __init__(self) -> None:
        # A database without a name is a temporary file of SQLite's own: it holds little in memory, and leaves nothing.
        self._database = sqlite3.connect("")
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE kept"
            " (position INTEGER PRIMARY KEY, activity TEXT, part INTEGER, number INTEGER, line INTEGER, cells TEXT);"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, activity: str, part: int, row: Row) -> None:
        """Keep a row.

        :param activity: identifier of its activity.
        :param part: number of its table.
        :param row: the row.
        """
        self._database.execute(
            f"INSERT INTO kept ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
            (activity, part, row.number, row.line, json.dumps(row.cells)),
        )

    def activities(self, part: int) -> Iterator[str]:
        """Yield the identifiers of a table, each once, in the order of their first rows. No row can be added after.

        :param part: number of the table.
        """
        self._database.execute("CREATE INDEX IF NOT EXISTS of ON kept (activity, position)")
        query = "SELECT activity FROM kept WHERE part = ? GROUP BY activity ORDER BY MIN(position)"
        yield from (activity for (activity,) in self._database.execute(query, (part,)))

    def of(self, activity: str) -> Iterator[Kept]:
        """Yield the rows of an activity, in the order in which they were added.

        :param activity: its identifier.
        """
        query = f"SELECT {_COLUMNS} FROM kept WHERE activity = ? ORDER BY position"  # noqa: S608
        yield from (kept for _, kept in self._rows(query, activity))

    def without(self, part: int) -> Iterator[tuple[str, Kept]]:
        """Yield the rows whose activity a table does not have, with its identifier.

        :param part: number of the table.
        """
        of_table = "SELECT activity FROM kept WHERE part = ?"
        query = f"SELECT {_COLUMNS} FROM kept WHERE activity NOT IN ({of_table}) ORDER BY position"  # noqa: S608
        yield from self._rows(query, part)

    def _rows(self, query: str, value: str | int) -> Iterator[tuple[str, Kept]]:
        for activity, part, number, line, cells in self._database.execute(query, (value,)):
            yield activity, Kept(part, Row(number, tuple(json.loads(cells)), line))
