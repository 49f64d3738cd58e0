"""Whether an entry may be handed in, and how much there is to repair."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.messages import problem
from graph_app.components.texts import text
from loaders.findings import Finding, Severity

__all__ = ["draw_verdict"]


def draw_verdict(findings: Sequence[Finding], *, accepted: bool) -> None:
    """Draw the verdict.

    :param findings: what was found.
    :param accepted: whether nothing blocks.
    """
    counted = {severity: sum(found.severity is severity for found in findings) for severity in Severity}
    told = text(
        "entries.counted",
        violations=counted[Severity.VIOLATION],
        warnings=counted[Severity.WARNING],
        infos=counted[Severity.INFO],
    )
    if accepted:
        st.success(f"**{text('entries.accepted')}** {told}  \n{text('entries.next')}", icon=":material/check_circle:")
    else:
        problem(text("entries.refused"), f"{told}  \n{text('entries.nothing_taken')}")
