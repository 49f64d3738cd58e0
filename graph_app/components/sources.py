"""Where the statements about an entity come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_app.components.links import Reference
from graph_app.components.rows import draw_rows
from graph_app.components.texts import text

__all__ = ["Source", "draw_sources", "place"]


@dataclass(frozen=True, slots=True)
class Source:
    """One source record.

    :param dataset: the dataset that it is part of.
    :param locator: place in the original document.
    :param place: file with sheet, row or line.
    """

    dataset: Reference | None
    locator: str
    place: str


def place(file: str, *, sheet: str = "", row: str = "", column: str = "", line: str = "") -> str:
    """Write a place in a file as people say it.

    :param file: its name.
    :param sheet: sheet of a workbook.
    :param row: row of a table.
    :param column: column letter, or key path in a text file.
    :param line: line of a text file.
    :returns: for example ``entries.xlsx, Projects!F4`` or ``iom.yaml, line 12 (title)``.
    """
    if row:
        cell = f"{column}{row}" if column else text("row", row=row)
        return f"{file}, {sheet}!{cell}" if sheet else f"{file}, {cell}"
    return file + (f", {text('line', line=line)}" if line else "") + (f" ({column})" if column else "")


def draw_sources(sources: Sequence[Source]) -> None:
    """Draw the source records of an entity.

    :param sources: the records, at least one.
    """
    draw_rows(
        ("dataset", "locator", "place"),
        [(source.dataset, source.locator, source.place) for source in sources],
        {"dataset": 3, "locator": 2, "place": 3},
        name="sources",
    )
