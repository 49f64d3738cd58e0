"""What the rows of a template have said so far, by which a further row of the same thing is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from loaders.records import Cell
from loaders.sources.tables import Row, Table

__all__ = ["Fields", "Seen"]

#: Name of a field to its cells.
Fields = dict[str, tuple[Cell, ...]]

#: Table, number and line of the first row with a key. A plain tuple, which the garbage collector need not visit again
#: and again, since there is one for every record.
_First = tuple[int, int, int | None]


_Key = tuple[str, ...]


@dataclass(slots=True)
class Seen:
    """What the rows before have said, over all files of one template.

    :param fields: kind and id of what further rows may continue, to the fields that its first row gave it, read once
        there is such a row.
    """

    fields: dict[tuple[str, str], Callable[[], Fields]] = field(default_factory=dict)
    _tables: list[Table] = field(default_factory=list)
    _places: dict[str, dict[_Key, _First]] = field(default_factory=dict)

    def has(self, kind: str, key: _Key) -> bool:
        """Tell whether a row has given a record before.

        :param kind: its kind.
        :param key: its key.
        """
        return key in self._places.get(kind, ())

    def has_any(self, kind: str, keys: Sequence[_Key]) -> bool:
        """Tell whether a row has given any of some records before, or two of them are the same.

        :param kind: their kind.
        :param keys: their keys.
        """
        return len(set(keys)) < len(keys) or not self._places.get(kind, {}).keys().isdisjoint(keys)

    def note(
        self, kind: str, keys: Sequence[_Key], table: Table, numbers: Sequence[int], lines: Sequence[int | None]
    ) -> None:
        """Note where the first rows with some keys stand.

        :param kind: the kind of their records.
        :param keys: the keys.
        :param table: the table.
        :param numbers: row of each.
        :param lines: line of each.
        """
        if not self._tables or self._tables[-1] is not table:
            self._tables.append(table)
        places = self._places.setdefault(kind, {})
        places.update(zip(keys, zip(repeat(len(self._tables) - 1), numbers, lines), strict=True))

    def first(self, kind: str, key: _Key) -> str:
        """Write in English where the first row with a key stands.

        :param kind: the kind of its record.
        :param key: the key.
        """
        table, number, line = self._places[kind][key]
        return str(self._tables[table].place(Row(number, (), line), 0))
