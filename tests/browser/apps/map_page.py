"""A page with nothing but a map of a made network, and what was chosen on it."""

import numpy as np
import streamlit as st

from graph_app.components.partner_map import draw_map, moved, selected
from graph_app.network.colouring import by_group, by_value, radii
from graph_app.network.layout import positions
from graph_app.network.network import Network
from tests.graph_app.network.made import degrees, made_network


@st.cache_resource
def laid_out(nodes: int) -> tuple[Network, np.ndarray]:
    network = made_network(nodes)
    return network, positions(network)


network, found = laid_out(int(st.query_params.get("nodes", "100")))
partners = degrees(network)
st.set_page_config(layout="wide")
st.title("Map")


def note() -> None:
    st.session_state["last"] = selected("map", network)


def keep() -> None:
    st.session_state["moved"] = sorted(moved("map", network).items())


numbers = st.checkbox("By number")
types = network.attributes["type"]
draw_map(
    network,
    found,
    key="map",
    colour=by_value("Partners", partners, not_stated="Not stated")
    if numbers
    else by_group("Type", types, others="Others", not_stated="Not stated"),
    size=radii(partners),
    on_select=note,
    on_move=keep,
)
last = st.session_state.get("last")
st.text(f"Chosen nodes: {len(last.nodes) if last else 0}; tie: {last.tie if last else None}")
st.text(f"Names: {', '.join(network.attributes['label'][node] for node in last.nodes[:3]) if last else ''}")
st.text(f"Moved: {st.session_state.get('moved', [])}")
