"""The rows of one template sheet to batches of records, where nothing about a row asks for a closer look."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from loaders.batches import Batch, BatchColumn
from loaders.errors import SourceError
from loaders.findings import Finding
from loaders.keys import MissingKeyError, key_fields, link_key
from loaders.records import Record, SourceRef
from loaders.sources.files import unwritable
from loaders.sources.tables import Row
from loaders.sources.template_rows import RowColumn, RowReader, own_fields
from loaders.template.sheets import SEPARATOR

__all__ = ["read_rows"]

#: Rows held at a time.
_ROWS = 500

_Texts = tuple[str, ...]


def read_rows(rows: Iterable[Row | Finding], reader: RowReader) -> Iterator[Record | Batch | Finding]:
    """Read the rows below one header: plain ones together, others one by one.

    :param rows: rows that are neither blank nor comments, findings in between.
    :param reader: the reader of single rows.
    :returns: records, batches and findings in the order of the table; in a batch come the rows of some time, first
        what has a row of its own, then what continues a row.
    :raises SourceError: as the rows do.
    """
    plain = _PlainRows(reader)
    try:
        for item in rows:
            if isinstance(item, Row) and plain.take(item):
                if plain.full:
                    yield from plain.batches()
                continue
            yield from plain.batches()
            if isinstance(item, Finding):
                yield item
            else:
                yield from reader.read(item)
    except SourceError:  # what stands before the place that cannot be read is told all the same
        yield from plain.batches()
        raise
    yield from plain.batches()


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
    def full(self) -> bool:
        """Whether as many rows are held as should be."""
        return len(self._own.keys) >= _ROWS

    def take(self, row: Row) -> bool:
        """Take a row, unless it needs a closer look.

        :param row: a row that is neither blank nor a comment.
        :returns: whether it was taken.
        """
        texts = self._texts(row)
        if texts is None:
            return False
        reader, seen, kind = self._reader, self._reader.seen, self._own.kind
        identifier = texts[self._id.place] if self._id else ""
        if reader.identified and (not identifier or SEPARATOR in identifier):
            return False
        further = any(texts[index] for index in self._further_at)
        continues = further and (kind, identifier) in seen.fields
        if continues and not self._repeats(identifier, texts):
            return False
        try:
            key = () if continues else self._own.key(identifier, texts)
            further_key = self._further.key("", texts) if further else ()
        except MissingKeyError:
            return False
        if seen.has(kind, key) or seen.has(self._further.kind, further_key):
            return False
        if key:
            seen.note(kind, key, reader.table, row)
            self._own.add(row, key, texts)
            if self._further.kind:
                self._first[identifier] = texts
                seen.fields[kind, identifier] = partial(own_fields, reader.columns, row)
        if further_key:
            seen.note(self._further.kind, further_key, reader.table, row)
            self._further.add(row, further_key, texts)
        return True

    def batches(self) -> Iterator[Batch]:
        """Give the records of the rows held, and hold none."""
        for gathered in (self._own, self._further):
            if gathered.keys:
                yield gathered.batch()

    def _repeats(self, identifier: str, texts: _Texts) -> bool:
        """Tell whether a row says nothing else of an entity than its first row did; blank cells say nothing."""
        first = self._first.get(identifier)
        return first is not None and all(not texts[index] or texts[index] == first[index] for index in self._own_at)

    def _texts(self, row: Row) -> _Texts | None:
        """Return the texts below the header, or ``None`` where a cell stands elsewhere or cannot be kept."""
        header, cells = self._reader.header, row.cells
        missing = header.width - len(cells)
        if row.untrusted or header.unnamed or (missing > 0 and self._reader.table.separated):
            return None
        if not "".join(cells).isprintable() and any(map(unwritable, cells)):
            return None
        texts = tuple(map(str.strip, cells))
        if missing < 0:
            return None if any(texts[header.width :]) else texts[: header.width]
        return texts + ("",) * missing


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
        self._rows: list[Row] = []
        self._texts: list[_Texts] = []

    def add(self, row: Row, key: tuple[str, ...], texts: _Texts) -> None:
        """Add the record of a row."""
        self._rows.append(row)
        self.keys.append(key)
        self._texts.append(texts)

    def key(self, identifier: str, texts: _Texts) -> tuple[str, ...]:
        """Return the key of the record of a row.

        :raises MissingKeyError: if it has none.
        """
        if identifier:
            return (identifier,)
        return link_key(self.kind, {field: texts[index] for index, field in self._key_columns if texts[index]})

    def batch(self) -> Batch:
        """Return the records, and hold none."""
        texts = list(zip(*self._texts, strict=True))
        columns = tuple(
            BatchColumn(field, letter, language, separator, texts[index])
            for index, field, letter, language, separator, _ in self._columns
        )
        rows = [row.number for row in self._rows]
        batch = Batch(self.kind, self._source, self.keys, rows, [row.line for row in self._rows], columns)
        self.keys, self._rows, self._texts = [], [], []
        return batch
