"""Notices to the reader."""

import streamlit as st

__all__ = ["empty", "problem"]


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
