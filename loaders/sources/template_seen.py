"""What the rows of a template have said so far, by which a further row of the same thing is known."""

from dataclasses import dataclass, field
from typing import NamedTuple

from loaders.records import Cell
from loaders.sources.tables import Row, Table

__all__ = ["Fields", "First", "Seen"]

#: Name of a field to its cells.
Fields = dict[str, tuple[Cell, ...]]


class First(NamedTuple):
    """Where the first row with a key stands; a place to show is made of it only when another row has that key.

    :param table: its table.
    :param row: its number.
    :param line: line of the text file where it begins, or ``None`` in a workbook.
    """

    table: Table
    row: int
    line: int | None

    def __str__(self) -> str:
        """Write the place in English."""
        return str(self.table.place(Row(self.row, (), self.line), 0))


@dataclass(slots=True)
class Seen:
    """What the rows before have said, over all files of one template.

    :param places: kind and key of each record, to the place of its row.
    :param fields: the fields that the first row of an id gave it, where further rows may continue it.
    """

    places: dict[tuple[str, tuple[str, ...]], First] = field(default_factory=dict)
    fields: dict[tuple[str, str], Fields] = field(default_factory=dict)
