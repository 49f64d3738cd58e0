"""The query behind a view."""

from urllib.parse import urlencode

import streamlit as st

from graph_app.components.texts import LANGUAGE_KEY, language, text

__all__ = ["show_query", "show_sparql"]


def show_sparql(*queries: str) -> None:
    """Draw a fold with the queries that a page stands on.

    :param queries: whole SPARQL texts with their PREFIX lines.
    """
    st.space("small")
    with st.expander(text("show_sparql"), icon=":material/code:"):
        st.caption(text("show_sparql_note"))
        for query in queries:
            _query(query)


def show_query(query: str) -> None:
    """Draw a fold with the query behind one answer.

    :param query: a whole SPARQL text with its PREFIX lines.
    """
    with st.expander(text("show_sparql"), icon=":material/code:"):
        _query(query)


def _query(query: str) -> None:
    st.code(query, language="sparql", wrap_lines=True)
    st.markdown(f"[{text('open_in_ask')}](ask?{urlencode({'q': query, LANGUAGE_KEY: language()})})")
