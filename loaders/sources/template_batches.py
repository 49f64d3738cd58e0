"""The rows of one template sheet to batches of records, where nothing about a row asks for a closer look."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from loaders.batches import Batch
from loaders.errors import SourceError
from loaders.findings import Finding
from loaders.keys import MissingKeyError
from loaders.records import Record, SourceRef
from loaders.sources.files import unwritable
from loaders.sources.tables import Pace, Row, Rows
from loaders.sources.template_gathered import Gathered, PlainRows, Texts
from loaders.sources.template_rows import RowReader, own_fields
from loaders.template.sheets import SEPARATOR

__all__ = ["read_rows"]

#: Rows held at a time.
_ROWS = 500


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
    plain = _Gatherer(reader)
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


class _Gatherer:
    """Gathers rows that give records and no finding; others are for the reader of single rows.

    :param reader: that reader.
    """

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        sheet, table = reader.sheet, reader.table
        source = SourceRef(reader.dataset, table.file, table.sha256, table.sheet)
        columns = [column for column in reader.columns if column.field != "id"]
        self._id = next((column for column in reader.columns if column.field == "id"), None)
        self._own = Gathered(sheet.kind, source, [column for column in columns if column.own])
        further = [column for column in columns if not column.own]
        self._own_at = [column.place for column in columns if column.own]
        self._further_at = [column.place for column in further]
        #: Texts of the first row of each id, where further rows may continue it.
        self._first: dict[str, Texts] = {}
        parent = [self._id._replace(field=sheet.kind)] if self._id else []
        self._further = Gathered(sheet.further, source, parent + further)

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
        plain = begins = PlainRows(list(zip(*columns, strict=True)), numbers, rows.lines)
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

    def _with_further(self, columns: Sequence[Texts]) -> list[int]:
        """Return the indexes of rows that say something of the kind that continues a row."""
        filled = [columns[place] for place in self._further_at if any(columns[place])]
        return [index for index, texts in enumerate(zip(*filled, strict=True)) if any(texts)]

    def _begin(self, ids: Sequence[str], plain: PlainRows, further: set[int]) -> list[int] | None:
        """Return the indexes of rows that begin an entity, or ``None`` where another does not plainly continue one.

        A row continues an entity if it says something further, and of the entity nothing else than its first row did.
        """
        kind, known = self._own.kind, self._reader.seen.fields
        here: dict[str, Texts] = {}
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

    def _remember(self, keys: Iterable[tuple[str, ...]], begins: PlainRows) -> None:
        """Remember the first rows of entities that further rows may continue."""
        for (identifier,), texts, number, line in zip(keys, *begins, strict=True):
            self._first[identifier] = texts
            fields = partial(own_fields, self._reader.columns, Row(number, texts, line))
            self._reader.seen.fields[self._own.kind, identifier] = fields

    def _repeats(self, texts: Texts, first: Texts) -> bool:
        """Tell whether a row says nothing else of an entity than its first row did; blank cells say nothing."""
        return all(not texts[place] or texts[place] == first[place] for place in self._own_at)

    def _columns(self, rows: Rows) -> list[Texts] | None:
        """Return the texts of each column, or ``None`` where a cell asks for a closer look."""
        header, widths = self._reader.header, set(map(len, rows.cells))
        missing = header.width - min(widths)
        if len(widths) > 1 or header.unnamed or (missing > 0 and self._reader.table.separated):
            return None
        columns = list(zip(*rows.cells, strict=True))
        plain = all("".join(column).isprintable() for column in columns)
        if not plain and any(map(unwritable, chain.from_iterable(columns))):
            return None
        texts = [tuple(map(str.strip, column)) for column in columns]
        examples = self._reader.examples.items()
        if any(index < len(texts) and not known.isdisjoint(texts[index]) for index, known in examples):
            return None
        if missing < 0:
            return None if any(map(any, texts[header.width :])) else texts[: header.width]
        return texts + [("",) * len(rows.cells)] * missing
