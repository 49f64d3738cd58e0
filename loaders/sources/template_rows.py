"""The rows of one template sheet to records."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from loaders.findings import LANGUAGES, Finding, Location, finding
from loaders.keys import MissingKeyError, record_key
from loaders.records import Cell, Record, SourceRef
from loaders.sources.files import unwritable
from loaders.sources.tables import Row, Table
from loaders.sources.template_header import Header
from loaders.template.sheets import SEPARATOR, Sheet

__all__ = ["RowReader", "Seen"]

_Fields = dict[str, tuple[Cell, ...]]


@dataclass(slots=True)
class Seen:
    """What the rows before have said, over all files of one template.

    :param places: kind and key of each record, to the place of its row.
    :param fields: the fields that the first row of an id gave it.
    """

    places: dict[tuple[str, tuple[str, ...]], Location] = field(default_factory=dict)
    fields: dict[tuple[str, str], _Fields] = field(default_factory=dict)


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
        self._columns = [(index, column, table.place(column=index).column) for index, column in header.columns.items()]
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
        row, faults = self._checked(row)
        yield from faults
        identifier, own, further = self._fields(row)
        fault = self._id_fault(row, identifier)
        if fault is not None:
            yield from self._told(row, ("id",), fault)
            return
        known = self._seen.fields.get((self._sheet.kind, identifier)) if identifier and further else None
        if known is None:
            main = self._record(row, self._sheet.kind, identifier, own)
            yield from main
            if not any(isinstance(item, Record) for item in main):
                return
            if identifier:
                self._seen.fields[self._sheet.kind, identifier] = own
        else:
            yield from self._contradictions(row, identifier, known, own)
        if further:
            position = self._position("id")
            letter = self._table.place(row, position).column
            parent = {self._sheet.kind: (Cell(identifier, letter, row.line),)}
            yield from self._record(row, self._sheet.further, "", parent | further)

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
        if all(map(str.isprintable, row.cells)):
            return row, []
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
        return replace(row, cells=tuple(cells), untrusted=untrusted), faults

    def _fields(self, row: Row) -> tuple[str, _Fields, _Fields]:
        """Return the id, the cells of the sheet's own kind, and those of the kind that continues the row."""
        identifier = ""
        own: _Fields = {}
        further: _Fields = {}
        for index, column, letter in self._columns:
            text = row.cells[index].strip() if index < len(row.cells) else ""
            if not text:
                continue
            if column.field == "id":
                identifier = text
                continue
            parts = [part.strip() for part in text.split(SEPARATOR)] if column.many else (text,)
            cells = tuple([Cell(part, letter, row.line, column.language) for part in parts if part])
            fields = own if column.kind == self._sheet.kind else further
            fields[column.field] = fields.get(column.field, ()) + cells
        return identifier, own, further

    def _id_fault(self, row: Row, identifier: str) -> Finding | None:
        if not self._identified:
            return None
        if not identifier:
            return finding("missing-id", self._place(row, "id"))
        if SEPARATOR in identifier:
            return finding("id-with-separator", self._place(row, "id"), value=identifier)
        return None

    def _record(self, row: Row, kind: str, identifier: str, fields: _Fields) -> tuple[Record | Finding, ...]:
        try:
            key = record_key(kind, identifier, fields)
        except MissingKeyError as error:
            return self._told(row, error.fields, self._missing(row, error.fields))
        first = self._seen.places.get((kind, key))
        if first is not None:
            rule = "duplicate-id" if identifier else "duplicate-row"
            return (finding(rule, self._place(row, "id"), value=identifier or " / ".join(key), first=str(first)),)
        self._seen.places[kind, key] = self._table.place(row, 0)
        table = self._table
        return (Record(kind, key, SourceRef(self._dataset, table.file, table.sha256, table.sheet, row.number), fields),)

    def _told(self, row: Row, fields: tuple[str, ...], fault: Finding) -> tuple[Finding, ...]:
        """Return a fault of missing values, unless a finding has already told why one of them is missing."""
        columns = self._header.columns
        told = any(columns[index].field in fields for index in row.untrusted if index in columns)
        return () if told else (fault,)

    def _contradictions(self, row: Row, identifier: str, known: _Fields, now: _Fields) -> Iterator[Finding]:
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
