"""What the rows of a template have said so far, by which a further row of the same thing is known."""

from collections.abc import Callable
from dataclasses import dataclass, field

from loaders.records import Cell
from loaders.sources.tables import Row, Table

__all__ = ["Fields", "Seen"]

#: Name of a field to its cells.
Fields = dict[str, tuple[Cell, ...]]

#: Table, number and line of the first row with a key. A plain tuple, which the garbage collector need not visit again
#: and again, since there is one for every record.
_First = tuple[int, int, int | None]


@dataclass(slots=True)
class Seen:
    """What the rows before have said, over all files of one template.

    :param fields: kind and id of what further rows may continue, to the fields that its first row gave it, read once
        there is such a row.
    """

    fields: dict[tuple[str, str], Callable[[], Fields]] = field(default_factory=dict)
    _tables: list[Table] = field(default_factory=list)
    _places: dict[tuple[str, tuple[str, ...]], _First] = field(default_factory=dict)

    def has(self, kind: str, key: tuple[str, ...]) -> bool:
        """Tell whether a row has given a record before.

        :param kind: its kind.
        :param key: its key.
        """
        return (kind, key) in self._places

    def note(self, kind: str, key: tuple[str, ...], table: Table, row: Row) -> None:
        """Note where the first row with a key stands.

        :param kind: the kind of its record.
        :param key: the key.
        :param table: the table.
        :param row: the row.
        """
        if not self._tables or self._tables[-1] is not table:
            self._tables.append(table)
        self._places[kind, key] = (len(self._tables) - 1, row.number, row.line)

    def first(self, kind: str, key: tuple[str, ...]) -> str:
        """Write in English where the first row with a key stands.

        :param kind: the kind of its record.
        :param key: the key.
        """
        table, number, line = self._places[kind, key]
        return str(self._tables[table].place(Row(number, (), line), 0))
