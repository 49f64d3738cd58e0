"""What a submission will change, as sentences."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.messages import empty
from graph_app.components.texts import language, text
from graph_app.stewardship.changes import Change, ChangeKind, Fact, class_name, counted

__all__ = ["draw_changes"]

_SHOWN = 60


def draw_changes(changes: Sequence[Change]) -> None:
    """Draw what changes, entity by entity, with what is added and what is taken away.

    :param changes: the changes; what stays as it is, is not drawn.
    """
    fresh = [change for change in changes if change.kind is not ChangeKind.KEPT]
    if not fresh:
        empty(text("review.no_changes"))
        return
    for kind, numbers in counted(changes).items():
        if numbers:
            total = ", ".join(f"{number} × {class_name(name, language())}" for name, number in numbers.items())
            st.markdown(f"**{text(f'change.{kind}')}**: {escape(total)}")
    for change in fresh[:_SHOWN]:
        with st.container(border=True):
            told, name = text(f"change.{change.kind}"), class_name(change.type, language())
            st.markdown(f"{told}: {escape(name)} **{escape(change.label[language()])}**")
            _facts(":material/add:", change.added)
            _facts(":material/remove:", change.removed)
    if len(fresh) > _SHOWN:
        st.caption(text("review.more", count=len(fresh) - _SHOWN))


def _facts(sign: str, facts: Sequence[Fact]) -> None:
    for fact in facts:
        st.markdown(f"{sign} {escape(fact.property[language()])}: {escape(fact.shown[language()])}")
