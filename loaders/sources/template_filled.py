"""A filled-in template workbook as parts, if nothing in it would be left out; forms are opened from such a workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from loaders.errors import SourceError
from loaders.findings import LANGUAGES, Finding
from loaders.normalise.names import lookup_key
from loaders.sources.files import read_file
from loaders.sources.tables import Row, Table
from loaders.sources.template_header import read_header
from loaders.sources.xlsx_table import read_workbook
from loaders.template.filled import Filled, Part
from loaders.template.sheets import Cells, Column, Sheet, sheets
from loaders.template.texts import text

__all__ = ["NoForm", "read_filled"]


class NoForm(SourceError):
    """A file holds more than the parts of a template; its text says where and what."""


def read_filled(path: Path) -> Filled:
    """Read a filled-in template workbook.

    :param path: the workbook.
    :returns: what is filled in, character for character but for blanks around a text.
    :raises NoForm: if it holds something that no part could show.
    :raises SourceError: if it cannot be read at all.
    """
    parts: dict[str, tuple[Part, ...]] = {}
    languages: list[str] = []
    for table in read_workbook(read_file(path)):
        for sheet in sheets():
            if table.sheet in sheet.name.values():
                parts[sheet.key] = _parts(sheet, table)
                languages += [code for code in LANGUAGES if sheet.name[code] == table.sheet]
                break
        else:
            if not _is_for_people(table.sheet):
                raise NoForm(f"{table.file} has a sheet {table.sheet!r}, which the form does not know.")
    # Some names are the same in several languages; the language of most is that of the workbook.
    language = max(LANGUAGES, key=languages.count)
    return Filled(language, {key: found for key, found in parts.items() if found})


def _is_for_people(name: str) -> bool:
    known = (text("sheets", key).values() for key in ("read-me", "choices"))
    return any(lookup_key(name) == lookup_key(one) for names in known for one in names)


def _parts(sheet: Sheet, table: Table) -> tuple[Part, ...]:
    rows = _rows(table)
    head = next(rows, None)
    if head is None:
        raise NoForm(f"{table.file}: the sheet {table.sheet} has no headings.")
    header = read_header(sheet, table, head)
    if header.findings or header.unnamed:
        raise NoForm(f"{table.file}: the headings of the sheet {table.sheet} are not those of the template.")
    found: list[Part] = []
    for row in rows:
        own, further = _cells(sheet, header.columns, row, table)
        if found and further and _continues(found[-1], own):
            found[-1] = replace(found[-1], further=(*found[-1].further, further))
        else:
            found.append(Part(own, (further,) if further else ()))
    return tuple(found)


def _rows(table: Table) -> Iterator[Row]:
    for row in table.rows:
        if isinstance(row, Finding) or row.comment or row.untrusted:
            raise NoForm(f"{table.file}: the sheet {table.sheet} has rows that the form cannot show.")
        if not row.blank:
            yield row


def _cells(sheet: Sheet, columns: Mapping[int, Column], row: Row, table: Table) -> tuple[Cells, Cells]:
    """Return the cells of the sheet's own kind, and those of the kind that continues the row."""
    own: dict[str, str] = {}
    further: dict[str, str] = {}
    for index, cell in enumerate(row.cells):
        if not cell.strip():
            continue
        column = columns.get(index)
        if column is None:
            raise NoForm(f"{table.place(row, index)} stands under no heading.")
        (own if column.kind == sheet.kind else further)[column.key] = cell.strip()
    return own, further


def _continues(part: Part, own: Cells) -> bool:
    """Tell whether a row of some cells only adds to a part: it has the part's id, and says nothing else of it."""
    return bool(part.id) and own.get("id") == part.id and all(part.cells.get(key) == said for key, said in own.items())
