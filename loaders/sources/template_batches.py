"""The rows of one template sheet to batches of records, where nothing about a row asks for a closer look."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from loaders.batches import Batch, BatchColumn
from loaders.errors import SourceError
from loaders.findings import Finding
from loaders.keys import MissingKeyError, key_fields, link_keys
from loaders.records import Record, SourceRef
from loaders.sources.files import unwritable
from loaders.sources.tables import Pace, Row, Rows
from loaders.sources.template_rows import RowColumn, RowReader, own_fields
from loaders.template.sheets import SEPARATOR

__all__ = ["read_rows"]

#: Rows held at a time.
_ROWS = 500

_Texts = tuple[str, ...]


def read_rows(
    rows: Iterable[Row | Rows | Finding], reader: RowReader, pace: Pace
) -> Iterator[Record | Batch | Finding]:
    """Read the rows below one header: plain ones together, others one by one.

    :param rows: rows that are neither blank nor comments, findings in between.
    :param reader: the reader of single rows.
    :param pace: told how many rows may come together.
    :returns: records, batches and findings in the order of the table; in a batch come the rows of some time, first
        what has a row of its own, then what continues a row.
    :raises SourceError: as the rows do.
    """
    plain = _PlainRows(reader)
    try:
        for item in rows:
            if isinstance(item, Finding):
                yield from plain.batches()
                yield item
            elif isinstance(item, Row) or not plain.take(item):
                for row in [item] if isinstance(item, Row) else item.each():
                    if row.untrusted or not plain.take(row.alone()):
                        yield from plain.batches()
                        yield from reader.read(row)
                    elif not plain.room:
                        yield from plain.batches()
            elif not plain.room:
                yield from plain.batches()
            pace.rows = plain.room
    except SourceError:  # what stands before the place that cannot be read is told all the same
        yield from plain.batches()
        raise
    yield from plain.batches()


class _Plain(NamedTuple):
    """Rows of which nothing has to be said.

    :param texts: the texts of each, below the header.
    :param numbers: row of each.
    :param lines: line of each.
    """

    texts: Sequence[_Texts]
    numbers: Sequence[int]
    lines: Sequence[int | None]

    def some(self, indexes: Sequence[int]) -> "_Plain":
        """Return some of them."""
        if len(indexes) == len(self.texts):
            return self
        texts, numbers, lines = self
        return _Plain(
            [texts[index] for index in indexes],
            [numbers[index] for index in indexes],
            [lines[index] for index in indexes],
        )


class _PlainRows:
    """Gathers rows that give records and no finding; others are for the reader of single rows.

    :param reader: that reader.
    """

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        sheet, table = reader.sheet, reader.table
        source = SourceRef(reader.dataset, table.file, table.sha256, table.sheet)
        columns = [column for column in reader.columns if column.field != "id"]
        self._id = next((column for column in reader.columns if column.field == "id"), None)
        self._own = _Gathered(sheet.kind, source, [column for column in columns if column.own])
        further = [column for column in columns if not column.own]
        self._own_at = [column.place for column in columns if column.own]
        self._further_at = [column.place for column in further]
        #: Texts of the first row of each id, where further rows may continue it.
        self._first: dict[str, _Texts] = {}
        parent = [self._id._replace(field=sheet.kind)] if self._id else []
        self._further = _Gathered(sheet.further, source, parent + further)

    @property
    def room(self) -> int:
        """How many more rows should be held."""
        return _ROWS - len(self._own.keys)

    def take(self, rows: Rows) -> bool:
        """Take rows, unless one of them needs a closer look.

        :param rows: rows that are neither blank nor comments, no more than there is room for.
        :returns: whether they were taken.
        """
        columns = self._columns(rows)
        if columns is None:
            return False
        reader, own, further = self._reader, self._own, self._further
        ids: Sequence[str] = columns[self._id.place] if self._id else ()
        if reader.identified and (not ids or "" in ids or SEPARATOR in "".join(ids)):
            return False
        numbers = range(rows.number, rows.number + len(rows.cells))
        plain = begins = _Plain(list(zip(*columns, strict=True)), numbers, rows.lines)
        continued = self._with_further(columns)
        if further.kind:
            indexes = self._begin(ids, plain, set(continued))
            if indexes is None:
                return False
            begins = plain.some(indexes)
        adds = plain.some(continued)
        try:
            keys = own.keys_of(begins.texts, self._id)
            further_keys = further.keys_of(adds.texts)
        except MissingKeyError:
            return False
        if reader.seen.has_any(own.kind, keys) or reader.seen.has_any(further.kind, further_keys):
            return False
        for gathered, its_keys, its_rows in ((own, keys, begins), (further, further_keys, adds)):
            reader.seen.note(gathered.kind, its_keys, reader.table, its_rows.numbers, its_rows.lines)
            gathered.add(its_keys, its_rows)
        if further.kind:
            self._remember(keys, begins)
        return True

    def batches(self) -> Iterator[Batch]:
        """Give the records of the rows held, and hold none."""
        for gathered in (self._own, self._further):
            if gathered.keys:
                yield gathered.batch()

    def _with_further(self, columns: Sequence[_Texts]) -> list[int]:
        """Return the indexes of rows that say something of the kind that continues a row."""
        filled = [columns[place] for place in self._further_at if any(columns[place])]
        return [index for index, texts in enumerate(zip(*filled, strict=True)) if any(texts)]

    def _begin(self, ids: Sequence[str], plain: _Plain, further: set[int]) -> list[int] | None:
        """Return the indexes of rows that begin an entity, or ``None`` where another does not plainly continue one.

        A row continues an entity if it says something further, and of the entity nothing else than its first row did.
        """
        kind, known = self._own.kind, self._reader.seen.fields
        here: dict[str, _Texts] = {}
        begins: list[int] = []
        for index, (identifier, texts) in enumerate(zip(ids, plain.texts, strict=True)):
            first = here.get(identifier)
            if first is None and (kind, identifier) not in known:
                here[identifier] = texts
                begins.append(index)
                continue
            first = first or self._first.get(identifier)
            if index not in further or first is None or not self._repeats(texts, first):
                return None
        return begins

    def _remember(self, keys: Iterable[tuple[str, ...]], begins: _Plain) -> None:
        """Remember the first rows of entities that further rows may continue."""
        for (identifier,), texts, number, line in zip(keys, *begins, strict=True):
            self._first[identifier] = texts
            fields = partial(own_fields, self._reader.columns, Row(number, texts, line))
            self._reader.seen.fields[self._own.kind, identifier] = fields

    def _repeats(self, texts: _Texts, first: _Texts) -> bool:
        """Tell whether a row says nothing else of an entity than its first row did; blank cells say nothing."""
        return all(not texts[place] or texts[place] == first[place] for place in self._own_at)

    def _columns(self, rows: Rows) -> list[_Texts] | None:
        """Return the texts of each column, or ``None`` where a cell stands elsewhere or cannot be kept."""
        header, widths = self._reader.header, set(map(len, rows.cells))
        missing = header.width - min(widths)
        if len(widths) > 1 or header.unnamed or (missing > 0 and self._reader.table.separated):
            return None
        columns = list(zip(*rows.cells, strict=True))
        plain = all("".join(column).isprintable() for column in columns)
        if not plain and any(map(unwritable, chain.from_iterable(columns))):
            return None
        texts = [tuple(map(str.strip, column)) for column in columns]
        if missing < 0:
            return None if any(map(any, texts[header.width :])) else texts[: header.width]
        return texts + [("",) * len(rows.cells)] * missing


class _Gathered:
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
        self._texts: list[_Texts] = []
        self._numbers: list[int] = []
        self._lines: list[int | None] = []

    def add(self, keys: Iterable[tuple[str, ...]], plain: _Plain) -> None:
        """Add the records of rows."""
        self.keys += keys
        self._texts += plain.texts
        self._numbers += plain.numbers
        self._lines += plain.lines

    def keys_of(self, rows: Sequence[_Texts], identifier: RowColumn | None = None) -> list[tuple[str, ...]]:
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
