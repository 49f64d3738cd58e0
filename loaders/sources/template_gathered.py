"""Records of one kind that plain rows of a template sheet have given, until they go on as a batch."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from loaders.batches import Batch, BatchColumn
from loaders.keys import key_fields, link_keys
from loaders.records import SourceRef
from loaders.sources.template_rows import RowColumn

__all__ = ["Gathered", "PlainRows", "Texts"]

#: The texts of one row or one column.
Texts = tuple[str, ...]


class PlainRows(NamedTuple):
    """Rows of which nothing has to be said.

    :param texts: the texts of each, below the header.
    :param numbers: row of each.
    :param lines: line of each.
    """

    texts: Sequence[Texts]
    numbers: Sequence[int]
    lines: Sequence[int | None]

    def some(self, indexes: Sequence[int]) -> "PlainRows":
        """Return some of them."""
        if len(indexes) == len(self.texts):
            return self
        texts, numbers, lines = self
        return PlainRows(
            [texts[index] for index in indexes],
            [numbers[index] for index in indexes],
            [lines[index] for index in indexes],
        )


class Gathered:
    """The records of one kind that rows have given.

    :param kind: the kind.
    :param source: the table.
    :param columns: its columns.
    """

    def __init__(self, kind: str, source: SourceRef, columns: Sequence[RowColumn]) -> None:
        self.kind = kind
        self.keys: list[tuple[str, ...]] = []
        self._source = source
        # Columns of one field stand together, as its cells do in a record.
        fields = [column.field for column in columns]
        self._columns = sorted(columns, key=lambda column: fields.index(column.field))
        names = key_fields(kind)
        self._key_columns = [(column.place, column.field) for column in columns if column.field in names]
        self._texts: list[Texts] = []
        self._numbers: list[int] = []
        self._lines: list[int | None] = []

    def add(self, keys: Iterable[tuple[str, ...]], plain: PlainRows) -> None:
        """Add the records of rows."""
        self.keys += keys
        self._texts += plain.texts
        self._numbers += plain.numbers
        self._lines += plain.lines

    def keys_of(self, rows: Sequence[Texts], identifier: RowColumn | None = None) -> list[tuple[str, ...]]:
        """Return the key of the record of each row.

        :param rows: the texts of the rows.
        :param identifier: the column where each has its id, if there is one.
        :raises MissingKeyError: if one has none.
        """
        if identifier is not None:
            return [(texts[identifier.place],) for texts in rows]
        if not rows:
            return []
        return link_keys(self.kind, {field: [texts[place] for texts in rows] for place, field in self._key_columns})

    def batch(self) -> Batch:
        """Return the records, and hold none."""
        texts = list(zip(*self._texts, strict=True))
        columns = tuple(
            BatchColumn(field, letter, language, separator, texts[index])
            for index, field, letter, language, separator, _ in self._columns
        )
        batch = Batch(self.kind, self._source, self.keys, self._numbers, self._lines, columns)
        self.keys, self._texts, self._numbers, self._lines = [], [], [], []
        return batch
