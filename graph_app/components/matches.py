"""Suggestions of what the graph has already, with reasons, and what can be said to each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.links import Reference, link
from graph_app.components.texts import language, text
from graph_app.identity.suggestions import Suggestion

__all__ = ["Shown", "draw_mention"]


@dataclass(frozen=True)
class Shown:
    """One suggestion as it is drawn.

    :param suggestion: the suggestion.
    :param reference: what it suggests.
    :param projects: in how many projects the graph has it; ``None`` for what is a project itself.
    :param unsure: whether somebody has said that they are not sure.
    :param use: has the entry refer to it; ``None`` where it cannot.
    :param decline: keeps that it is another one.
    :param doubt: keeps that nobody is sure.
    """

    suggestion: Suggestion
    reference: Reference
    projects: int | None
    unsure: bool
    use: Callable[[], object] | None
    decline: Callable[[], None]
    doubt: Callable[[], None]


def draw_mention(name: str, place: str, suggestions: Sequence[Shown], *, key: str) -> None:
    """Draw what one organisation or project of an entry may be.

    :param name: its name in the entry.
    :param place: where it stands there.
    :param suggestions: what it may be, the likeliest first.
    :param key: what tells its buttons from others.
    """
    with st.container(border=True):
        st.markdown(f"**{escape(name)}**  \n:small[{escape(place)}]")
        for number, shown in enumerate(suggestions):
            _draw(shown, f"{key} {number}")


def _draw(shown: Shown, key: str) -> None:
    told, act = st.columns([7, 3], vertical_alignment="top")
    with told:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(shown.suggestion.verdict(language()), width="content")
            link(shown.reference)
            if shown.projects is not None:
                st.caption(text("matches.projects", count=shown.projects), width="content")
        for reason in shown.suggestion.reasons:
            sign = ":material/block:" if reason.against else ":material/check:"
            st.caption(f"{sign} {escape(reason.text(language()))}")
        if shown.unsure:
            st.caption(f":material/help: {text('matches.unsure')}")
    with act:
        if shown.use is not None and st.button(text("matches.use"), key=f"use {key}", width="stretch"):
            shown.use()
        st.button(text("matches.other"), key=f"other {key}", on_click=shown.decline, width="stretch")
        if not shown.unsure:
            st.button(text("matches.doubt"), key=f"doubt {key}", on_click=shown.doubt, width="stretch", type="tertiary")
