"""Quality: findings over the release, contradictions of the sources, and coverage."""

from collections.abc import Iterable
from itertools import groupby

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.findings import SEVERITY_ICONS, download_findings, draw_findings
from graph_app.components.header import header
from graph_app.components.links import Reference, link
from graph_app.components.messages import empty
from graph_app.components.sparql import show_sparql
from graph_app.components.texts import language, number, text
from graph_app.identity.findings import SHARED
from graph_app.views.coverage_part import show_coverage
from graph_app.views.reading import answer, findings, query_text, references
from loaders.findings import Finding, Severity

__all__ = ["show"]

_LINKED = 60


def show() -> None:
    """Draw the page."""
    header(text("page.quality"), text("quality.intro"))
    with st.spinner(text("quality.checking")):
        everything = findings()
    violations = [found for found in everything if found.severity is Severity.VIOLATION]
    advice = [found for found in everything if found.severity is not Severity.VIOLATION]
    contradictions = list(answer("discrepancies"))
    with st.grid(3, min_column_width=150):
        st.metric(text("quality.violations"), number(len(violations)), border=True)
        st.metric(text("quality.gaps"), number(len(advice)), border=True)
        told = number(len({row["evidence"].value for row in contradictions}))
        st.metric(text("quality.contradictions"), told, border=True)
    gaps, faults, conflicts, complete = st.tabs(
        [text(f"quality.{name}") for name in ("gaps", "violations", "contradictions", "coverage")]
    )
    with gaps:
        _gaps(advice)
    with faults:
        if violations:
            draw_findings(violations, name="violations")
        else:
            empty(text("quality.no_violations"))
    with conflicts:
        _contradictions()
    with complete:
        show_coverage()
    show_sparql(query_text("discrepancies"), query_text("coverage"))


def _gaps(advice: Iterable[Finding]) -> None:
    groups: dict[str, list[Finding]] = {}
    for found in advice:
        groups.setdefault(found.rule, []).append(found)
    if not groups:
        empty(text("quality.no_gaps"))
        return
    st.markdown(text("quality.gaps_intro"))
    named = references({found.focus for group in groups.values() for found in group[:_LINKED] if found.focus})
    for group in sorted(groups.values(), key=lambda members: (-len(members), members[0].rule)):
        first = group[0]
        differ = len({found.text() for found in group}) > 1
        label = f"{escape(first.text(language()))} ({len(group)})"
        if first.rule == SHARED:
            label = text("who.shared_identifiers", count=number(len(group)))
        with st.expander(label, icon=SEVERITY_ICONS[first.severity]), st.grid(2, min_column_width=300, gap="xsmall"):
            for found in group[:_LINKED]:
                if found.focus:
                    place = escape(found.location.text(language())) if found.location else None
                    with st.container(gap=None):
                        link(named[found.focus], help_text=place)
                        if differ:
                            st.caption(escape(found.text(language())))
    download_findings([found for group in groups.values() for found in group], name="gaps")


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
