"""Findings of a check: at their cells, and as a list."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from openpyxl.utils import get_column_letter

from graph_app.components.downloads import as_csv, download
from graph_app.components.escape import escape
from graph_app.components.texts import language, text
from graph_app.validation.marked import Mark, MarkedSheet
from loaders.findings import Finding, Severity

__all__ = ["SEVERITY_ICONS", "download_findings", "draw_findings", "draw_marked_sheet"]

#: A sign for each severity, since colour alone does not reach everyone.
SEVERITY_ICONS = {
    Severity.VIOLATION: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.INFO: ":material/info:",
}
_SIGNS = {True: "✖", False: "▲"}
_OUTLINES = {True: "2px solid #B3261E", False: "2px dashed #8A6100"}
_SHADES = {True: "#FDECEA", False: "#FFF6DD"}
_SHOWN = 80
_CELL_LENGTH = 80


def draw_findings(findings: Sequence[Finding], *, name: str) -> None:
    """Draw findings as a list, with a download of all.

    :param findings: in the order in which they are shown.
    :param name: name of the file to download.
    """
    for found in findings[:_SHOWN]:
        icon, place, message = st.columns([0.4, 3, 7], vertical_alignment="top")
        icon.markdown(SEVERITY_ICONS[found.severity], help=text(f"severity.{found.severity}"))
        place.markdown(escape(found.location) if found.location else "–")
        message.markdown(escape(found.text(language())))
        if found.value:
            message.caption(text("written", value=escape(found.value[:_CELL_LENGTH])))
    if len(findings) > _SHOWN:
        st.caption(text("findings_more", shown=_SHOWN, all=len(findings)))
    download_findings(findings, name=name)


def download_findings(findings: Sequence[Finding], *, name: str) -> None:
    """Draw a download of findings.

    :param findings: in the order in which they are written.
    :param name: name of the file.
    """
    columns = ("severity", "rule", "place", "value", "message", "entity")
    rows = [
        [str(found.severity), found.rule, str(found.location or ""), found.value, found.text(language()), found.focus]
        for found in findings
    ]
    download("CSV", as_csv(columns, rows), f"{name}.csv", "text/csv")


def draw_marked_sheet(sheet: MarkedSheet) -> None:
    """Draw a sheet with the faulty cells outlined and what to do about each beside it.

    :param sheet: the sheet.
    """
    st.markdown(f"**{escape(sheet.sheet or sheet.file)}**")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.table(_styled(sheet), border=True)
    with right:
        for mark in sorted(sheet.marks, key=lambda mark: not mark.blocks):
            for found in mark.findings:
                st.markdown(f"{SEVERITY_ICONS[found.severity]} **{_cell(mark)}** {escape(found.text(language()))}")


def _cell(mark: Mark) -> str:
    return text("row", row=mark.row) if mark.column is None else f"{get_column_letter(mark.column + 1)}{mark.row}"


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
            cut = written if len(written) <= _CELL_LENGTH else written[: _CELL_LENGTH - 1] + "…"
            shown[letter].append(sign + escape(cut))
            styles[letter].append(_style(mark))
    frame = pd.DataFrame(shown, index=[str(row) for row in sheet.rows])
    return frame.style.apply(lambda _: pd.DataFrame(styles, index=frame.index), axis=None)


def _style(mark: Mark | None) -> str:
    if mark is None:
        return ""
    outline = f"outline: {_OUTLINES[mark.blocks]}; outline-offset: -2px; " if mark.column is not None else ""
    return f"{outline}background-color: {_SHADES[mark.blocks]}"
