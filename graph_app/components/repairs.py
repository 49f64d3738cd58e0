"""Repairs that follow from the values alone: all of one kind accepted by one click."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import language, text
from graph_app.stewardship.edits.model import Edit
from loaders.findings import Finding

__all__ = ["draw_repairs"]

_SHOWN = 4


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
