"""Records of one kind from the rows of a table, held by column: what is done to a column at once is done quickly."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from loaders.findings import Finding
from loaders.records import Cell, Record, SourceRef

__all__ = ["Batch", "BatchColumn", "each_record", "values_in"]


class BatchColumn(NamedTuple):
    """What the records of a batch say in one column.

    :param field: the field that it fills.
    :param letter: letter of the column.
    :param language: BCP 47 tag of its texts, or empty.
    :param separator: what stands between several values in one cell; empty where a cell holds one value.
    :param texts: the text of every record, without blanks around it; empty where the record has none.
    """

    field: str
    letter: str
    language: str
    separator: str
    texts: Sequence[str]


class Batch(NamedTuple):
    """Records of one kind from rows of one table, in order.

    :param kind: name of the kind.
    :param source: the table; it names no row.
    :param keys: key of each record.
    :param rows: row of each record.
    :param lines: line of the text file where each row begins, or ``None`` in a workbook.
    :param columns: the columns; those of one field stand together.
    """

    kind: str
    source: SourceRef
    keys: Sequence[tuple[str, ...]]
    rows: Sequence[int]
    lines: Sequence[int | None]
    columns: tuple[BatchColumn, ...]

    def record(self, index: int) -> Record:
        """Return one record by itself.

        :param index: which one, counted from 0.
        """
        line = self.lines[index]
        fields: dict[str, tuple[Cell, ...]] = {}
        for field, letter, language, separator, texts in self.columns:
            if text := texts[index]:
                cells = tuple([Cell(value, letter, line, language) for value in values_in(text, separator)])
                fields[field] = fields.get(field, ()) + cells
        return Record(self.kind, self.keys[index], self.source._replace(row=self.rows[index]), fields)

    def records(self) -> Iterator[Record]:
        """Return the records one by one."""
        return map(self.record, range(len(self.keys)))


def values_in(text: str, separator: str) -> list[str]:
    """Return the values that one cell holds.

    :param text: the text of the cell, without blanks around it.
    :param separator: what stands between several values, or empty.
    """
    if not separator or separator not in text:
        return [text]
    return [value for part in text.split(separator) if (value := part.strip())]


def each_record(items: Iterable[Record | Batch | Finding]) -> Iterator[Record | Finding]:
    """Return records one by one, for who does not care for batches.

    :param items: what a source reads.
    """
    for item in items:
        if isinstance(item, Batch):
            yield from item.records()
        else:
            yield item
