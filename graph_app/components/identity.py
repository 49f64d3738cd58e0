"""Who has signed in, and the buttons to sign in and out."""

from collections.abc import Callable, Collection

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import text

__all__ = ["draw_identity", "offer_sign_in"]


def draw_identity(name: str, roles: Collection[str], sign_out: Callable[[], None]) -> None:
    """Say who has signed in, and in which roles.

    :param name: the name that stands in the journal.
    :param roles: their roles.
    :param sign_out: called when they want to leave.
    """
    told = ", ".join(text(f"role.{role}") for role in roles)
    _row(f"**{escape(name)}** · {told}", text("acting.sign_out"), sign_out)


def offer_sign_in(sign_in: Callable[[], None], *, ended: bool) -> None:
    """Say that nobody has signed in.

    :param sign_in: called when somebody wants to.
    :param ended: whether somebody has, and their sign-in is over.
    """
    _row(text("acting.ended" if ended else "acting.looking"), text("acting.sign_in"), sign_in)


def _row(said: str, label: str, act: Callable[[], None]) -> None:
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.caption(said, width="content")
        st.button(label, on_click=act, key="sign in or out", type="tertiary")
