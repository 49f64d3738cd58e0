"""The rows of a mapped table: which are read, and what their projects are called."""

from collections.abc import Iterator

from loaders.findings import Finding, finding
from loaders.mentions import identifier_of
from loaders.records import Record
from loaders.sources.mapped.column_map import PROJECT
from loaders.sources.mapped.keys import combined_key
from loaders.sources.mapped.row_records import RowRecords
from loaders.sources.mapped.table_reading import Reading
from loaders.sources.mapped.totals import total_column
from loaders.sources.mapped.values import RowValues, row_values
from loaders.sources.tables import Row

__all__ = ["read_row"]


def read_row(reading: Reading, row: Row) -> Iterator[Record | Finding]:
    """Read one row.

    :param reading: the table that it stands in, and what was read before.
    :param row: a row below the headings that is not blank.
    :returns: its records, and findings for what cannot be used.
    """
    reading.seen.rows += 1
    misfit = _misfit(reading, row)
    if misfit is not None:
        yield misfit
        return
    values = row_values(reading.table, reading.header, row)
    if not all(values.cells(part, name) for part, name in reading.column_map.required):
        reading.seen.asides.append(row.number)
        return
    total = total_column(row, *reading.telling, reading.column_map.not_totals)
    if total is not None:
        yield finding("map-total", reading.table.place(row, total), value=row.cells[total].strip())
        return
    yield from values.findings
    project = _project_key(reading, values)
    if project:
        yield from RowRecords(reading, row, values, project).records()
    else:
        yield finding("map-row-without-key", reading.table.place(row))


def _misfit(reading: Reading, row: Row) -> Finding | None:
    """Tell a row whose cells do not stand under their headings."""
    cells, width = len(row.cells), reading.header.width
    short = reading.table.separated and cells < width
    if short or any(cell.strip() for cell in row.cells[width:]):
        return finding("map-row-width", reading.table.place(row), cells=cells, columns=width)
    return None


def _project_key(reading: Reading, values: RowValues) -> str:
    column_map = reading.column_map
    identifier = identifier_of("".join(cell.text for cell in values.cells(PROJECT, "id")[:1]))
    key = identifier or (combined_key(column_map, values) if column_map.key else "")
    return reading.seen.numbers.numbered(key) if key and column_map.numbered else key
