"""What is chosen on the map: kept for the session, and in the address where it is little."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.choices import remember
from graph_app.components.escape import escape
from graph_app.components.links import link
from graph_app.components.texts import in_language, number, text
from graph_app.network.measures import Measures, definitions
from graph_app.network.network import Network
from graph_app.views.networks import node
from graph_app.views.partnerships.evidence_panel import show_tie
from graph_app.views.reading import settings

__all__ = ["choose", "chosen_nodes", "clear", "show_chosen", "times_cleared"]

_PARAMETER = "chosen"
_KEPT, _CLEARED = "chosen on the map", "times cleared"
#: More nodes than this would make an address that programs cut.
_IN_ADDRESS = 12
#: Measures that the card of a node tells.
_TOLD = ("degree", "strength", "projects", "betweenness", "core", "constraint", "community", "cut_point")


def choose(network: Network, numbers: Sequence[int]) -> None:
    """Keep what was chosen.

    :param network: the network.
    :param numbers: numbers of the nodes.
    """
    iris = [network.nodes[number] for number in numbers]
    st.session_state[_KEPT] = iris
    base = settings().base
    remember(_PARAMETER, [iri.removeprefix(base) for iri in iris] if len(iris) <= _IN_ADDRESS else [])


def clear() -> None:
    """Choose nothing, from outside the map, which has to hear of it."""
    st.session_state[_KEPT] = []
    st.session_state[_CLEARED] = times_cleared() + 1
    remember(_PARAMETER, [])


def times_cleared() -> int:
    """Return how often the choice was cleared outside the map."""
    count: int = st.session_state.get(_CLEARED, 0)
    return count


def chosen_nodes(network: Network) -> tuple[int, ...]:
    """Return the numbers of the nodes that are chosen and in a network."""
    if _KEPT not in st.session_state:
        base = settings().base
        asked = st.query_params.get_all(_PARAMETER)
        st.session_state[_KEPT] = [short if "://" in short else base + short for short in asked]
    return tuple(sorted(network.number[iri] for iri in st.session_state[_KEPT] if iri in network.number))


def show_chosen(network: Network, chosen: Sequence[int], measures: Measures) -> None:
    """Draw what is known of what is chosen: a node, the tie of two, or the ties among several.

    :param network: the network.
    :param chosen: numbers of nodes.
    :param measures: what was measured of them.
    """
    if len(chosen) == 1:
        _card(network, chosen[0], measures)
    elif len(chosen) == 2 and network.tie(*chosen) >= 0:
        show_tie(network, *chosen)
    elif len(chosen) == 2 and network.directed and network.tie(*reversed(chosen)) >= 0:
        show_tie(network, *reversed(chosen))


def _card(network: Network, number: int, measures: Measures) -> None:
    told = [network.attributes[name][number] for name in ("type", "seat") if name in network.attributes]
    with st.container(border=True, key="card"):
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            link(node(network, number))
            st.caption(" · ".join(escape(one) for one in told if one) or text("not_stated"), width="content")
        with st.grid(len(_TOLD), min_column_width=110):
            for name in _TOLD:
                if name in measures.nodes:
                    _figure(name, float(measures.nodes[name][number]))


def _figure(name: str, value: float) -> None:
    definition = definitions()[name]
    whole = value == int(value) if value == value else False  # noqa: PLR0124 - NaN is not defined
    shown = "–" if value != value else number(value) if whole else number(value, 3)  # noqa: PLR0124
    st.metric(in_language(definition.title), shown, help=in_language(definition.says))
