"""Rows of values with links, drawn with Streamlit's own elements."""

from collections.abc import Mapping, Sequence

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.links import Inward, Outward, Reference, link, outside, page_link
from graph_app.components.texts import text

__all__ = ["EVIDENCE", "Cell", "draw_rows"]

#: Column that leads to the statement behind a row, which has a page with its own sources.
EVIDENCE = "evidence"

#: What a cell holds: entities, pages and addresses elsewhere are drawn as links, texts as they are.
Cell = Reference | Inward | Outward | str | None

#: More rows than this make a page slow to draw; the rest is said and can be downloaded.
_SHOWN = 60


def draw_rows(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Mapping[str, float] | None = None, *, name: str
) -> None:
    """Draw rows under headings; columns without any value are left out.

    :param columns: keys of the headings, ``column.<key>`` in the texts.
    :param rows: the cells, as many a row as there are columns.
    :param widths: column to its share of the width, 1 where nothing is said.
    :param name: name of the table, of which this page has one.
    """
    used = [place for place in range(len(columns)) if any(row[place] not in (None, "") for row in rows)]
    shares = [(widths or {}).get(columns[place], 1.0) for place in used]
    with st.container(key=f"rows-{name}"):
        for share, place in zip(st.columns(shares), used, strict=True):
            share.caption(text(f"column.{columns[place]}"))
        for row in rows[:_SHOWN]:
            for share, place in zip(st.columns(shares, vertical_alignment="center"), used, strict=True):
                with share:
                    _cell(row[place], columns[place])
    if len(rows) > _SHOWN:
        st.caption(text("more_rows", shown=_SHOWN, all=len(rows)))


def _cell(cell: Cell, column: str) -> None:
    if isinstance(cell, Reference):
        icon = ":material/fact_check:" if column == EVIDENCE else ""
        link(cell, page="donor" if column == "donor" else "", icon=icon)
    elif isinstance(cell, Inward):
        page_link(cell.page, cell.label, icon=":material/search:", query=cell.query)
    elif isinstance(cell, Outward):
        outside(cell.address, cell.label)
    elif cell and cell.startswith(("http://", "https://")):
        outside(cell)
    elif cell:
        st.markdown(escape(cell))
