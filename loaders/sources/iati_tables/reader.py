"""IATI activities from their flattened tables: rows kept by activity, then one activity after the other."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from loaders.datasets import Dataset
from loaders.errors import SourceError, SourceFault
from loaders.findings import Finding, Location, finding
from loaders.records import Record
from loaders.sources.files import shown_name
from loaders.sources.iati.activity import Activity
from loaders.sources.iati.portfolio import Portfolio
from loaders.sources.iati.records import activity_records
from loaders.sources.iati_tables.activities import OF_THE_ACTIVITY, build_activity
from loaders.sources.iati_tables.elements import Element, elements_of
from loaders.sources.iati_tables.groups import Groups, Kept
from loaders.sources.iati_tables.headers import IDENTIFIER
from loaders.sources.iati_tables.tables import Part, files_of, find_part, tables_of
from loaders.sources.look import Look

__all__ = ["read", "recognise"]

#: Elements that further rows of the activity's own table add, where that table has a row for each of them.
_REPEATED = frozenset({"transaction", "budget"})
#: Cells of one activity over all tables, and characters in them. The largest that are published have some ten thousand
#: transactions; more would fill the memory.
_MOST_CELLS, _MOST_CHARACTERS = 500_000, 50_000_000
#: Fields by which a record refers to its activity, or to a transaction of it.
_REFERRING = ("project", "transaction")


def read(path: Path, dataset: Dataset) -> Iterator[Record | Finding]:
    """Read the tables of a folder or file.

    All rows are read once and kept on disk by activity; then the activities come in the order of their own table.

    :param path: folder of XLSX and CSV files, or one of them.
    :param dataset: the dataset.
    :returns: findings about tables and rows, then the records of each activity.
    :raises SourceError: if a file cannot be read, or no table says what the activities are.
    """
    with Groups() as groups:
        reading = _Reading(dataset, groups)
        yield from reading.tables(path)
        yield from reading.activities(path)


def recognise(look: Look) -> str:
    """Tell whether a table of a folder or file has a column for the identifier of an activity.

    :param look: a look at the folder or file.
    :returns: the reason as a sentence, or empty.
    """
    try:
        files = [file for file in files_of(look.path) if isinstance(file, Path)]
    except SourceError:
        return ""
    for table in chain.from_iterable(map(look.tables, files)):
        part, _ = find_part(table)
        if part is not None:
            return f"A table in {table.file} has the column {part.top.cells[part.key].strip()}."
    return ""


class _Reading:
    """One folder while it is read."""

    def __init__(self, dataset: Dataset, groups: Groups) -> None:
        self._dataset = dataset
        self._groups = groups
        self._parts: list[Part] = []
        self._portfolio = Portfolio()
        #: File and sheet of each table, to its column with the identifier.
        self._letters: dict[tuple[str, str], str] = {}

    def tables(self, path: Path) -> Iterator[Finding]:
        """Keep the rows of all tables."""
        for file in files_of(path):
            if isinstance(file, Finding):
                yield file
                continue
            for table in tables_of(file):
                part, findings = find_part(table)
                yield from findings
                if part is not None:
                    yield from self._rows(part)

    def _rows(self, part: Part) -> Iterator[Finding]:
        number = len(self._parts)
        self._parts.append(part)
        self._letters[part.table.file, part.table.sheet] = part.table.place(column=part.key).column
        kept = len(part.header.columns) > 1 or part.header.personal
        for item in part.table.rows:
            if isinstance(item, Finding):
                yield item
            elif not item.blank:
                row, findings = part.checked(item)
                yield from findings
                if row is not None and kept:
                    self._groups.add(part.identifier(row), number, row)
        yield from part.told()

    def activities(self, path: Path) -> Iterator[Record | Finding]:
        """Put the activities together and yield what they state."""
        leading = max(range(len(self._parts)), key=lambda number: _own_columns(self._parts[number]), default=-1)
        if leading < 0 or not _own_columns(self._parts[leading]):
            raise SourceFault(finding("iati-no-activities", Location(shown_name(path.name))))
        for identifier, kept in self._groups.without(leading):
            place = self._parts[kept.part].table.place(kept.row)
            yield finding("iati-row-without-activity", place, value=identifier, table=self._parts[leading].table.file)
        for identifier in self._groups.activities(leading):
            rows = sorted(self._bounded(self._groups.of(identifier)), key=lambda kept: kept.part != leading)
            yield from self._activity(rows, leading)
        yield from self._portfolio.left_out_findings(shown_name(path.name))

    def _bounded(self, rows: Iterable[Kept]) -> Iterator[Kept]:
        """Yield the rows of one activity, as long as it can be held in memory."""
        cells = characters = 0
        for kept in rows:
            cells += len(kept.row.cells)
            characters += sum(map(len, kept.row.cells))
            if cells > _MOST_CELLS or characters > _MOST_CHARACTERS:
                place = self._parts[kept.part].table.place(kept.row)
                raise SourceFault(finding("iati-activity-too-large", place, largest=_MOST_CELLS))
            yield kept

    def _activity(self, rows: Iterable[Kept], leading: int) -> Iterator[Record | Finding]:
        elements: list[Element] = []
        contacts, first = 0, ""
        own = self._parts[leading].header.elements & OF_THE_ACTIVITY
        for kept in rows:
            part = self._parts[kept.part]
            wanted = part.header.elements - own
            contacts += part.has_contact(kept.row)
            if kept.part == leading and not first:
                first = str(part.table.place(kept.row))
                wanted = part.header.elements
            elif kept.part == leading:
                wanted = part.header.elements & _REPEATED
                if not wanted:
                    place = part.table.place(kept.row)
                    yield finding("iati-row-of-activity-twice", place, value=part.identifier(kept.row), first=first)
            elements += elements_of(part, kept.row, wanted, self._dataset.key)
        activity = build_activity(elements, self._dataset.language, contacts)
        for item in activity_records(activity, self._portfolio):
            yield item if isinstance(item, Finding) or item.source is activity.source else self._placed(item, activity)

    def _placed(self, record: Record, activity: Activity) -> Record:
        """Let what refers to the activity stand in the row of the record itself, not in that of the activity."""
        key = activity.identifier
        letter = self._letters[record.source.file, record.source.sheet]
        fields = {
            name: tuple(
                cell._replace(column=letter, line=None)
                if key is not None and key.text in (cell.text, cell.source)
                else cell
                for cell in cells
            )
            if name in _REFERRING
            else cells
            for name, cells in record.fields.items()
        }
        return record._replace(fields=fields)


def _own_columns(part: Part) -> int:
    """Return how many columns tell of the activity as a whole, beside its identifier."""
    columns = part.header.columns.values()
    return sum(column.element in OF_THE_ACTIVITY and column != IDENTIFIER for column in columns)
