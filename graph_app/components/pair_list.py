"""A list of pairs of which one is chosen, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import text

__all__ = ["Listed", "draw_pair_list"]

_ON_A_PAGE = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """A pair as the list has it.

    :param left: name of the first.
    :param right: name of the second.
    :param told: what is said beside the names, such as the score.
    """

    left: str
    right: str
    told: str


def draw_pair_list(pairs: Sequence[Listed], chosen: int | None, choose: Callable[[int], None]) -> None:
    """Draw the page of the list that has the chosen pair.

    :param pairs: the pairs.
    :param chosen: place of the chosen one; ``None`` where it is not among them.
    :param choose: called with the place of another one.
    """
    page = (chosen or 0) // _ON_A_PAGE
    first = page * _ON_A_PAGE
    shown = pairs[first : first + _ON_A_PAGE]
    with st.container(gap="xsmall", key="who list"):
        for place, pair in enumerate(shown, first):
            st.button(
                f"{escape(pair.left)} ↔ {escape(pair.right)}  \n:small[{escape(pair.told)}]",
                key=f"pair {place}",
                type="secondary" if place == chosen else "tertiary",
                on_click=choose,
                args=(place,),
                width="stretch",
                wrap=True,
            )
    if len(pairs) > _ON_A_PAGE:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "",
                icon=":material/chevron_left:",
                key="pairs before",
                help=text("who.page_before"),
                disabled=not page,
                on_click=choose,
                args=(max(first - _ON_A_PAGE, 0),),
            )
            st.caption(
                text("who.page", first=first + 1, last=first + len(shown), count=f"{len(pairs):,}"), width="content"
            )
            st.button(
                "",
                icon=":material/chevron_right:",
                key="pairs after",
                help=text("who.page_after"),
                disabled=first + _ON_A_PAGE >= len(pairs),
                on_click=choose,
                args=(first + _ON_A_PAGE,),
            )
