"""The files in which CORDIS data come: a table, a workbook, an archive of tables, or a folder of all these."""

import csv
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.sources.cordis.archive import unpacked
from loaders.sources.cordis.layouts import Header, read_header
from loaders.sources.cordis.quotes import repaired
from loaders.sources.csv_table import read_csv
from loaders.sources.files import LARGEST_PUBLISHED, read_file, shown_name
from loaders.sources.look import Look
from loaders.sources.tables import PUBLISHED, Row, Table
from loaders.sources.xlsx_table import read_workbook

__all__ = ["LOOKED_AT", "SUFFIXES", "recognise", "tables"]

#: Endings of the files that are read; a folder has none.
SUFFIXES = (".csv", ".xlsx", ".zip", "")
#: Rows in which the headings are looked for.
LOOKED_AT = 10
_HEAD = 65_536


def tables(path: Path, room: Path) -> Iterator[Table | Finding]:
    """Yield the tables of a file or folder, and findings about what is no table.

    :param path: the file or folder.
    :param room: an empty folder for what is unpacked or repaired.
    :raises SourceError: if a file cannot be read at all.
    """
    if path.is_dir():
        # Projects first, so that their own words for themselves count before those of a table of organisations.
        for file in sorted(path.iterdir(), key=lambda file: ("organi" in file.name.casefold(), file.name)):
            if file.suffix.casefold() in SUFFIXES[:2]:
                yield from _file_tables(file, room)
            elif not file.name.startswith("."):
                yield finding("cordis-part-left-out", Location(shown_name(path.name)), value=shown_name(file.name))
    elif path.suffix.casefold() == ".zip":
        for part in unpacked(read_file(path, LARGEST_PUBLISHED), room):
            yield from [part] if isinstance(part, Finding) else _file_tables(part, room)
    else:
        yield from _file_tables(path, room)


def _file_tables(path: Path, room: Path) -> Iterator[Table | Finding]:
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES[:2]:
        raise SourceFault(finding("file-format", Location(shown_name(path.name)), suffixes=", ".join(SUFFIXES[:3])))
    file = read_file(path, LARGEST_PUBLISHED)
    if suffix == ".xlsx":
        yield from read_workbook(file, limits=PUBLISHED)
        return
    whole, found = repaired(file, room)
    yield from found
    yield read_csv(whole, limits=PUBLISHED)


def recognise(look: Look) -> str:
    """Say why a file holds data of CORDIS, or nothing where it does not; only its beginning is looked at.

    :param look: a look at the file or folder.
    """
    try:
        headers = [header for header in _headers(look.path, look) if header is not None]
    except (OSError, zipfile.BadZipFile, zlib.error, csv.Error, EOFError, RuntimeError, ValueError):
        return ""
    return f"It has the headings of the CORDIS table “{headers[0].layout.name}”." if headers else ""


def _headers(path: Path, look: Look) -> Iterator[Header | None]:
    suffix = path.suffix.casefold()
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.suffix.casefold() in SUFFIXES[:2]:
                yield from _headers(file, look)
    elif suffix == ".csv":
        with path.open("rb") as stream:
            yield _first_header(stream)
    elif suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                if part.filename.casefold().endswith(".csv"):
                    with archive.open(part) as stream:
                        yield _first_header(stream)
    elif suffix == ".xlsx":
        for table in look.tables(path):
            rows = (row for row in table.rows if isinstance(row, Row))
            yield from (read_header(row.cells) for row, _ in zip(rows, range(LOOKED_AT), strict=False))


def _first_header(stream: IO[bytes]) -> Header | None:
    for line in stream.read(_HEAD).decode("utf-8-sig", errors="replace").splitlines()[:LOOKED_AT]:
        separator = max(";,\t", key=line.count)
        header = read_header(next(csv.reader([line], delimiter=separator), []))
        if header is not None:
            return header
    return None
