"""Repairs that follow from the values alone: all of one kind accepted by one click."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import language, text
from graph_app.stewardship.edits.model import Edit
from loaders.findings import Finding

__all__ = ["draw_repairs", "draw_sums"]

_SHOWN, _MOST_SUMS = 4, 20


def draw_repairs(
    rules: Mapping[str, Sequence[Edit]], findings: Sequence[Finding], on_accept: Callable[[Sequence[Edit]], None]
) -> None:
    """Draw each kind of repair with its number, some of its cells, and what accepts all.

    :param rules: rule to the edits that repair what it found.
    :param findings: what was found.
    :param on_accept: called with the edits that somebody accepts, before the page is drawn anew.
    """
    if not rules:
        return
    code = language()
    told = {found.rule: found.text(code) for found in reversed(findings)}
    total = sum(map(len, rules.values()))
    with st.expander(text("repairs.title", count=total), icon=":material/auto_fix_high:", expanded=True):
        for rule, edits in rules.items():
            what, act = st.columns([7, 3], vertical_alignment="center")
            lines = [f"{escape(edit.place)}: {escape(edit.old)} → **{escape(edit.new)}**" for edit in edits[:_SHOWN]]
            what.markdown("  \n".join([*lines, "…"] if len(edits) > _SHOWN else lines))
            what.caption(escape(told.get(rule, rule)))
            label = text("repairs.accept_one") if len(edits) == 1 else text("repairs.accept", count=len(edits))
            act.button(label, key=f"accept {rule}", width="stretch", on_click=on_accept, args=(edits,))


def draw_sums(
    sums: Sequence[tuple[Finding, str]],
    on_leave_out: Callable[[Finding], None],
    on_keep: Callable[[Finding], None] | None,
) -> None:
    """Draw rows that look like sums of others, and ask what they are.

    :param sums: what was found, and what stands in the row.
    :param on_leave_out: called with the finding whose row somebody leaves out.
    :param on_keep: called with the finding whose row is a project; ``None`` where that cannot be said.
    """
    with st.container(border=True):
        st.markdown(f":material/functions: **{text('repairs.sums', count=len(sums))}**")
        for number, (found, row) in enumerate(sums[:_MOST_SUMS]):
            what, left, right = st.columns([5, 3, 2], vertical_alignment="center")
            place = found.location.text(language()) if found.location else ""
            what.markdown(f"{escape(place)}: {escape(row)}")
            label = text("repairs.leave_out")
            left.button(label, key=f"leave out {number}", width="stretch", on_click=on_leave_out, args=(found,))
            if on_keep is not None:
                label = text("repairs.is_project")
                right.button(label, key=f"keep {number}", width="stretch", on_click=on_keep, args=(found,))
