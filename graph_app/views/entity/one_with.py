"""Where the page of an entity leads when several are one: to the one, and to who decided it."""

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.links import Reference, page_link
from graph_app.components.texts import text
from graph_app.questions.parameters import ParameterError
from graph_app.stewardship.permissions import Command, may
from graph_app.views.acting import page_actor
from graph_app.views.reading import answer, release, settings

__all__ = ["offer_who_is_who", "one_with"]

#: Pages of what may be one with others.
_KINDS = frozenset(("organisation", "project"))
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


def offer_who_is_who(subject: Reference) -> None:
    """Say which address led here, if another one did, and lead those who may decide to who this is.

    :param subject: the entity of the page.
    """
    if before := st.session_state.pop(_BEFORE, ""):
        st.info(text("who.led_here", iri=escape(before)), icon=":material/join_inner:")
    actor = page_actor() if subject.page in _KINDS else None
    if actor is not None and may(actor, Command.DECIDE, None, settings()):
        query = {"kind": subject.page, "about": subject.iri.removeprefix(settings().base)}
        page_link("who-is-who", text("page.who-is-who"), icon=":material/join_inner:", query=query)
