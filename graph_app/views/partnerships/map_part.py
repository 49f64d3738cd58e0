"""The map, what is chosen on it, and the tables that say the same."""

import streamlit as st

from graph_app.components.messages import empty
from graph_app.components.partner_map import can_draw_map, draw_map, moved, selected
from graph_app.components.texts import language, text
from graph_app.network.measures import Measures
from graph_app.network.network import Network
from graph_app.network.pictures import Picture
from graph_app.views.networks import measured
from graph_app.views.partnerships.chosen import choose, chosen_nodes, clear, show_chosen, times_cleared
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
    choose_styling(network, measures)
    _work(network, measures, picture_of(network, measures), chosen_nodes(network), times_cleared())


# What is chosen on the map draws this part anew and no other. Its arguments stay those of the last run of the whole
# page, so that the map is the same to the byte and is neither sent nor drawn again.
@st.fragment
def _work(network: Network, measures: Measures, picture: Picture, shown: tuple[int, ...], cleared: int) -> None:
    _map(network, picture, shown, cleared)
    chosen = chosen_nodes(network)
    show_chosen(network, chosen, measures)
    if chosen:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(text("partnerships.chosen", count=len(chosen)), width="content")
            if st.button(text("partnerships.clear"), type="tertiary", icon=":material/close:"):
                clear()
                st.rerun()
    names = [text(f"partnerships.{name}") for name in ("ties", "measures", "figures")]
    ties, nodes, figures = st.tabs(names, key=f"tables {language()}", on_change="rerun")
    if ties.open:
        with ties:
            show_ties(network, chosen)
    if nodes.open:
        with nodes:
            show_nodes(network, measures, "betweenness", chosen)
            st.caption(text("partnerships.measures_help"))
    if figures.open:
        with figures:
            show_figures(measures)


def _map(network: Network, picture: Picture, shown: tuple[int, ...], cleared: int) -> None:
    if not can_draw_map():
        empty(text("map.missing"))
        return
    key = f"map {language()}"
    draw_map(
        network,
        picture.positions,
        key=key,
        colour=picture.colour,
        size=picture.size,
        chosen=shown,
        turn=cleared,
        height=_HEIGHT,
        on_select=lambda: _take(network, key),
        on_move=lambda: move({network.nodes[number]: place for number, place in moved(key, network).items()}),
    )


def _take(network: Network, key: str) -> None:
    found = selected(key, network)
    if found is not None:
        choose(network, found.nodes)
