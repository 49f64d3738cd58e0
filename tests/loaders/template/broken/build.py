"""Build a filled-in template, and copies of it with the faults of faults.yaml, as a workbook or CSV files."""

import csv
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from ruamel.yaml import YAML

from loaders.template.sheets import Sheet, sheets
from loaders.template.workbook import write_workbook

_HERE = Path(__file__).parent
_BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Told:
    """The finding that must tell a fault.

    :param rule: rule of the loader, or empty.
    :param shape: local name of the shape, or empty.
    :param sheet: name of the sheet.
    :param row: its row, or ``None`` for the whole sheet.
    :param column: its column letter, or empty for the whole row.
    """

    rule: str
    shape: str
    sheet: str
    row: int | None
    column: str


def entries() -> dict[str, list[dict[str, Any]]]:
    """The rows of the template that has no fault."""
    loaded: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(_HERE / "entries.yaml")
    return loaded


def faults(*, in_workbook: bool) -> list[dict[str, Any]]:
    """The faults that a workbook can have, or those of CSV files."""
    loaded: list[dict[str, Any]] = YAML(typ="safe").load(_HERE / "faults.yaml")
    return [fault for fault in loaded if ("csv" not in fault) == in_workbook]


def write_entries(path: Path, language: str = "en") -> None:
    """Write the template without fault."""
    _filled(language).save(path)


def write_broken(path: Path, wanted: list[dict[str, Any]]) -> list[Told]:
    """Write the entries with the faults, each in its own place.

    :returns: what must be told, in the order of the faults.
    """
    book = _filled("en")
    told = [_apply(book, fault) for fault in wanted]
    book.save(path)
    return told


def write_broken_csv(folder: Path, fault: dict[str, Any]) -> Path:
    """Write one sheet of the entries as a CSV file with one fault."""
    (sheet,) = (sheet for sheet in sheets() if sheet.key == fault["csv"])
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    rows = entries()[sheet.key]
    if "without_header" not in fault:
        writer.writerow([column.heading["en"] for column in sheet.columns])
    for row in rows:
        cells = [""] * len(sheet.columns)
        for name, value in row.items():
            cells[_index(sheet, name)] = value
        writer.writerow(cells)
    path = folder / f"{sheet.key}.csv"
    path.write_bytes((stream.getvalue() + fault.get("append", "")).encode(fault.get("encoding", "utf-8")))
    return path


@cache
def _template(language: str) -> bytes:
    stream = BytesIO()
    write_workbook(stream, language, {})
    return stream.getvalue()


def _filled(language: str) -> Workbook:
    book = load_workbook(BytesIO(_template(language)))
    for sheet in sheets():
        page = book[sheet.name[language]]
        for number, row in enumerate(entries()[sheet.key], start=2):
            for name, value in row.items():
                page.cell(number, _index(sheet, name) + 1, value)
    return book


def _apply(book: Workbook, fault: dict[str, Any]) -> Told:
    rule, shape = fault.get("rule", ""), fault.get("shape", "")
    if "added" in fault:
        page = book.create_sheet(fault["added"])
        for cells in fault["cells"]:
            page.append(cells)
        return Told(rule, shape, page.title, None, "")
    (sheet,) = (sheet for sheet in sheets() if sheet.key == fault["sheet"])
    page = book[sheet.name["en"]]
    if "cleared" in fault:
        page.delete_rows(1, page.max_row)
        return Told(rule, shape, page.title, None, "")
    column = get_column_letter(_index(sheet, fault["at"]) + 1) if "at" in fault else ""
    if "heading" in fault:
        for name, heading in fault["heading"].items():
            page.cell(1, _index(sheet, name) + 1, heading)
        return Told(rule, shape, page.title, 1, column)
    number = 1 + max(row for row in range(1, page.max_row + 1) if any(cell.value is not None for cell in page[row]))
    for name, value in fault["row"].items():
        page.cell(number, _index(sheet, name) + 1, value)
    return Told(rule, shape, page.title, number, column)


def _index(sheet: Sheet, name: str) -> int:
    """The index of a column, by its field (with language) or, beyond the last one, by the word that says so."""
    if name == _BEYOND:
        return len(sheet.columns)
    column = sheet.column(name)
    assert column is not None, f"{sheet.key} has no column {name}"
    return sheet.columns.index(column)
