"""What colour and size say on the map, as the address holds it."""

import streamlit as st

from graph_app.components.choices import choose_value
from graph_app.components.texts import in_language, text
from graph_app.network.colouring import Colouring, by_group, by_value, radii
from graph_app.network.measures import Measures, definitions
from graph_app.network.network import Network
from graph_app.network.pictures import Picture
from graph_app.views.partnerships.moved import places_with_moves
from graph_app.views.partnerships.words import caption_of, title_of

__all__ = ["NAMES", "choose_styling", "picture_of"]

#: Query parameters of what is chosen here.
NAMES = ("colour", "size")
#: Attributes and measures that colour can say; those that a network lacks are not offered.
_GROUPS = ("type", "seat", "class", "community")
_VALUES = ("betweenness", "degree", "strength", "core", "constraint", "pagerank")
_SIZES = ("degree", "strength", "projects", "betweenness", "pagerank")


def choose_styling(network: Network, measures: Measures) -> None:
    """Draw the choices of what colour and size say.

    :param network: the network.
    :param measures: what was measured of it.
    """
    left, right = st.columns(2)
    colours, sizes = _colours(network, measures), _sizes(measures)
    with left:
        choose_value("colour", text("partnerships.colour"), colours, colours[0], words=_title)
    with right:
        choose_value("size", text("partnerships.size"), sizes, sizes[0], words=_title)


def picture_of(network: Network, measures: Measures) -> Picture:
    """Return the map of a network with what the address says of its colours and sizes.

    :param network: the network.
    :param measures: what was measured of it.
    """
    return Picture(
        network,
        places_with_moves(network),
        _colouring(network, measures, _asked("colour", _colours(network, measures))),
        radii(measures.nodes[_asked("size", _sizes(measures))]),
        title_of(network),
        caption_of(network),
        text("share.strongest"),
    )


def _asked(name: str, options: list[str]) -> str:
    asked = st.query_params.get(name, "")
    return asked if asked in options else options[0]


def _colours(network: Network, measures: Measures) -> list[str]:
    attributes = network.attributes
    groups = [name for name in _GROUPS[:-1] if len(set(attributes.get(name, ()))) > 1]
    return [*groups, _GROUPS[-1], *(name for name in _VALUES if name in measures.nodes)]


def _sizes(measures: Measures) -> list[str]:
    return [name for name in _SIZES if name in measures.nodes]


def _colouring(network: Network, measures: Measures, by: str) -> Colouring:
    title, not_stated = _title(by), text("not_stated")
    if by in _VALUES:
        return by_value(title, measures.nodes[by], not_stated=not_stated)
    if by == "community":
        groups = [text("partnerships.community", number=f"{number:.0f}") for number in measures.nodes[by]]
    else:
        groups = list(network.attributes[by])
    return by_group(title, groups, others=text("partnerships.others"), not_stated=not_stated)


def _title(name: str) -> str:
    return in_language(definitions()[name].title) if name in definitions() else text(f"partnerships.by_{name}")
