"""The style sheet of the pages."""

from importlib.resources import files

import streamlit as st

__all__ = ["apply_style"]

_SHEET = files("graph_app.components").joinpath("style.css").read_text(encoding="utf-8")


def apply_style() -> None:
    """Put the style sheet on the page; it is fixed text and holds no data."""
    st.html(f"<style>{_SHEET}</style>")
