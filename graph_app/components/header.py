"""The head of a page: title, what it is, and the language switch."""

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import LANGUAGE_KEY, text
from loaders.findings import LANGUAGES

__all__ = ["header"]


def header(title: str, caption: str = "", *, kind: str = "") -> None:
    """Draw the head of a page.

    :param title: title of the page, shown as it is.
    :param caption: a line of Markdown under it.
    :param kind: kind of the entity that the page is about, shown above the title.
    """
    left, right = st.columns([6, 1], vertical_alignment="top")
    with left:
        if kind:
            st.caption(kind)
        st.title(escape(title), anchor=False)
        if caption:
            st.markdown(caption)
    with right.container(horizontal=True, horizontal_alignment="right"):
        st.segmented_control(
            text("language"),
            LANGUAGES,
            default=LANGUAGES[0],
            required=True,
            key=LANGUAGE_KEY,
            bind="query-params",
            label_visibility="collapsed",
        )
