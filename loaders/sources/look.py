"""One look at a file or folder, which all formats share while they are asked whether it is theirs."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from loaders.errors import SourceError
from loaders.findings import Finding
from loaders.sources.csv_table import read_csv
from loaders.sources.files import LARGEST_PUBLISHED, read_file
from loaders.sources.tables import PUBLISHED, Row, Table
from loaders.sources.xlsx_table import read_workbook

__all__ = ["Look"]

#: As many tables, rows that hold anything, and rows and findings in all as any format looks for its headings in.
_TABLES, _ROWS, _ITEMS = 50, 40, 1_000
_SEPARATED = frozenset({".csv", ".tsv", ".txt"})


class Look:
    """What is at the beginning of a file, or of the files of a folder; each is read once, when first asked for.

    :param path: the file or folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tables: dict[Path, list[tuple[Table, list[Row | Finding]]]] = {}

    def tables(self, file: Path | None = None) -> Iterator[Table]:
        """Return the tables of a workbook or CSV file, each with its first rows only.

        :param file: a file of the folder; without, the file itself.
        :returns: the tables; none where it is no such file, and those before the place from which it cannot be read.
        """
        file = file if file is not None else self.path
        if file not in self._tables:
            self._tables[file] = []
            try:
                for table in islice(_tables_of(file), _TABLES):
                    beginning: list[Row | Finding] = []
                    self._tables[file].append((table, beginning))
                    beginning.extend(_first(table))
            except SourceError:
                pass  # whoever reads the file says what is wrong with it
        return (replace(table, rows=iter(beginning)) for table, beginning in self._tables[file])


def _tables_of(file: Path) -> Iterator[Table]:
    suffix = file.suffix.lower()
    if suffix == ".xlsx":
        yield from read_workbook(read_file(file, LARGEST_PUBLISHED), limits=PUBLISHED)
    elif suffix in _SEPARATED:
        yield read_csv(read_file(file, LARGEST_PUBLISHED), limits=PUBLISHED)


def _first(table: Table) -> Iterator[Row | Finding]:
    rows = 0
    for item in islice(table.rows, _ITEMS):
        yield item
        rows += isinstance(item, Row) and not item.blank
        if rows == _ROWS:
            return
