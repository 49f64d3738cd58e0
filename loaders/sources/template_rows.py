"""The rows of one template sheet to records."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from loaders.batches import values_in
from loaders.findings import LANGUAGES, Finding, Location, finding
from loaders.keys import MissingKeyError, record_key
from loaders.records import Cell, Record, SourceRef
from loaders.sources.files import unwritable
from loaders.sources.tables import Row, Table
from loaders.sources.template_header import Header
from loaders.sources.template_seen import Fields, Seen
from loaders.template.examples import example_texts
from loaders.template.sheets import SEPARATOR, Sheet

__all__ = ["RowColumn", "RowReader", "own_fields"]


class RowColumn(NamedTuple):
    """What the cells below one heading are.

    :param place: where they stand in a row, counted from 0.
    :param field: the field that they fill, or ``id``.
    :param letter: letter of the column.
    :param language: their language, or empty.
    :param separator: what stands between several values in one cell; empty where a cell holds one value.
    :param own: whether they tell of the sheet's own kind, not of the one that continues the row.
    """

    place: int
    field: str
    letter: str
    language: str
    separator: str
    own: bool


class RowReader:
    """Reads the rows below one header.

    :param dataset: key of the dataset.
    :param sheet: sheet of the template.
    :param table: the table.
    :param header: its header.
    :param seen: what has been read before.
    """

    def __init__(self, dataset: str, sheet: Sheet, table: Table, header: Header, seen: Seen) -> None:
        self.dataset = dataset
        self.sheet = sheet
        self.table = table
        self.header = header
        self.seen = seen
        self.columns = tuple(
            RowColumn(
                index,
                column.field,
                table.place(column=index).column,
                column.language,
                SEPARATOR if column.many else "",
                column.kind == sheet.kind,
            )
            for index, column in sorted(header.columns.items())
        )
        self.id_letter = table.place(column=self._position("id")).column
        self.identified = any(column.field == "id" for column in sheet.columns)
        examples = example_texts(sheet)
        self.examples = {
            index: examples[column.key] for index, column in header.columns.items() if column.key in examples
        }

    def read(self, row: Row) -> Iterator[Record | Finding]:
        """Read one row.

        :param row: a row that is neither blank nor a comment.
        :returns: its records, a grant before its amount; findings for what cannot be used.
        """
        misfit = self._misfit(row)
        if misfit is not None:
            yield misfit
            return
        row, faults = self._without_examples(row)
        yield from faults
        if not "".join(row.cells).isprintable():
            row, faults = self._checked(row)
            yield from faults
        identifier, own, further = _fields(self.columns, row)
        fault = self._id_fault(row, identifier)
        if fault is None:
            yield from self._records(row, identifier, own, further)
        elif not self._told(row, ("id",)):
            yield fault

    def overwritten(self, row: Row) -> Finding | None:
        """Tell a row that begins as the example of the template does and holds something else.

        :param row: a row that is a comment.
        """
        known = [self.examples.get(index, frozenset()) for index in range(len(row.cells))]
        if row.cells[0].strip() not in known[0]:
            return None
        for index, cell in enumerate(row.cells):
            if cell.strip() and cell.strip() not in known[index]:
                return finding("example-overwritten", self.table.place(row, index), value=row.cells[0].strip())
        return None

    def _records(self, row: Row, identifier: str, own: Fields, further: Fields) -> Iterator[Record | Finding]:
        known = self.seen.fields.get((self.sheet.kind, identifier)) if identifier and further else None
        if known is None:
            main = self._record(row, self.sheet.kind, identifier, own)
            if main is not None:
                yield main
            if not isinstance(main, Record):
                return
            if identifier and self.sheet.further:
                self.seen.fields[self.sheet.kind, identifier] = partial(own_fields, self.columns, row)
        else:
            yield from self._contradictions(row, identifier, known(), own)
        if further:
            parent = {self.sheet.kind: (Cell(identifier, self.id_letter, row.line),)}
            more = self._record(row, self.sheet.further, "", parent | further)
            if more is not None:
                yield more

    def _misfit(self, row: Row) -> Finding | None:
        """Tell a row whose cells do not stand under their headings."""
        cells = len(row.cells)
        width = self.header.width
        if cells == width and not self.header.unnamed:
            return None
        if self.table.separated and cells < width:
            return finding("row-too-short", self.table.place(row), cells=str(cells), columns=str(width))
        for index, cell in enumerate(row.cells):
            if cell.strip() and (index >= width or index in self.header.unnamed):
                return finding("cell-without-heading", self.table.place(row, index), value=cell.strip())
        return None

    def _checked(self, row: Row) -> tuple[Row, list[Finding]]:
        """Empty the cells that hold a character which cannot be kept."""
        faults: list[Finding] = []
        cells = list(row.cells)
        for index in self.header.columns:
            character = unwritable(cells[index]) if index < len(cells) else ""
            if character:
                faults.append(finding("control-character", self.table.place(row, index), character=character))
                cells[index] = ""
        return (_emptied(row, cells), faults) if faults else (row, [])

    def _without_examples(self, row: Row) -> tuple[Row, list[Finding]]:
        """Empty the cells that still hold the example of the template."""
        faults: list[Finding] = []
        cells = list(row.cells)
        for index, examples in self.examples.items():
            if index < len(cells) and cells[index].strip() in examples:
                faults.append(finding("example-left", self.table.place(row, index), value=cells[index].strip()))
                cells[index] = ""
        return (_emptied(row, cells), faults) if faults else (row, [])

    def _id_fault(self, row: Row, identifier: str) -> Finding | None:
        if not self.identified:
            return None
        if not identifier:
            return finding("missing-id", self._place(row, "id"))
        if SEPARATOR in identifier:
            return finding("id-with-separator", self._place(row, "id"), value=identifier)
        return None

    def _record(self, row: Row, kind: str, identifier: str, fields: Fields) -> Record | Finding | None:
        """Return a record, or what is wrong with it unless that has been told."""
        table = self.table
        try:
            key = record_key(kind, identifier, fields)
        except MissingKeyError as error:
            return None if self._told(row, error.fields) else self._missing(row, error.fields)
        if self.seen.has(kind, key):
            rule = "duplicate-id" if identifier else "duplicate-row"
            first = self.seen.first(kind, key)
            return finding(rule, self._place(row, "id"), value=identifier or " / ".join(key), first=first)
        self.seen.note(kind, [key], table, [row.number], [row.line])
        return Record(kind, key, SourceRef(self.dataset, table.file, table.sha256, table.sheet, row.number), fields)

    def _told(self, row: Row, fields: tuple[str, ...]) -> bool:
        """Tell whether a finding has already told why one of some fields is missing."""
        columns = self.header.columns
        return any(columns[index].field in fields for index in row.untrusted if index in columns)

    def _contradictions(self, row: Row, identifier: str, known: Fields, now: Fields) -> Iterator[Finding]:
        """Compare a further row of the same id with its first one; blank cells agree with everything."""
        first = self.seen.first(self.sheet.kind, (identifier,))
        for name, cells in now.items():
            before = {(cell.text, cell.language) for cell in known.get(name, ())}
            if not {(cell.text, cell.language) for cell in cells} <= before:
                place = self._place(row, name)
                yield finding("row-contradicts", place, value=cells[0].text, identifier=identifier, first=first)

    def _missing(self, row: Row, fields: tuple[str, ...]) -> Finding:
        shown = [column.heading for column in self.sheet.columns if column.field in fields]
        names = {f"columns_{language}": " / ".join(heading[language] for heading in shown) for language in LANGUAGES}
        return finding("missing-cell", self._place(row, fields[0]), **names)

    def _place(self, row: Row, name: str) -> Location:
        return self.table.place(row, self._position(name))

    def _position(self, name: str) -> int | None:
        """Return the index of a field's first column, or ``None`` where the table does not have it."""
        return next((index for index, column in self.header.columns.items() if column.field == name), None)


def _emptied(row: Row, cells: list[str]) -> Row:
    """Return a row with some cells emptied, for which a finding says why."""
    untrusted = row.untrusted | {index for index, cell in enumerate(row.cells) if cells[index] != cell}
    return row._replace(cells=tuple(cells), untrusted=untrusted)


def own_fields(columns: Iterable[RowColumn], row: Row) -> Fields:
    """Return what a row says of the sheet's own kind.

    :param columns: what stands below each heading.
    :param row: the row.
    """
    return _fields(columns, row)[1]


def _fields(columns: Iterable[RowColumn], row: Row) -> tuple[str, Fields, Fields]:
    """Return the id, the cells of the sheet's own kind, and those of the kind that continues the row."""
    identifier = ""
    own: Fields = {}
    further: Fields = {}
    line = row.line
    width = len(row.cells)
    for place, name, letter, language, separator, is_own in columns:
        if place >= width or not (text := row.cells[place].strip()):
            continue
        if name == "id":
            identifier = text
            continue
        cells = tuple([Cell(value, letter, line, language) for value in values_in(text, separator)])
        fields = own if is_own else further
        fields[name] = fields[name] + cells if name in fields else cells
    return identifier, own, further
