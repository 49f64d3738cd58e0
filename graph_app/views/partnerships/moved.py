"""Nodes that were moved on the map: kept for the session, and in saved views."""

from collections.abc import Mapping

import streamlit as st

from graph_app.network.network import Floats, Network
from graph_app.views.networks import places_of

__all__ = ["move", "moves", "places_with_moves"]

_KEPT = "moved on the map"


def move(places: Mapping[str, tuple[float, float]]) -> None:
    """Keep where nodes were moved to.

    :param places: IRI of a node to its x and y.
    """
    st.session_state[_KEPT] = {**moves(), **places}


def moves() -> Mapping[str, tuple[float, float]]:
    """Return the IRIs of moved nodes, and where they were moved to."""
    found: Mapping[str, tuple[float, float]] = st.session_state.get(_KEPT, {})
    return found


def places_with_moves(network: Network) -> Floats:
    """Return where the nodes of a network stand, those that were moved where somebody put them."""
    found = places_of(network)
    here = {network.number[iri]: place for iri, place in moves().items() if iri in network.number}
    if here:
        found = found.copy()
        for number, place in here.items():
            found[number] = place
    return found
