"""What breaks if an organisation leaves."""

import streamlit as st

from graph_app.components.listing import Entry, draw_listing
from graph_app.components.texts import in_language, number, text
from graph_app.network.measures import definitions
from graph_app.network.network import Network
from graph_app.network.questions.removal import Removal, removal
from graph_app.views.networks import node
from graph_app.views.partnerships.organisations import choose_organisation

__all__ = ["show_removal"]

#: Members that are named of each part; of the largest there may be thousands.
_NAMED = 50


def show_removal(network: Network) -> None:
    """Answer what an organisation alone holds together."""
    own = choose_organisation(network, "about")
    if own is None:
        return
    found = removal(network, network.nodes[own])
    with st.grid(4, min_column_width=150):
        st.metric(text("question.removal.ties"), number(len(found.partners)), border=True)
        st.metric(text("question.removal.isolated"), number(len(found.isolated)), border=True)
        components = in_language(definitions()["components"].title)
        st.metric(components, number(found.after), found.after - found.before, delta_color="inverse", border=True)
        st.metric(text("question.removal.pairs"), number(found.parted), border=True)
    if len(found.parts) <= 1:
        st.markdown(text("question.removal.nothing"))
        return
    st.markdown(text("question.removal.told", parts=len(found.parts)))
    _parts(network, found)


def _parts(network: Network, found: Removal) -> None:
    alone = set(found.isolated)
    rows: list[list[Entry]] = [
        [
            place,
            len(part),
            text("yes") if set(part) <= alone else "",
            tuple(node(network, network.number[iri]) for iri in part[:_NAMED]),
        ]
        for place, part in enumerate(found.parts, start=1)
    ]
    draw_listing(("part", "organisations", "alone", "members"), rows, name="parts")
    if max(map(len, found.parts)) > _NAMED:
        st.caption(text("question.removal.named", count=_NAMED))
