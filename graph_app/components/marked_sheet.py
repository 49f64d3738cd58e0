"""A sheet of an entry as it was filled in, with the findings at their cells."""

import pandas as pd
import streamlit as st
from openpyxl.utils import get_column_letter

from graph_app.components.escape import escape
from graph_app.components.findings import SEVERITY_ICONS, draw_advice
from graph_app.components.texts import language, text
from graph_app.validation.marked import Mark, MarkedSheet
from graph_app.validation.repairs import repaired
from loaders.findings import Finding, Severity

__all__ = ["draw_marked_sheet"]

_SIGNS = {True: "✖", False: "▲"}
_OUTLINES = {True: "2px solid #B3261E", False: "2px dashed #8A6100"}
_SHADES = {True: "#FDECEA", False: "#FFF6DD"}
#: Shades are light in the dark theme too.
_ON_SHADES = "#1B2733"
_CELL_LENGTH = 80


def draw_marked_sheet(sheet: MarkedSheet) -> None:
    """Draw a sheet with the faulty cells outlined, what to repair below it, and advice folded away.

    :param sheet: the sheet.
    """
    st.markdown(f"**{escape(sheet.sheet or sheet.file)}**")
    st.table(_styled(sheet), border=True)
    if sheet.left_out:
        st.caption(text("entries.rows_left_out", count=sheet.left_out))
    for mark in sheet.marks:
        for found in mark.findings:
            if found.severity is Severity.VIOLATION:
                said = f"**{_cell(mark)}** {escape(found.text(language()))}{_repair(found)}"
                st.markdown(f"{SEVERITY_ICONS[found.severity]} {said}")
    draw_advice([found for mark in sheet.marks for found in mark.findings])


def _repair(found: Finding) -> str:
    repair = repaired(found)
    return f" {text('repaired', value=escape(repair))}" if repair else ""


def _cell(mark: Mark) -> str:
    return text("row", row=str(mark.row)) if mark.column is None else f"{get_column_letter(mark.column + 1)}{mark.row}"


def _styled(sheet: MarkedSheet) -> "pd.io.formats.style.Styler":
    marks = {(mark.row, mark.column): mark for mark in sheet.marks}
    whole = {mark.row: mark for mark in sheet.marks if mark.column is None}
    used = {column for _, column in marks if column is not None}
    # The first row has the headings; a column that holds nothing else only takes room.
    used |= {place for cells in list(sheet.rows.values())[1:] for place, cell in enumerate(cells) if cell.strip()}
    columns = sorted(used)
    shown: dict[str, list[str]] = {get_column_letter(column + 1): [] for column in columns}
    styles: dict[str, list[str]] = {letter: [] for letter in shown}
    for row, cells in sheet.rows.items():
        for column, letter in zip(columns, shown, strict=True):
            written = cells[column] if column < len(cells) else ""
            own, of_row = marks.get((row, column)), whole.get(row)
            # Advice on a whole row is told at its first cell; what blocks a row shades all of it.
            mark = own or (of_row if of_row and (of_row.blocks or column == columns[0]) else None)
            sign = f"{_SIGNS[mark.blocks]} " if mark is not None and (own or column == columns[0]) else ""
            if own is not None and not written:
                # A cell that cannot be read, such as an error of the spreadsheet, is known from its finding only.
                written = own.findings[0].value
            cut = written if len(written) <= _CELL_LENGTH else written[: _CELL_LENGTH - 1] + "…"
            shown[letter].append(sign + escape(cut))
            styles[letter].append(_style(mark))
    frame = pd.DataFrame(shown, index=[str(row) for row in sheet.rows])
    return frame.style.apply(lambda _: pd.DataFrame(styles, index=frame.index), axis=None)


def _style(mark: Mark | None) -> str:
    if mark is None:
        return ""
    outline = f"outline: {_OUTLINES[mark.blocks]}; outline-offset: -2px; " if mark.column is not None else ""
    return f"{outline}background-color: {_SHADES[mark.blocks]}; color: {_ON_SHADES}"
