"""Suggestions of what the graph has already, with reasons, and what can be said to each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.links import Reference, link
from graph_app.components.texts import language, text
from graph_app.identity.likeness import Relation
from graph_app.identity.suggestions import Reason, Suggestion

__all__ = ["Shown", "draw_decided", "draw_mention"]

_MOST_NAMES, _MOST_PLACES = 3, 40


@dataclass(frozen=True)
class Shown:
    """One suggestion as it is drawn.

    :param suggestion: the suggestion.
    :param reference: what it suggests.
    :param projects: in how many projects the graph has it; ``None`` for what is a project itself.
    :param unsure: whether somebody has said that they are not sure.
    :param use: has the entry refer to it; ``None`` where it cannot.
    :param only: has one row alone refer to it: what people call the row, and what is done; none where there is one.
    :param everywhere: how many rows ``use`` means.
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
    only: Sequence[tuple[str, Callable[[], None]]] = ()
    everywhere: int = 1


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
            many = shown.everywhere > 1
            label = text("matches.use_all", count=shown.everywhere) if many else text("matches.use")
            st.button(label, key=f"use {key}", on_click=shown.use, width="stretch")
            if shown.only:
                with st.popover(text("matches.only"), width="stretch"):
                    for number, (place, use) in enumerate(shown.only[:_MOST_PLACES]):
                        st.button(place, key=f"only {key} {number}", on_click=use, width="stretch")
        same = shown.suggestion.relation is Relation.SAME
        label = text("matches.other" if same else "matches.aside")
        st.button(label, key=f"other {key}", on_click=shown.decline, width="stretch")
        if same and not shown.unsure:
            st.button(text("matches.doubt"), key=f"doubt {key}", on_click=shown.doubt, width="stretch", type="tertiary")


def _sign(reason: Reason) -> str:
    return ":material/block:" if reason.against else ":material/check:"


def draw_decided(told: Sequence[tuple[str, Reference, Callable[[], None]]], *, key: str) -> None:
    """Draw what was decided to be the graph's, and let it be taken back.

    :param told: what the table calls it and where, what it is, and what takes that back.
    :param key: what tells its buttons from others.
    """
    st.markdown(f"**{text('matches.decided')}**")
    for number, (name, reference, back) in enumerate(told):
        what, act = st.columns([7, 3], vertical_alignment="center")
        with what.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{escape(name)} →", width="content")
            link(reference)
        act.button(text("matches.take_back"), key=f"back {key} {number}", on_click=back, width="stretch")
