"""The values of one row, by what they fill, before anything is made of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.errors import ValueFault
from loaders.findings import Finding, finding
from loaders.letters import column_letter
from loaders.records import Cell
from loaders.sources.files import unwritable
from loaders.sources.mapped.column_map import Part, Target
from loaders.sources.mapped.header import Header
from loaders.sources.tables import Row, Table

__all__ = ["Fields", "RowValues", "instances", "row_values"]

Fields = dict[str, tuple[Cell, ...]]


@dataclass(slots=True)
class RowValues:
    """What the columns of a row say.

    :param columns: part to the columns that fill it, each with its field and its values.
    :param findings: what cannot be used.
    """

    columns: dict[str, list[tuple[str, tuple[Cell, ...]]]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def cells(self, part: str, name: str) -> tuple[Cell, ...]:
        """Return the values of a field from all its columns."""
        return tuple(cell for filled, cells in self.columns.get(part, ()) if filled == name for cell in cells)

    def of(self, part: str) -> Sequence[tuple[str, tuple[Cell, ...]]]:
        """Return each column of a part: its field and its values."""
        return self.columns.get(part, ())


def row_values(table: Table, header: Header, row: Row) -> RowValues:
    """Read the cells of a row as the map says.

    :param table: the table, for places.
    :param header: its headings.
    :param row: the row.
    """
    found = RowValues()
    for index, column in header.places.items():
        text = row.cells[index] if index < len(row.cells) else ""
        if not text or text.isspace():
            continue
        character = unwritable(text)
        if character:
            found.findings.append(finding("control-character", table.place(row, index), character=character))
            continue
        for target in column.targets:
            cells = tuple(_cells(table, row, index, target, text, found.findings))
            if cells:
                found.columns.setdefault(target.part, []).append((target.field, cells))
    return found


def _cells(table: Table, row: Row, index: int, target: Target, text: str, findings: list[Finding]) -> Iterator[Cell]:
    letter = column_letter(index)
    reading = target.reading
    for part in reading.parts(text):
        try:
            value = reading.read(part)
        except ValueFault as fault:
            findings.append(finding(fault.rule, table.place(row, index), value=part, **fault.details))
            continue
        if value:
            yield Cell(value, letter, row.line, reading.language, "" if value == text.strip() else text)


def instances(
    part: Part, values: RowValues, anchors: tuple[str, ...], table: Table, row: Row
) -> tuple[list[Fields], list[Finding]]:
    """Return the things that a row tells of under one part: several where a cell holds several names.

    Columns that hold as many values belong to them one by one. Where one thing stands alone, all values are its own.

    :param part: the part.
    :param values: the values of the row.
    :param anchors: fields of which any makes a thing.
    :param table: the table, for places.
    :param row: the row.
    :returns: the fields of each, constants among them, and findings for values that belong to none for certain.
    """
    columns = values.of(part.name)
    counts = [len(cells) for name, cells in columns if name in anchors]
    number = max(counts, default=0)
    findings: list[Finding] = []
    if not number:
        return ([dict(part.constants)] if any(name in part.constants for name in anchors) else []), findings
    things: list[Fields] = [{} for _ in range(number)]
    for name, cells in columns:
        if number == 1:
            things[0][name] = things[0].get(name, ()) + cells
        elif len(cells) == number:
            for thing, cell in zip(things, cells, strict=True):
                thing[name] = (*thing.get(name, ()), cell)
        else:
            shown = " / ".join(cell.text for cell in cells)
            place = table.place(row)
            findings.append(finding("map-unpaired", place, value=shown, field=f"{part.name}.{name}", things=number))
    return [_with_constants(thing, part.constants) for thing in things], findings


def _with_constants(thing: Fields, constants: Mapping[str, tuple[Cell, ...]]) -> Fields:
    """Let a column's value come before what the map states for all rows."""
    return {**constants, **thing}
