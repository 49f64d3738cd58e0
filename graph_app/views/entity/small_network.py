"""The small network on the page of an entity, and around the two of a pair."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.links import page_link
from graph_app.components.messages import empty
from graph_app.components.network_frame import draw_network
from graph_app.components.texts import language, text
from graph_app.network.colouring import by_group
from graph_app.network.drawing import DRAWN_UP_TO, draw_around
from graph_app.network.filters import Filters
from graph_app.network.layout import fingerprint
from graph_app.network.network import Network
from graph_app.views.networks import network_of
from graph_app.views.reading import references, settings

__all__ = ["small_network"]

_HEIGHT = 360


def small_network(focus: Sequence[str], kind: str) -> tuple[str, ...]:
    """Draw who works together around one entity, or around a few.

    :param focus: IRIs of the entities.
    :param kind: the filter that takes them, such as ``country``.
    :returns: the queries that the network is made from.
    """
    filters = Filters.from_json({kind: list(focus)})
    found = network_of("organisations", filters)
    if not len(found.source):
        empty(text("no_ties"))
        return found.queries
    summary = text("network_summary", organisations=len(found), ties=len(found.source))
    if len(found) <= DRAWN_UP_TO:
        draw_network(_drawn(fingerprint(found), language(), tuple(focus), found), height=_HEIGHT, description=summary)
        st.caption(summary)
    else:
        st.caption(text("network_large", organisations=len(found), ties=len(found.source)))
    ((name, texts),) = filters.to_query(settings().base).items()
    if len(texts) == 1:
        page_link("partnerships", text("open_partnerships"), query={name: texts[0]})
    return found.queries


@st.cache_data(max_entries=200, show_spinner=False)
def _drawn(shape: str, language_: str, focus: tuple[str, ...], _network: Network) -> str:  # noqa: ARG001 - the key
    titles = {iri: one.label for iri, one in references(_network.contexts).items()}
    types = _network.attributes["type"]
    colour = by_group("", types, others=text("partnerships.others"), not_stated=text("not_stated"))
    return draw_around(_network, colour, titles, focus=focus, height=_HEIGHT, dark=True)
