"""Findings of a check as a list and as a file."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from graph_app.components.downloads import as_csv, download
from graph_app.components.escape import escape
from graph_app.components.texts import language, text
from graph_app.validation.repairs import repaired
from loaders.findings import Finding, Severity

__all__ = ["SEVERITY_ICONS", "download_findings", "draw_findings", "draw_places"]

#: A sign for each severity, since colour alone does not reach everyone.
SEVERITY_ICONS = {
    Severity.VIOLATION: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.INFO: ":material/info:",
}
_SHOWN = 80
_VALUE_LENGTH = 80


def draw_findings(findings: Sequence[Finding], *, name: str) -> None:
    """Draw findings as a list, what blocks first, with a download of all; where there are many, their counts first.

    :param findings: in the order in which they are shown within one severity.
    :param name: name of the file to download.
    """
    if len(findings) > _SHOWN:
        _draw_groups(findings)
    for severity in Severity:
        members = [found for found in findings if found.severity is severity]
        if members:
            st.markdown(f"{SEVERITY_ICONS[severity]} **{text(f'severity.{severity}')}** ({len(members)})")
            draw_places(members)
    download_findings(findings, name=name)


def _draw_groups(findings: Sequence[Finding]) -> None:
    """Draw how many findings there are of each rule, with the first of them."""
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for found in findings:
        groups.setdefault((found.severity, found.rule), []).append(found)
    order = sorted(groups.values(), key=lambda members: (list(Severity).index(members[0].severity), -len(members)))
    rows = [
        {
            text("findings_column.severity"): text(f"severity.{members[0].severity}"),
            text("findings_column.count"): len(members),
            text("findings_column.example"): members[0].text(language()),
            text("findings_column.place"): members[0].location.text(language()) if members[0].location else "",
        }
        for members in order
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
    columns = ("severity", "rule", "place", "value", "repaired", "message", "entity")
    rows = [
        [
            str(found.severity),
            found.rule,
            found.location.text(language()) if found.location else "",
            found.value,
            repaired(found),
            found.text(language()),
            found.focus,
        ]
        for found in findings
    ]
    download("CSV", as_csv(columns, rows), f"{name}.csv", "text/csv")
