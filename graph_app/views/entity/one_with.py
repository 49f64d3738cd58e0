"""Where the page of an entity leads when several are one: to the one, and to who decided it."""

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import text
from graph_app.questions.parameters import ParameterError
from graph_app.views.reading import answer, release

__all__ = ["offer_who_is_who", "one_with"]

_BEFORE = "one with"


def one_with(iri: str) -> str:
    """Return what an entity was made one with, and keep for the next run of the page that it was asked for.

    :param iri: IRI under which it was loaded.
    :returns: IRI of the one, or empty.
    """
    if not release().decisions:
        return ""
    try:
        found = next((row["entity"].value for row in answer("mention-of", iri=iri)), "")
    except ParameterError:  # what is no IRI was never loaded
        return ""
    if found:
        st.session_state[_BEFORE] = iri
    return found


def offer_who_is_who(_: object) -> None:
    """Say which address led here, if another one did."""
    if before := st.session_state.pop(_BEFORE, ""):
        st.info(text("who.led_here", iri=escape(before)), icon=":material/join_inner:")
