"""A table as rows of text, whatever file it comes from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from loaders.findings import Finding, Location
from loaders.letters import column_letter

__all__ = ["ENTERED", "PUBLISHED", "Limits", "Pace", "Row", "Rows", "Table", "each_row", "row_text"]


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

    def alone(self) -> "Rows":
        """Return the row as rows of which it is the only one."""
        return Rows(self.number, (self.cells,), (self.line,))

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not self.untrusted and not any(map(str.strip, self.cells))

    @property
    def comment(self) -> bool:
        """Whether the first cell begins with ``#``, which marks a row for people only."""
        return bool(self.cells) and self.cells[0].lstrip().startswith("#")


class Rows(NamedTuple):
    """Rows that follow each other, for who looks at whole columns.

    :param number: row of the table where the first stands.
    :param cells: the text of each cell of each row; never no rows.
    :param lines: line of the text file where each row begins, or ``None`` in a workbook.
    """

    number: int
    cells: Sequence[Sequence[str]]
    lines: Sequence[int | None]

    @property
    def filled(self) -> bool:
        """Whether each row begins with a word, so that none is blank and none a comment."""
        begins = [cells[0].lstrip()[:1] if cells else "" for cells in self.cells]
        return "" not in begins and "#" not in begins

    def each(self) -> Iterator[Row]:
        """Return the rows one by one."""
        for number, (cells, line) in enumerate(zip(self.cells, self.lines, strict=True), start=self.number):
            yield Row(number, tuple(cells), line)


@dataclass(slots=True)
class Pace:
    """How many rows are wanted at a time.

    :param rows: their number; it can be changed while rows are read.
    """

    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a sheet of a workbook or a CSV file.

    :param file: name of the file.
    :param sha256: hash of its bytes.
    :param sheet: name of the sheet, or empty.
    :param separated: whether cells are told apart by a character in the text, which can be missing or too many.
    :param rows: rows in order, findings about single cells in between.
    :param many: gives the same instead of ``rows``, as many rows at a time as are wanted, or fewer where cells are long
        or the rows end; ``None`` where rows come one by one only.
    """

    file: str
    sha256: str
    sheet: str
    separated: bool
    rows: Iterator[Row | Finding]
    many: Callable[[Pace], Iterator[Rows | Finding]] | None = None

    def place(self, row: Row | None = None, column: int | None = None) -> Location:
        """Return a place in the table.

        :param row: the row, or ``None`` for the table as a whole.
        :param column: index of the column, or ``None`` for the whole row.
        """
        letter = column_letter(column) if column is not None else ""
        if row is None:
            return Location(self.file, self.sheet, column=letter)
        return Location(self.file, self.sheet, row.number, letter, row.line)


def each_row(items: Iterable[Rows | Finding]) -> Iterator[Row | Finding]:
    """Return rows one by one.

    :param items: several rows together, findings in between.
    """
    for item in items:
        if isinstance(item, Finding):
            yield item
        else:
            yield from item.each()


def row_text(row: Row) -> str:
    """Return the beginning of a row, by which people know it.

    :param row: the row.
    """
    return ", ".join(" ".join(cell.split())[:40] for cell in row.cells if cell.strip())[:200]
