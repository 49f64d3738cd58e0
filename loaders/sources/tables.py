"""A table as rows of text, whatever file it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from loaders.findings import Finding, Location
from loaders.letters import column_letter

__all__ = ["ENTERED", "PUBLISHED", "Limits", "Row", "Table"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a table may be; a larger one is refused.

    :param rows: number of its rows, or ``None`` where only the size of the file limits it.
    :param columns: number of its columns.
    :param cell: number of characters of a cell of a text file.
    :param unpacked: number of bytes that a workbook may unpack into.
    """

    rows: int | None
    columns: int
    cell: int
    unpacked: int


#: For what people filled in by hand; nobody types more.
ENTERED = Limits(rows=200_000, columns=512, cell=131_072, unpacked=100_000_000)
#: For what others publish. The columns are those that spreadsheet programs can have; a cell is longer than any text
#: that the graph keeps, so that one long cell is refused and not its whole table.
PUBLISHED = Limits(rows=None, columns=16_384, cell=16_000_000, unpacked=500_000_000)


class Row(NamedTuple):
    """One row; a plain tuple, as there are many.

    :param number: row of the table, counted from 1 with everything above the header.
    :param cells: the text of each cell, empty where there is none.
    :param line: line of the text file where the row begins, or ``None`` in a workbook.
    :param untrusted: indexes of cells that are empty here because a finding says why their value cannot be used.
    """

    number: int
    cells: tuple[str, ...]
    line: int | None = None
    untrusted: frozenset[int] = frozenset()

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not self.untrusted and not any(map(str.strip, self.cells))

    @property
    def comment(self) -> bool:
        """Whether the first cell begins with ``#``, which marks a row for people only."""
        return bool(self.cells) and self.cells[0].lstrip().startswith("#")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a sheet of a workbook or a CSV file.

    :param file: name of the file.
    :param sha256: hash of its bytes.
    :param sheet: name of the sheet, or empty.
    :param separated: whether cells are told apart by a character in the text, which can be missing or too many.
    :param rows: rows in order, findings about single cells in between.
    """

    file: str
    sha256: str
    sheet: str
    separated: bool
    rows: Iterator[Row | Finding]

    def place(self, row: Row | None = None, column: int | None = None) -> Location:
        """Return a place in the table.

        :param row: the row, or ``None`` for the table as a whole.
        :param column: index of the column, or ``None`` for the whole row.
        """
        letter = column_letter(column) if column is not None else ""
        if row is None:
            return Location(self.file, self.sheet, column=letter)
        return Location(self.file, self.sheet, row.number, letter, row.line)
