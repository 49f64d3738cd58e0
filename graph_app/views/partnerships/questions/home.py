"""Who works only inside its own country."""

from collections import Counter

import streamlit as st

from graph_app.components.choices import choose_value
from graph_app.components.listing import Entry, draw_listing, say_cut
from graph_app.components.messages import empty
from graph_app.components.texts import text
from graph_app.network.network import Network
from graph_app.network.questions.home import home_only
from graph_app.views.networks import node

__all__ = ["show_home"]

_LISTED = 1_000


def show_home(network: Network) -> None:
    """Answer who has no partner that is known to be abroad."""
    seats = network.attributes["country"]
    names = dict(zip(seats, network.attributes["seat"], strict=True))
    known = [seat for seat, _ in Counter(seat for seat in seats if seat).most_common()]
    only = choose_value("seat", text("column.seat"), known, words=lambda seat: names.get(seat, seat))
    found = [one for one in home_only(network, seats) if only in ("", one.seat)]
    unstated = sum(not seat for seat in seats)
    if not found:
        empty(text("question.no_home"))
    else:
        rows: list[list[Entry]] = [
            [node(network, network.number[one.iri]), names[one.seat], one.partners, one.unknown]
            for one in found[:_LISTED]
        ]
        draw_listing(("organisation", "seat", "partners", "partnersOfUnknownSeat"), rows, name="home")
        say_cut(_LISTED, len(found))
    st.caption(text("question.home.unknown", count=unstated, all=len(seats)))
