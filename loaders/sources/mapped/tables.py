"""The tables of a file that a map is for, and their first rows."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.sources.csv_table import read_csv
from loaders.sources.files import LARGEST_PUBLISHED, read_file, shown_name
from loaders.sources.look import Look
from loaders.sources.mapped.column_map import TableForm
from loaders.sources.mapped.header import LOOKED_AT
from loaders.sources.tables import PUBLISHED, Row, Table
from loaders.sources.xlsx_table import read_workbook

__all__ = ["SUFFIXES", "first_rows", "read_tables", "split_head"]

#: Endings of files that a map can describe.
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx")


def read_tables(path: Path, form: TableForm) -> Iterator[Table]:
    """Read a file as tables.

    :param path: the file.
    :param form: how it is written.
    :returns: a table a sheet.
    :raises SourceError: if the file cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SourceFault(finding("file-format", Location(shown_name(path.name)), suffixes=", ".join(SUFFIXES)))
    file = read_file(path, LARGEST_PUBLISHED)
    if suffix == ".xlsx":
        yield from read_workbook(file, limits=PUBLISHED)
    else:
        yield read_csv(file, encoding=form.encoding, separator=form.separator, limits=PUBLISHED)


def split_head(table: Table) -> tuple[list[Row], Iterator[Row | Finding]]:
    """Return the first rows of a table that are not blank, and all its rows and findings from the first on.

    :param table: the table, not read yet.
    :raises SourceError: if it cannot be read.
    """
    items = iter(table.rows)
    seen: list[Row | Finding] = []
    head: list[Row] = []
    for item in items:
        seen.append(item)
        if isinstance(item, Row) and not item.blank:
            head.append(item)
            if len(head) == LOOKED_AT:
                break
    return head, chain(seen, items)


def first_rows(look: Look) -> list[Row]:
    """Return the first rows of the first table of a file that has any, or nothing where it cannot be read.

    :param look: a look at the file.
    """
    heads = (split_head(table)[0] for table in look.tables())
    return next(filter(None, heads), [])
