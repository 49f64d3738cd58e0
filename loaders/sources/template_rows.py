"""The rows of one template sheet to records."""

from collections.abc import Iterator
from typing import NamedTuple

from loaders.findings import LANGUAGES, Finding, Location, finding
from loaders.keys import MissingKeyError, record_key
from loaders.records import Cell, Record, SourceRef
from loaders.sources.files import unwritable
from loaders.sources.tables import Row, Table
from loaders.sources.template_header import Header
from loaders.sources.template_seen import Fields, First, Seen
from loaders.template.sheets import SEPARATOR, Sheet

__all__ = ["RowReader"]


class _Column(NamedTuple):
    """What the cells below one heading are.

    :param field: the field that they fill, or ``id``.
    :param letter: letter of the column.
    :param language: their language, or empty.
    :param many: whether a cell may hold several values.
    :param own: whether they tell of the sheet's own kind, not of the one that continues the row.
    """

    field: str
    letter: str
    language: str
    many: bool
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
        self._dataset = dataset
        self._sheet = sheet
        self._table = table
        self._header = header
        self._seen = seen
        self._columns = [self._column(index) for index in range(max(header.columns, default=-1) + 1)]
        self._id_letter = table.place(column=self._position("id")).column
        self._identified = any(column.field == "id" for column in sheet.columns)

    def read(self, row: Row) -> Iterator[Record | Finding]:
        """Read one row.

        :param row: a row that is neither blank nor a comment.
        :returns: its records, a grant before its amount; findings for what cannot be used.
        """
        misfit = self._misfit(row)
        if misfit is not None:
            yield misfit
            return
        if not "".join(row.cells).isprintable():
            row, faults = self._checked(row)
            yield from faults
        identifier, own, further = self._fields(row)
        fault = self._id_fault(row, identifier)
        if fault is None:
            yield from self._records(row, identifier, own, further)
        elif not self._told(row, ("id",)):
            yield fault

    def _records(self, row: Row, identifier: str, own: Fields, further: Fields) -> Iterator[Record | Finding]:
        known = self._seen.fields.get((self._sheet.kind, identifier)) if identifier and further else None
        if known is None:
            main = self._record(row, self._sheet.kind, identifier, own)
            if main is not None:
                yield main
            if not isinstance(main, Record):
                return
            if identifier and self._sheet.further:
                self._seen.fields[self._sheet.kind, identifier] = own
        else:
            yield from self._contradictions(row, identifier, known, own)
        if further:
            parent = {self._sheet.kind: (Cell(identifier, self._id_letter, row.line),)}
            more = self._record(row, self._sheet.further, "", parent | further)
            if more is not None:
                yield more

    def _column(self, index: int) -> _Column | None:
        """Return what stands below a heading, or ``None`` where nothing is read."""
        column = self._header.columns.get(index)
        if column is None:
            return None
        letter = self._table.place(column=index).column
        return _Column(column.field, letter, column.language, column.many, column.kind == self._sheet.kind)

    def _misfit(self, row: Row) -> Finding | None:
        """Tell a row whose cells do not stand under their headings."""
        cells = len(row.cells)
        width = self._header.width
        if cells == width and not self._header.unnamed:
            return None
        if self._table.separated and cells < width:
            return finding("row-too-short", self._table.place(row), cells=str(cells), columns=str(width))
        for index, cell in enumerate(row.cells):
            if cell.strip() and (index >= width or index in self._header.unnamed):
                return finding("cell-without-heading", self._table.place(row, index), value=cell.strip())
        return None

    def _checked(self, row: Row) -> tuple[Row, list[Finding]]:
        """Empty the cells that hold a character which cannot be kept."""
        faults: list[Finding] = []
        cells = list(row.cells)
        for index in self._header.columns:
            character = unwritable(cells[index]) if index < len(cells) else ""
            if character:
                faults.append(finding("control-character", self._table.place(row, index), character=character))
                cells[index] = ""
        if not faults:
            return row, []
        untrusted = row.untrusted | {index for index, cell in enumerate(row.cells) if cells[index] != cell}
        return row._replace(cells=tuple(cells), untrusted=untrusted), faults

    def _fields(self, row: Row) -> tuple[str, Fields, Fields]:
        """Return the id, the cells of the sheet's own kind, and those of the kind that continues the row."""
        identifier = ""
        own: Fields = {}
        further: Fields = {}
        line = row.line
        for column, written in zip(self._columns, row.cells, strict=False):
            if column is None or not written or not (text := written.strip()):
                continue
            name, letter, language, many, is_own = column
            if name == "id":
                identifier = text
                continue
            if many and SEPARATOR in text:
                parts = map(str.strip, text.split(SEPARATOR))
                cells = tuple([Cell(part, letter, line, language) for part in parts if part])
            else:
                cells = (Cell(text, letter, line, language),)
            fields = own if is_own else further
            fields[name] = fields[name] + cells if name in fields else cells
        return identifier, own, further

    def _id_fault(self, row: Row, identifier: str) -> Finding | None:
        if not self._identified:
            return None
        if not identifier:
            return finding("missing-id", self._place(row, "id"))
        if SEPARATOR in identifier:
            return finding("id-with-separator", self._place(row, "id"), value=identifier)
        return None

    def _record(self, row: Row, kind: str, identifier: str, fields: Fields) -> Record | Finding | None:
        """Return a record, or what is wrong with it unless that has been told."""
        table = self._table
        try:
            key = record_key(kind, identifier, fields)
        except MissingKeyError as error:
            return None if self._told(row, error.fields) else self._missing(row, error.fields)
        here = First(table, row.number, row.line)
        first = self._seen.places.setdefault((kind, key), here)
        if first is not here:
            rule = "duplicate-id" if identifier else "duplicate-row"
            return finding(rule, self._place(row, "id"), value=identifier or " / ".join(key), first=str(first))
        return Record(kind, key, SourceRef(self._dataset, table.file, table.sha256, table.sheet, row.number), fields)

    def _told(self, row: Row, fields: tuple[str, ...]) -> bool:
        """Tell whether a finding has already told why one of some fields is missing."""
        columns = self._header.columns
        return any(columns[index].field in fields for index in row.untrusted if index in columns)

    def _contradictions(self, row: Row, identifier: str, known: Fields, now: Fields) -> Iterator[Finding]:
        """Compare a further row of the same id with its first one; blank cells agree with everything."""
        first = self._seen.places[self._sheet.kind, (identifier,)]
        for name, cells in now.items():
            before = {(cell.text, cell.language) for cell in known.get(name, ())}
            if not {(cell.text, cell.language) for cell in cells} <= before:
                place = self._place(row, name)
                yield finding("row-contradicts", place, value=cells[0].text, identifier=identifier, first=str(first))

    def _missing(self, row: Row, fields: tuple[str, ...]) -> Finding:
        shown = [column.heading for column in self._sheet.columns if column.field in fields]
        names = {f"columns_{language}": " / ".join(heading[language] for heading in shown) for language in LANGUAGES}
        return finding("missing-cell", self._place(row, fields[0]), **names)

    def _place(self, row: Row, name: str) -> Location:
        return self._table.place(row, self._position(name))

    def _position(self, name: str) -> int | None:
        """Return the index of a field's first column, or ``None`` where the table does not have it."""
        return next((index for index, column in self._header.columns.items() if column.field == name), None)
