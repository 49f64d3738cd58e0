"""A file with its edits made."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from graph_app.stewardship.edits.csv_file import write_csv
from graph_app.stewardship.edits.model import Edit
from graph_app.stewardship.edits.workbook import write_workbook
from graph_app.validation.marked import tables_of
from loaders.letters import column_index
from loaders.sources.tables import Row

__all__ = ["Texts", "can_edit", "texts_of", "write_edited"]

_TABLES = (".csv", ".xlsx")
#: Sheet to row to the texts of its cells.
Texts = dict[str, dict[int, tuple[str, ...]]]


def can_edit(path: Path) -> bool:
    """Tell whether single cells of a file can be edited.

    :param path: the file.
    """
    return path.suffix.lower() in _TABLES


@lru_cache(maxsize=8)
def texts_of(path: Path, encoding: str = "") -> Texts:
    """Read the texts of all cells of a file that never changes, such as one that is named by its hash.

    :param path: a workbook or CSV file.
    :param encoding: Python's name of the encoding of a CSV file where somebody states it.
    :returns: what can be read of it; nothing of another kind of file.
    """
    if not can_edit(path):
        return {}
    return {
        table.sheet: {item.number: item.cells for item in table.rows if isinstance(item, Row)}
        for table in tables_of(path, encoding)
    }


def write_edited(source: Path, edits: Iterable[Edit], target: Path, *, encoding: str = "") -> None:
    """Write a file with cells changed.

    :param source: the file as it was received.
    :param edits: of this file; each cell once.
    :param target: the file to write.
    :param encoding: Python's name of the encoding of a CSV file where somebody states it.
    :raises SourceError: if the file cannot be read.
    :raises Refused: if the changed file could not be read as it is meant.
    """
    sheets: dict[str, dict[tuple[int, int], str]] = {}
    for edit in edits:
        sheets.setdefault(edit.sheet, {})[edit.row, column_index(edit.column)] = edit.new
    if not sheets and not encoding:
        target.write_bytes(source.read_bytes())
    elif source.suffix.lower() == ".xlsx":
        write_workbook(source, sheets, target)
    else:
        write_csv(source, sheets.get("", {}), target, encoding=encoding)
