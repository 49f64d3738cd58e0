"""The tables of CORDIS, row by row: what is told once, what is left out, and what is wrong."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.records import Record
from loaders.sources.cordis.entries import Entry
from loaders.sources.cordis.files import LOOKED_AT, tables
from loaders.sources.cordis.layouts import Header, read_header
from loaders.sources.cordis.participations import participation_records
from loaders.sources.cordis.projects import project_records
from loaders.sources.cordis.said import Said
from loaders.sources.files import shown_name, unwritable
from loaders.sources.tables import Row, Table

__all__ = ["read"]


def read(path: Path, dataset: Dataset) -> Iterator[Record | Finding]:
    """Read projects, organisations or participations of CORDIS.

    :param path: a CSV file, a workbook, the archive as published, or a folder of tables.
    :param dataset: the dataset.
    :returns: records and findings in the order of the file, then what was read in another form or left out.
    :raises SourceError: if a file cannot be read at all, or none of its tables is one of CORDIS.
    """
    here = Location(shown_name(path.name))
    reader = _Reader(dataset)
    with TemporaryDirectory() as room:
        for item in tables(path, Path(room)):
            if isinstance(item, Finding):
                yield item
            else:
                yield from reader.table(item)
    if not reader.known:
        raise SourceFault(finding("cordis-no-table", here))
    yield finding("cordis-definitions", here)
    for rule, times in sorted(reader.readings.items()):
        yield finding(rule, here, times=times)


class _Reader:
    """Reads the tables of one dataset.

    :param dataset: the dataset.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._said = Said()
        #: What was told of projects, as numbers: rows of participations repeat it.
        self._projects: set[int] = set()
        #: How often a declared reading changed a text, by its rule.
        self.readings: Counter[str] = Counter()
        #: Whether any table was one of CORDIS.
        self.known = False

    def table(self, table: Table) -> Iterator[Record | Finding]:
        items = iter(table.rows)
        seen: list[Row | Finding] = []
        header = None
        for item in items:
            seen.append(item)
            header = read_header(item.cells) if isinstance(item, Row) else None
            if header is not None or len(seen) > LOOKED_AT:
                break
        yield from (item for item in seen if isinstance(item, Finding))
        if header is None:
            yield finding("cordis-table-left-out", table.place())
            return
        self.known = True
        if header.left_out:
            yield finding("cordis-columns-left-out", table.place(), value=", ".join(header.left_out))
        rows = 0
        for item in items:
            if isinstance(item, Finding):
                yield item
            elif not item.blank:
                rows += 1
                yield from self._row(table, header, item)
        if not rows:
            yield finding("table-without-rows", table.place())

    def _row(self, table: Table, header: Header, row: Row) -> Iterator[Record | Finding]:
        place = table.place(row)
        if len(row.cells) < header.width and table.separated:
            yield finding("row-too-short", place, cells=len(row.cells), columns=header.width)
            return
        if any(cell.strip() for cell in row.cells[header.width :]):
            beyond = next(cell for cell in row.cells[header.width :] if cell.strip())
            yield finding("cell-without-heading", place, value=beyond)
            return
        row, unusable = _writable(table, row)
        yield from unusable
        entry = Entry(table, header, row, self._dataset.key, self.readings)
        if not entry.text("project"):
            yield finding("cordis-no-project", place)
            return
        told = hash((header.layout.name, entry.project))
        records: Iterator[Record | Finding] = iter(()) if told in self._projects else project_records(entry)
        self._projects.add(told)
        if "role" in header.columns:
            records = chain(records, participation_records(entry, self._said, self._dataset.namespace))
        for item in records:
            yield from [item] if isinstance(item, Finding) else self._said.new(item)


def _writable(table: Table, row: Row) -> tuple[Row, list[Finding]]:
    """Leave out cells that no graph can carry."""
    characters = {index: unwritable(cell) for index, cell in enumerate(row.cells) if not cell.isprintable()}
    wrong = {index: character for index, character in characters.items() if character}
    if not wrong:
        return row, []
    cells = tuple("" if index in wrong else cell for index, cell in enumerate(row.cells))
    places = ((table.place(row, index), character) for index, character in wrong.items())
    return row._replace(cells=cells), [
        finding("control-character", place, character=character) for place, character in places
    ]
