"""The tables of a folder or file: each with its headings, its rows checked one by one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.sources.csv_table import read_csv
from loaders.sources.files import LARGEST_PUBLISHED, read_file, shown_name, unwritable
from loaders.sources.iati_tables.headers import IDENTIFIER, Header, read_header
from loaders.sources.tables import PUBLISHED, Row, Table
from loaders.sources.xlsx_table import read_workbook

__all__ = ["SUFFIXES", "Part", "files_of", "find_part", "tables_of"]

#: Endings of the files that may hold tables.
SUFFIXES = (".xlsx", ".csv")
#: Rows in which the headings are looked for; titles may stand above them.
_LOOKED_AT = 20


@dataclass(slots=True)
class Part:
    """One table with headings.

    :param table: the table.
    :param top: the row of the headings.
    :param header: the headings.
    :param filled: index of each column that is not read, to the number of its values so far.
    """

    table: Table
    top: Row
    header: Header
    filled: Counter[int] = field(default_factory=Counter)

    @property
    def key(self) -> int:
        """Index of the column with the identifier of the activity."""
        return next(index for index, column in self.header.columns.items() if column == IDENTIFIER)

    def identifier(self, row: Row) -> str:
        """Return the identifier of a row's activity without blanks around it, or an empty string."""
        return _cell(row, self.key).strip()

    def has_contact(self, row: Row) -> bool:
        """Tell whether a row names a contact."""
        return any(_cell(row, index).strip() for index in self.header.personal)

    def checked(self, row: Row) -> tuple[Row | None, list[Finding]]:
        """Check a row, and count its values that stand in columns which are not read.

        :param row: a row below the headings, not blank.
        :returns: the row without cells that cannot be kept, or ``None`` where it must be skipped; what is to be said.
        """
        width, cells = self.header.width, row.cells
        if self.table.separated and len(cells) < width:
            place = self.table.place(row)
            return None, [finding("iati-row-short", place, cells=str(len(cells)), columns=str(width))]
        # Cells of a workbook cannot move; what stands beside its headings is counted as a column without heading.
        beyond = next((i for i in range(width, len(cells)) if cells[i].strip()), None) if self.table.separated else None
        if beyond is not None:
            place = self.table.place(row, beyond)
            return None, [finding("iati-row-long", place, value=cells[beyond].strip(), columns=str(width))]
        row, faults = self._writable(row)
        if not self.identifier(row):
            return None, [*faults, finding("iati-row-without-identifier", self.table.place(row))]
        self.filled.update(i for i, cell in enumerate(row.cells) if i not in self.header.columns and cell.strip())
        return row, faults

    def _writable(self, row: Row) -> tuple[Row, list[Finding]]:
        if all(map(str.isprintable, row.cells)):
            return row, []
        cells, faults = list(row.cells), []
        for index in self.header.columns:
            character = unwritable(cells[index]) if index < len(cells) else ""
            if character:
                faults.append(finding("control-character", self.table.place(row, index), character=character))
                cells[index] = ""
        return row._replace(cells=tuple(cells)), faults

    def told(self) -> Iterator[Finding]:
        """Tell, after the last row, which columns were not read."""
        header, table = self.header, self.table
        unnamed = {index: table.place(column=index).column for index in self.filled if not self._named(index)}
        for rule, headings in (
            ("iati-columns-left-out", header.left_out),
            ("iati-columns-unknown", dict(header.unknown) | unnamed),
            ("iati-columns-twice", header.twice),
        ):
            used = {heading: self.filled[index] for index, heading in sorted(headings.items()) if self.filled[index]}
            if used:
                place = table.place(self.top)
                yield finding(rule, place, columns=", ".join(used), values=sum(used.values()))

    def _named(self, index: int) -> bool:
        header = self.header
        return any(index in part for part in (header.left_out, header.unknown, header.twice, header.personal))


def _cell(row: Row, index: int) -> str:
    return row.cells[index] if index < len(row.cells) else ""


def files_of(path: Path) -> Iterator[Path | Finding]:
    """Yield the files of a folder that may hold tables, by name; or the file itself.

    :param path: the folder or file.
    :returns: the files, and a finding for every other file.
    :raises SourceError: if the folder cannot be listed.
    """
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError as error:
        name = Location(shown_name(path.name))
        raise SourceFault(finding("file-unreadable", name, reason=error.strerror or str(error))) from error
    for file in files:
        if file.suffix.lower() in SUFFIXES and not file.name.startswith(("~$", ".")):
            yield file
        elif not file.name.startswith("."):
            yield finding("iati-file-not-read", Location(shown_name(file.name)), suffixes=", ".join(SUFFIXES))


def tables_of(file: Path) -> Iterator[Table]:
    """Yield the tables of a file; each must be read before the next is asked for.

    :param file: a workbook or CSV file.
    :raises SourceError: if it cannot be read.
    """
    taken = read_file(file, LARGEST_PUBLISHED)
    if file.suffix.lower() == ".csv":
        yield read_csv(taken, limits=PUBLISHED)
    else:
        yield from read_workbook(taken, limits=PUBLISHED)


def find_part(table: Table) -> tuple[Part | None, list[Finding]]:
    """Look for the headings of a table in its first rows.

    :param table: the table; its rows are read up to the headings.
    :returns: the table with its headings, or ``None`` where it has none with an identifier; and what is to be said.
    """
    findings: list[Finding] = []
    above = 0
    for item in table.rows:
        if isinstance(item, Finding):
            findings.append(item)
        elif not item.blank:
            header = read_header(item.cells)
            if header is not None:
                if above:
                    findings.append(finding("rows-above-header", table.place(item), rows=item.number - 1))
                return Part(table, item, header), findings
            above += 1
            if above == _LOOKED_AT:
                break
    rule = "iati-table-without-identifier" if above else "iati-table-empty"
    return None, [*findings, finding(rule, table.place())]
