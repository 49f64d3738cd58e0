"""The grid of a sheet: every finding at its cell, and cells edited in place."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from openpyxl.utils import get_column_letter

from graph_app.components.bundles import component
from graph_app.components.texts import language, text
from graph_app.validation.marked import Places
from graph_app.validation.repairs import repaired_cell
from loaders.findings import SEVERITY_RANK, Finding, Severity

__all__ = ["can_draw_grid", "draw_grid", "taken"]

_ROW_HEIGHT, _LEAST_HEIGHT, _MOST_HEIGHT = 30, 150, 520
_WORDS = (
    "grid", "previous", "next", "only", "advised", "advising", "undo", "add", "checking", "kept", "accept", "remove",
    "count",
)  # fmt: skip
#: What the browser fills in by itself.
_LEFT = {name: f"{{{name}}}" for name in ("blocking", "advice", "row")}
#: Columns that are drawn at least, so that there is room to add to an empty sheet.
_LEAST_COLUMNS = 1


def can_draw_grid() -> bool:
    """Tell whether the part of the grid that runs in the browser was built."""
    return component("grid") is not None


def draw_grid(
    rows: Mapping[int, Sequence[str]],
    places: Places,
    *,
    key: str,
    header: int,
    edited: int,
    done: int,
    session: str,
    on_changes: Callable[[], None],
) -> None:
    """Draw a sheet. What was changed in it stands in ``st.session_state[key]["changes"]`` when it is called back.

    :param rows: row to its cells.
    :param places: row and column to the findings there.
    :param key: key of the component, of which this page has one.
    :param header: row of the header, or 0.
    :param edited: how many edits there are to undo.
    :param done: number of the last change that was made.
    :param session: what changes when the server knows nothing more of what was sent to it.
    :param on_changes: called when somebody has changed something.
    """
    drawn = component("grid")
    if drawn is None:
        raise RuntimeError("The grid was not built; ask can_draw_grid() first.")
    width = max((len(cells) for cells in rows.values()), default=0)
    width = max(width, _LEAST_COLUMNS, *(column + 1 for _, column in places if column is not None))
    letters = [get_column_letter(index + 1) for index in range(width)]
    headings = rows.get(header, ())
    code, messages = language(), dict[str, int]()
    marks = [
        _mark(row, column, places[row, column], rows.get(row, ()), messages, code)
        for row, column in sorted(places, key=_reading_order)
    ]
    data = {
        "shape": f"{key} {width} {code} {' '.join(headings)}",
        "columns": [
            {"letter": letter, "heading": headings[index] if index < len(headings) else ""}
            for index, letter in enumerate(letters)
        ],
        "rows": [[row, *cells] for row, cells in _filled(rows).items()],
        "marks": marks,
        "messages": list(messages),
        "editable": True,
        "header": header,
        "edited": edited,
        "done": done,
        "session": session,
        "height": min(max(_LEAST_HEIGHT, _ROW_HEIGHT * (len(rows) + 2)), _MOST_HEIGHT),
        "words": {word: text(f"grid.{word}", **_LEFT) for word in _WORDS},
    }
    drawn(key=key, data=data, on_changes_change=on_changes)


def _filled(rows: Mapping[int, Sequence[str]]) -> Mapping[int, Sequence[str]]:
    """Leave out rows in which nothing stands: they were deleted, or never filled."""
    return {row: cells for row, cells in rows.items() if any(cell.strip() for cell in cells)}


def _reading_order(place: tuple[int, int | None]) -> tuple[int, int]:
    row, column = place
    return row, -1 if column is None else column


def _mark(
    row: int, column: int | None, found: Sequence[Finding], cells: Sequence[str], messages: dict[str, int], code: str
) -> list[Any]:
    """Return row, letter or nothing, whether it blocks, the places of its messages, and the repaired text of the cell.

    Messages are sent once, what blocks before advice, since thousands of cells may have the same.
    """
    findings = sorted(found, key=lambda one: SEVERITY_RANK[one.severity])
    written = cells[column] if column is not None and column < len(cells) else ""
    return [
        row,
        "" if column is None else get_column_letter(column + 1),
        findings[0].severity is Severity.VIOLATION,
        [messages.setdefault(one.text(code), len(messages)) for one in findings],
        repaired_cell(written, findings) if column is not None else "",
    ]


def taken(key: str) -> Sequence[Any]:
    """Return what somebody has changed since it was last asked.

    :param key: key of the component.
    """
    state = st.session_state.get(key) or {}
    return list(state.get("changes") or ())
