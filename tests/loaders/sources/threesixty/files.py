"""What the tests of 360Giving share: reading invented files, and writing grants as tables."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.records import Record
from loaders.sources.threesixty import SOURCE
from tests.loaders.sources.written import written

__all__ = ["DATASET", "facts", "flattened", "read_bytes", "workbook"]

DATASET = Dataset("invented", {"en": "Invented"}, "360giving", "360giving")


def read_bytes(name: str, content: bytes) -> list[Record | Finding]:
    """Read the bytes of a file."""
    return list(SOURCE.read(written(name, content).path, DATASET))


def facts(items: list[Record | Finding]) -> list[tuple[str, tuple[str, ...], dict[str, tuple[str, ...]]]]:
    """What records say, without their places."""
    return [
        (item.kind, item.key, {name: tuple(cell.text.strip() for cell in cells) for name, cells in item.fields.items()})
        for item in items
        if isinstance(item, Record)
    ]


def flattened(grants: list[dict[str, Any]]) -> bytes:
    """Write grants as CSV, a row a grant and a column a value, with paths of fields as headings."""
    rows = [dict(_leaves(grant, "")) for grant in grants]
    headings = sorted({heading for row in rows for heading in row}, key=lambda heading: (heading != "id", heading))
    stream = StringIO()
    writer = csv.DictWriter(stream, headings, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def workbook(folder: Path) -> bytes:
    """Write a folder of CSV files as a workbook: a sheet a file, and what follows ``=`` as a number or day."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for file in sorted(folder.glob("*.csv")):
        sheet = book.create_sheet(file.stem)
        for row in csv.reader(StringIO(file.read_text(encoding="utf-8"))):
            sheet.append([_typed(cell) for cell in row])
    stream = BytesIO()
    book.save(stream)
    book.close()
    return stream.getvalue()


def _typed(cell: str) -> object:
    if not cell.startswith("="):
        return cell or None
    return datetime.fromisoformat(cell[1:]) if cell.count("-") == 2 else json.loads(cell[1:])


def _leaves(node: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict | list):
        for name, item in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _leaves(item, f"{path}/{name}" if path else str(name))
    elif node is not None:
        yield path, node if isinstance(node, str) else json.dumps(node)
