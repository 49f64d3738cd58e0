"""A batch of records to the statements of their entities, a column at a time.

A record of which a value cannot be used, is in doubt, or stands in two columns of one property goes by itself through
:class:`loaders.mapping.entities.Mapper`, which says what is to be said of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from loaders.batches import Batch
from loaders.findings import Finding
from loaders.mapping.columns import StatingColumn, TextColumn, WordColumn
from loaders.mapping.entities import CLASSES, DERIVED, SLOTS, TYPE, Mapper
from loaders.mapping.provenance import Entry, Layout, SourceFile
from loaders.mapping.values import Names, Values
from loaders.records import Record

__all__ = ["BatchMapper"]

#: Layouts remembered: which cells of a row are filled.
_LAYOUTS = 8_192
_NO_LAYOUT = Layout("", frozenset())


class BatchMapper:
    """Turns the records of one dataset into lines of N-Quads, those of a batch together.

    :param names: the identifier space of their source.
    """

    def __init__(self, names: Names) -> None:
        self._mapper = Mapper(names)
        self._sheets: dict[tuple[object, ...], _Sheet] = {}

    def lines(self, items: Iterable[Record | Batch | Finding]) -> Iterator[str | Finding]:
        """Turn what a source reads into lines of N-Quads.

        :param items: records, batches of them and findings.
        :returns: texts of whole lines, and findings: those given and those of values that cannot be used.
        """
        for item in items:
            if isinstance(item, Finding):
                yield item
            elif isinstance(item, Batch):
                yield from self._batch(item)
            else:
                yield from self._mapper.lines(item)

    def _batch(self, batch: Batch) -> Iterator[str | Finding]:
        """Turn a batch into the lines that its records give one by one."""
        mapper = self._mapper
        file, described = mapper.file(batch.source)
        sheet = self._sheet(batch, file)
        subjects = mapper.names.iris(batch.kind, batch.keys)
        stated = sheet.stated(batch, subjects)
        odd = sheet.odd(batch)
        layouts = sheet.layouts(batch, odd)
        places, located = file.places(batch.rows, batch.lines, subjects, layouts)
        cells = sheet.cells(batch, places)
        derived, end = f" {DERIVED} ", f" {file.data_end}"
        told = [
            f"{said}{subject}{derived}{place}{end}{lines}{cell}"
            for said, subject, place, lines, cell in zip(stated, subjects, places, located, cells, strict=True)
        ]
        odd |= {index for index, layout in enumerate(layouts) if layout.shared}
        made = [described]
        if not odd and mapper.all_new(subjects, stated):
            made += told
        else:
            for index, subject in enumerate(subjects):
                if index in odd or mapper.otherwise(subject, stated[index]):
                    if any(made):
                        yield "".join(made)
                    made.clear()
                    yield from mapper.lines(batch.record(index))
                else:
                    made.append(told[index])
        made.append(file.fresh())
        if any(made):
            yield "".join(made)

    def _sheet(self, batch: Batch, file: SourceFile) -> "_Sheet":
        key = (batch.kind, batch.source, *[column[:-1] for column in batch.columns])
        known = self._sheets.get(key)
        if known is None:
            known = self._sheets[key] = _Sheet(batch, file, self._mapper.values)
        return known


class _Sheet:
    """The columns of one table.

    :param batch: a batch of it.
    :param file: its file.
    :param values: reads words.
    """

    def __init__(self, batch: Batch, file: SourceFile, values: Values) -> None:
        self._file = file
        self._start = f" {TYPE} {CLASSES[batch.kind]} {file.data_end}"
        self._entries: list[Entry] = []
        self._columns: list[StatingColumn] = []
        self._layouts: dict[tuple[bool, ...], Layout] = {}
        offset = None if batch.lines[0] is None else 0
        for field, letter, language, separator, _ in batch.columns:
            slot = SLOTS[batch.kind][field]
            entry = (slot.path, letter, language if slot.prose else "", offset)
            self._entries.append(entry)
            self._columns.append(
                TextColumn(slot, language, file.data_end)
                if slot.verbatim and not separator
                else WordColumn(slot, language, separator, values, file, entry)
            )

    def stated(self, batch: Batch, subjects: list[str]) -> list[str]:
        """Return what each record states."""
        told = [(column, texts, column.parts(texts)) for column, texts in self._texts(batch) if any(texts)]
        # What every record states once is joined by its subject in one go; the rest column by column.
        nothing, start = repeat("", len(subjects)), repeat(self._start, len(subjects))
        parts = zip(nothing, start, *[parts for _, _, parts in told if parts is not None], strict=True)
        stated = map(str.join, subjects, parts)
        further = [column.lines(subjects, texts) for column, texts, parts in told if parts is None]
        return list(map("".join, zip(stated, *further, strict=True)) if further else stated)

    def layouts(self, batch: Batch, odd: set[int]) -> list[Layout]:
        """Return the layout of each record; an odd one may fill less than it seems, and has none here."""
        if not odd and not any("" in column.texts and any(column.texts) for column in batch.columns):
            return [self._layout(tuple([any(column.texts) for column in batch.columns]))] * len(batch.keys)
        filled = zip(*[map(bool, column.texts) for column in batch.columns], strict=True)
        return [_NO_LAYOUT if index in odd else self._layout(row) for index, row in enumerate(filled)]

    def cells(self, batch: Batch, places: list[str]) -> list[str]:
        """Return the cells that are told of each record."""
        filled = [(column, texts) for column, texts in self._texts(batch) if any(texts)]
        told = [lines for column, texts in filled if (lines := column.cells(places, texts))]
        return list(map("".join, zip(*told, strict=True))) or [""] * len(places)

    def odd(self, batch: Batch) -> set[int]:
        """Return the indexes of records that ask for a closer look."""
        return {index for column, texts in self._texts(batch) if any(texts) for index in column.odd(texts)}

    def _texts(self, batch: Batch) -> Iterator[tuple[StatingColumn, Sequence[str]]]:
        return zip(self._columns, [column.texts for column in batch.columns], strict=True)

    def _layout(self, filled: tuple[bool, ...]) -> Layout:
        known = self._layouts.get(filled)
        if known is None:
            if len(self._layouts) >= _LAYOUTS:
                self._layouts.clear()
            known = self._layouts[filled] = self._made(filled)
        return known

    def _made(self, filled: tuple[bool, ...]) -> Layout:
        return self._file.layout(tuple([entry for entry, there in zip(self._entries, filled, strict=True) if there]))
