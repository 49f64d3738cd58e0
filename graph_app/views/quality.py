"""Quality: findings over the release, contradictions of the sources, and coverage."""

import streamlit as st

from graph_app.components.coverage import draw_coverage
from graph_app.components.header import header
from graph_app.components.messages import empty
from graph_app.components.rows import draw_rows
from graph_app.components.sparql import show_sparql
from graph_app.components.texts import text
from graph_app.views.overview import coverage
from graph_app.views.reading import answer, query_text
from graph_app.views.statements import cells_of

__all__ = ["show"]


def show() -> None:
    """Draw the page."""
    header(text("page.quality"), text("quality.intro"))
    contradictions, complete = st.tabs([text("quality.contradictions"), text("quality.coverage")])
    with contradictions:
        _contradictions()
    with complete:
        draw_coverage(coverage())
    show_sparql(query_text("discrepancies"), query_text("completeness"))


def _contradictions() -> None:
    table = answer("discrepancies")
    if not table.rows:
        empty(text("quality.no_contradictions"))
        return
    st.markdown(text("quality.contradictions_intro"))
    draw_rows(table.columns, cells_of(table, ""), {"about": 2, "statement": 5})
