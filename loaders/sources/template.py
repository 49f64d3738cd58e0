"""The project's own table template, filled in: a workbook, a folder of CSV files, or one CSV file."""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from loaders.batches import Batch, each_record
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import LANGUAGES, Finding, Location, Severity, finding
from loaders.normalise.names import lookup_key
from loaders.records import Record
from loaders.sources.csv_table import read_csv
from loaders.sources.files import read_file, shown_name
from loaders.sources.look import Look
from loaders.sources.registry import Source
from loaders.sources.tables import Pace, Row, Rows, Table, row_text
from loaders.sources.template_batches import read_rows
from loaders.sources.template_below import Below, items_of
from loaders.sources.template_header import fit, read_header
from loaders.sources.template_rows import RowReader
from loaders.sources.template_seen import Seen
from loaders.sources.xlsx_table import read_workbook
from loaders.template.sheets import Sheet, sheets
from loaders.template.texts import text

__all__ = ["SOURCE", "SUFFIXES", "read", "read_batches"]

#: Endings of the files that may hold a filled-in template.
SUFFIXES = (".xlsx", ".csv")

#: Rows in which a header is looked for; titles and comments may stand above it.
_LOOKED_AT = 20
#: Share of known headings from which a row is taken for a header.
_HEADER = 0.5


def read(path: Path, dataset: Dataset) -> Iterator[Record | Finding]:
    """Read a filled-in template, record by record.

    :param path: the workbook, the CSV file, or the folder of such files.
    :param dataset: the dataset.
    :returns: records and findings in the order of the file; an amount may come some rows after its grant.
    :raises SourceError: if a file cannot be read at all.
    """
    return each_record(read_batches(path, dataset))


def read_batches(path: Path, dataset: Dataset) -> Iterator[Record | Batch | Finding]:
    """Read a filled-in template, rows that give no finding together.

    A finding never stops the reading, so that one pass shows everything; whether the records may be taken in follows
    from the findings.

    :param path: the workbook, the CSV file, or the folder of such files.
    :param dataset: the dataset.
    :returns: records, batches of them, and findings in the order of the file.
    :raises SourceError: if a file cannot be read at all.
    """
    return _Template(dataset.key, alone=not path.is_dir()).read(path)


