"""Notices to the reader."""

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import language
from graph_app.journal.said import said

__all__ = ["empty", "problem", "refusal"]


def empty(message: str) -> None:
    """Say that there is nothing to show, and what to do.

    :param message: a sentence.
    """
    with st.container(border=True):
        st.markdown(f":material/info: {message}")


def problem(title: str, detail: str) -> None:
    """Say that something went wrong, and what to do.

    :param title: a few words of the screen's own.
    :param detail: Markdown; escape what comes from data or people first.
    """
    st.error(f"**{title}**  \n{detail}", icon=":material/error:")


def refusal(what: object) -> str:
    """Return what an error or sentence says, in the reader's language if it knows it, safe as Markdown.

    :param what: the error or sentence.
    """
    return escape(said(what, language()))
