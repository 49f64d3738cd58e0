"""Findings at the field of a form, each with its sign, and with its repair to accept."""

from collections.abc import Callable, Sequence

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.findings import SEVERITY_ICONS
from graph_app.components.texts import language, text
from graph_app.validation.repairs import repaired_cell
from loaders.findings import Finding, Severity

__all__ = ["draw_told"]

_COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "orange", Severity.INFO: "blue"}


def draw_told(findings: Sequence[Finding], written: str, *, key: str, accept: Callable[[str], None] | None) -> None:
    """Draw what was found about a field.

    :param findings: the findings, each told once.
    :param written: what stands in the field.
    :param key: key of the button that accepts a repair.
    :param accept: puts another text into the field; ``None`` where there is no such field.
    """
    for found in dict.fromkeys(findings):
        sign = f":{_COLOURS[found.severity]}[{SEVERITY_ICONS[found.severity]}]"
        st.markdown(f"{sign} **{text(f'form.{found.severity}')}:** {escape(found.text(language()))}")
    repair = repaired_cell(written, findings) if accept is not None and written else ""
    if repair:
        label = text("form.accept", value=escape(repair))
        st.button(label, key=f"{key} repair", on_click=accept, args=(repair,), icon=":material/build:")
