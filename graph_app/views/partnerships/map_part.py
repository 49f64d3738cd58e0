"""The map, what is chosen on it, and the tables that say the same."""

import streamlit as st

from graph_app.components.messages import empty
from graph_app.components.partner_map import can_draw_map, draw_map, moved, selected
from graph_app.components.texts import language, text
from graph_app.network.measures import Measures
from graph_app.network.network import Network
from graph_app.views.networks import measured
from graph_app.views.partnerships.chosen import choose, chosen_nodes, show_chosen
from graph_app.views.partnerships.moved import move
from graph_app.views.partnerships.styling import choose_styling, picture_of
from graph_app.views.partnerships.tables import show_figures, show_nodes, show_ties

__all__ = ["show_map"]

_HEIGHT = 620


def show_map(network: Network) -> None:
    """Draw the map of a network, and its tables.

    :param network: the network.
    """
    if not len(network.source):
        empty(text("no_ties"))
        return
    measures = measured(network)
    chosen = chosen_nodes(network)
    _map(network, measures, chosen)
    show_chosen(network, chosen, measures)
    if chosen:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(text("partnerships.chosen", count=len(chosen)), width="content")
            if st.button(text("partnerships.clear"), type="tertiary", icon=":material/close:"):
                choose(network, ())
                st.rerun()
    ties, nodes, figures = st.tabs([text(f"partnerships.{name}") for name in ("ties", "measures", "figures")])
    with ties:
        show_ties(network, chosen)
    with nodes:
        show_nodes(network, measures, "betweenness", chosen)
        st.caption(text("partnerships.measures_help"))
    with figures:
        show_figures(measures)


def _map(network: Network, measures: Measures, chosen: tuple[int, ...]) -> None:
    choose_styling(network, measures)
    if not can_draw_map():
        empty(text("map.missing"))
        return
    key = f"map {language()}"
    picture = picture_of(network, measures)
    draw_map(
        network,
        picture.positions,
        key=key,
        colour=picture.colour,
        size=picture.size,
        chosen=chosen,
        height=_HEIGHT,
        on_select=lambda: _take(network, key),
        on_move=lambda: move({network.nodes[number]: place for number, place in moved(key, network).items()}),
    )


def _take(network: Network, key: str) -> None:
    found = selected(key, network)
    if found is not None:
        choose(network, found.nodes)
