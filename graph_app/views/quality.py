"""Quality: findings over the release, contradictions of the sources, and coverage."""

from itertools import groupby

import streamlit as st

from graph_app.components.coverage import draw_coverage
from graph_app.components.escape import escape
from graph_app.components.header import header
from graph_app.components.links import Reference, link
from graph_app.components.messages import empty
from graph_app.components.sparql import show_sparql
from graph_app.components.texts import text
from graph_app.views.overview import coverage
from graph_app.views.reading import answer, query_text, references

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
    rows = list(answer("discrepancies"))
    if not rows:
        empty(text("quality.no_contradictions"))
        return
    st.markdown(text("quality.contradictions_intro"))
    named = references({row["about"].value for row in rows})
    for evidence, told in groupby(rows, key=lambda row: row["evidence"].value):
        statements = list(told)
        with st.container(border=True, gap="xsmall"):
            link(named[statements[0]["about"].value])
            st.markdown("\n".join(f"- {escape(row['statement'].value)}" for row in statements))
            link(Reference(evidence, text("evidence")), icon=":material/fact_check:")
