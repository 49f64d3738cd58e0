"""Suggestions of what the graph has already, with reasons, and what can be said to each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.links import Reference, link
from graph_app.components.texts import language, text
from graph_app.identity.likeness import Relation
from graph_app.identity.suggestions import Reason, Suggestion

__all__ = ["Shown", "draw_mention"]

_MOST_NAMES = 3


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
    use: Callable[[], None] | None
    decline: Callable[[], None]
    doubt: Callable[[], None]


def draw_mention(names: Sequence[str], place: str, suggestions: Sequence[Shown], *, key: str) -> None:
    """Draw what one organisation or project of an entry may be.

    :param names: its names in the entry.
    :param place: where it stands there.
    :param suggestions: what it may be, the likeliest first.
    :param key: what tells its buttons from others.
    """
    with st.container(border=True):
        st.markdown(f"**{escape(' · '.join(names[:_MOST_NAMES]))}**  \n:small[{escape(place)}]")
        for number, shown in enumerate(suggestions):
            _draw(shown, f"{key} {number}")


def _draw(shown: Shown, key: str) -> None:
    told, act = st.columns([7, 3], vertical_alignment="top")
    with told:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(shown.suggestion.verdict(language()), width="content")
            link(shown.reference)
        lines = [f"{_sign(reason)} {escape(reason.text(language()))}" for reason in shown.suggestion.reasons]
        if shown.projects is not None:
            lines.append(f":material/folder: {text('matches.projects', count=shown.projects)}")
        if shown.unsure:
            lines.append(f":material/help: {text('matches.unsure')}")
        st.caption("  \n".join(lines))
    with act:
        if shown.use is not None:
            st.button(text("matches.use"), key=f"use {key}", on_click=shown.use, width="stretch")
        same = shown.suggestion.relation is Relation.SAME
        label = text("matches.other" if same else "matches.aside")
        st.button(label, key=f"other {key}", on_click=shown.decline, width="stretch")
        if same and not shown.unsure:
            st.button(text("matches.doubt"), key=f"doubt {key}", on_click=shown.doubt, width="stretch", type="tertiary")


def _sign(reason: Reason) -> str:
    return ":material/block:" if reason.against else ":material/check:"
