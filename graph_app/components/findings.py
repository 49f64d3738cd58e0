"""Findings of a check as a list and as a file."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from graph_app.components.downloads import as_csv, download
from graph_app.components.escape import escape
from graph_app.components.texts import language, text
from graph_app.validation.kinds import kinds_of
from graph_app.validation.repairs import repaired
from graph_app.validation.words import severity_word
from loaders.findings import Finding, Severity

__all__ = ["SEVERITY_ICONS", "download_findings", "draw_advice", "draw_findings", "draw_places"]

#: A sign for each severity, since colour alone does not reach everyone.
SEVERITY_ICONS = {
    Severity.VIOLATION: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.INFO: ":material/info:",
}
_SHOWN = 80
_VALUE_LENGTH = 80


def draw_findings(findings: Sequence[Finding], *, name: str) -> None:
    """Draw what blocks as a list, advice folded below it, and a download of all; many faults are counted first.

    :param findings: in the order in which they are shown.
    :param name: name of the file to download.
    """
    faults = [found for found in findings if found.severity is Severity.VIOLATION]
    if len(faults) > _SHOWN:
        _draw_kinds(faults)
    if faults:
        st.markdown(f"{SEVERITY_ICONS[Severity.VIOLATION]} **{text('severity.violation')}** ({len(faults)})")
        draw_places(faults)
    draw_advice(findings)
    download_findings(findings, name=name)


def draw_advice(findings: Sequence[Finding]) -> None:
    """Draw what does not block, folded away: each kind once, with how often and where; nothing where there is none.

    :param findings: all findings, or some.
    """
    advice = [found for found in findings if found.severity is not Severity.VIOLATION]
    if not advice:
        return
    with st.expander(text("advice.title", count=len(advice)), icon=SEVERITY_ICONS[Severity.WARNING]):
        for kind in kinds_of(advice):
            number = f"**{len(kind.findings)} ×** " if len(kind.findings) > 1 else ""
            st.markdown(f"{SEVERITY_ICONS[kind.severity]} {number}{escape(kind.text(language()))}")
            if places := kind.places(language()):
                st.caption(escape(places))


def _draw_kinds(findings: Sequence[Finding]) -> None:
    """Draw how many findings there are of each kind, with the first of them."""
    rows = [
        {
            text("findings_column.count"): len(kind.findings),
            text("findings_column.example"): kind.text(language()),
            text("findings_column.place"): place.text(language()) if (place := kind.findings[0].location) else "",
        }
        for kind in kinds_of(findings)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def draw_places(findings: Sequence[Finding]) -> None:
    """Draw findings as lines of place and message.

    :param findings: in the order in which they are shown.
    """
    for found in findings[:_SHOWN]:
        place, message = st.columns([3, 7], vertical_alignment="top")
        place.markdown(escape(found.location.text(language())) if found.location else "–")
        message.markdown(escape(found.text(language())))
        if found.value:
            message.caption(text("written", value=escape(found.value[:_VALUE_LENGTH])))
        if repair := repaired(found):
            message.markdown(text("repaired", value=escape(repair)))
    if len(findings) > _SHOWN:
        st.caption(text("findings_more", shown=_SHOWN, all=len(findings)))


def download_findings(findings: Sequence[Finding], *, name: str) -> None:
    """Draw a download of findings.

    :param findings: in the order in which they are written.
    :param name: name of the file.
    """
    download("CSV", partial(_as_csv, findings, language()), f"{name}.csv", "text/csv")


def _as_csv(findings: Sequence[Finding], code: str) -> bytes:
    columns = ("severity", "rule", "place", "value", "repaired", "message", "entity")
    rows = [
        [
            severity_word(found.severity, code),
            found.rule,
            found.location.text(code) if found.location else "",
            found.value,
            repaired(found),
            found.text(code),
            found.focus,
        ]
        for found in findings
    ]
    return as_csv(columns, rows)