class _Template:
    """One filled-in template over all its files."""

    def __init__(self, dataset: str, *, alone: bool) -> None:
        self._dataset = dataset
        self._alone = alone
        self._seen = Seen()
        self._rows = 0
        self._faulty = False

    def read(self, path: Path) -> Iterator[Record | Batch | Finding]:
        for file in [path] if self._alone else sorted(path.iterdir(), key=_order):
            if file.name.startswith("."):
                continue
            for table in _tables(file):
                for item in self._table(table):
                    if isinstance(item, Finding):
                        self._faulty |= item.severity is Severity.VIOLATION
                    yield item
        if not self._rows and not self._faulty:
            raise SourceFault(finding("no-rows", Location(shown_name(path.name))))

    def _table(self, table: Table) -> Iterator[Record | Batch | Finding]:
        name = table.sheet or table.file.rsplit(".", 1)[0]
        if lookup_key(name) in _unread_names():
            return
        pace = Pace()
        items = items_of(table, pace)
        seen: list[Row | Rows | Finding] = []
        head: list[Row] = []
        for item in items:
            seen.append(item)
            if isinstance(item, Row) and not item.blank and not item.comment:
                head.append(item)
                if len(head) == _LOOKED_AT:
                    break
        sheet, faults = self._sheet(table, name, head)
        yield from faults
        if sheet is not None:
            yield from self._body(sheet, table, head, chain(seen, items), pace)
        else:
            yield from (item for item in seen if isinstance(item, Finding))

    def _sheet(self, table: Table, name: str, head: list[Row]) -> tuple[Sheet | None, list[Finding]]:
        """Find out which sheet of the template a table is, by its name, else by its headings."""
        named = _sheets_by_name().get(lookup_key(name))
        if not head:
            # A sheet that nobody named or filled is no fault; one of ours without headings is.
            return None, [finding("sheet-without-header", table.place())] if named is not None else []
        if named is not None:
            return named, []
        sheet = max(sheets(), key=lambda candidate: max(_score(candidate, row) for row in head))
        best = max(head, key=lambda row: _score(sheet, row))
        shown = {f"nearest_{language}": sheet.name[language] for language in LANGUAGES}
        if fit(sheet, best) < _HEADER:
            if self._alone and not self._rows:
                return None, [_unknown(table, head)]
            names = list(_sheets_by_name())
            nearest = _sheets_by_name()[get_close_matches(lookup_key(name), names, n=1, cutoff=0.0)[0]]
            shown = {f"nearest_{language}": nearest.name[language] for language in LANGUAGES}
            return None, [finding("sheet-unknown", table.place(), value=name, **shown)]
        if table.separated and self._alone:
            return sheet, [finding("sheet-told-by-header", table.place(), **shown)]
        return sheet, [finding("sheet-misnamed", table.place(), value=name, **shown)]

    def _body(
        self, sheet: Sheet, table: Table, head: list[Row], items: Iterator[Row | Rows | Finding], pace: Pace
    ) -> Iterator[Record | Batch | Finding]:
        top = max(head, key=lambda row: _score(sheet, row))
        if not _score(sheet, top):
            # A file of text is taken for ours by its name, a sheet of a workbook has a name that many have.
            known = table.separated or not self._alone or self._rows
            yield finding("sheet-without-header", table.place()) if known else _unknown(table, head)
            return
        header = read_header(sheet, table, top)
        yield from header.findings
        if top is not head[0]:
            yield finding("rows-above-header", table.place(top), rows=top.number - 1)
        below = Below(top.number)
        reader = RowReader(self._dataset, sheet, table, header, self._seen)
        yield from read_rows(below.told(items), reader, pace)
        self._rows += below.filled
        yield from filter(None, map(reader.overwritten, below.comments))
        if below.comments:
            yield finding("comment-rows", table.place(below.comments[0]), rows=len(below.comments))
        if not below.filled:
            yield finding(
                "empty-sheet", table.place(), **{f"sheet_{language}": sheet.name[language] for language in LANGUAGES}
            )


def _tables(path: Path) -> Iterator[Table]:
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        yield from read_workbook(read_file(path))
    elif suffix == ".csv":
        yield read_csv(read_file(path))
    else:
        raise SourceFault(finding("file-format", Location(shown_name(path.name)), suffixes=", ".join(SUFFIXES)))


def _unknown(table: Table, head: list[Row]) -> Finding:
    return finding("table-unknown", table.place(), headings=row_text(max(head, key=_filled)))


def _filled(row: Row) -> int:
    return sum(map(bool, map(str.strip, row.cells)))


def _score(sheet: Sheet, row: Row) -> float:
    """Weigh a row as header of a sheet: known headings count, unknown ones and absent ones take away."""
    return fit(sheet, row) * sum(sheet.column(cell) is not None for cell in row.cells if cell.strip())


def _sheets_by_name() -> dict[str, Sheet]:
    return {lookup_key(name): sheet for sheet in sheets() for name in (sheet.key, *sheet.name.values())}


def _unread_names() -> set[str]:
    """Return the names of the sheets that are there for people: explanation, choices, and findings of a check."""
    return {lookup_key(name) for key in ("read-me", "choices", "findings") for name in text("sheets", key).values()}


def _order(file: Path) -> tuple[int, str]:
    """Sort files as the sheets of the template are sorted."""
    sheet = _sheets_by_name().get(lookup_key(file.stem))
    return (sheets().index(sheet) if sheet is not None else len(sheets()), file.name)


def _recognise(look: Look) -> str:
    """Recognise a template by the name of a sheet or file; what is in it is for the reader to judge."""
    path = look.path
    names = [file.name for file in path.iterdir()] if path.is_dir() else [path.name]
    known = [name for name in names if lookup_key(name.rsplit(".", 1)[0]) in _sheets_by_name()]
    return f"It is called {known[0]}, like a sheet of the template." if known else ""


SOURCE = Source(
    "template",
    MappingProxyType(
        {"en": "Template of Integration Graph (XLSX or CSV)", "cs": "Šablona Integration Graph (XLSX nebo CSV)"}
    ),
    (*SUFFIXES, ""),
    read,
    _recognise,
    batches=read_batches,
    addresses=True,
)
