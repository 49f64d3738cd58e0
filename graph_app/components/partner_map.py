"""The map of a network: drawn in the browser from positions that the server gives, and what is chosen on it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from graph_app.components.bundles import component
from graph_app.components.map_payload import MOST_TIES, Packed, message, packed_graph, packed_view
from graph_app.components.texts import language, text
from graph_app.network.colouring import Colouring
from graph_app.network.layout import fingerprint
from graph_app.network.network import Network

__all__ = ["Selection", "can_draw_map", "draw_map", "moved", "selected"]

_NAME = "map"
_WORDS = (
    "search", "none_found", "zoom_in", "zoom_out", "fit", "area", "clear", "partners", "shared", "chosen", "legend",
    "keys", "no_webgl",
)  # fmt: skip
#: What the browser fills in by itself.
_LEFT = {name: f"{{{name}}}" for name in ("count", "name", "first", "second")}


@dataclass(frozen=True, slots=True)
class Selection:
    """What somebody chose on a map.

    :param nodes: numbers of the nodes, sorted; of a tie, those of its ends.
    :param tie: number of the tie, or nothing where nodes were chosen.
    """

    nodes: tuple[int, ...] = ()
    tie: int | None = None


def can_draw_map() -> bool:
    """Tell whether the part of the map that runs in the browser was built."""
    return component(_NAME) is not None


def draw_map(
    network: Network,
    positions: npt.NDArray[np.float64],
    *,
    key: str,
    colour: Colouring,
    size: npt.NDArray[np.float32],
    chosen: Iterable[int] | None = None,
    turn: int = 0,
    description: str = "",
    height: int = 620,
    legend: bool = True,
    frame: tuple[float, float, float, float] | None = None,
    on_select: Callable[[], None] | None = None,
    on_move: Callable[[], None] | None = None,
) -> None:
    """Draw a network as a map. What is chosen on it is given by :func:`selected` while ``on_select`` runs.

    :param network: the network.
    :param positions: x and y of every node, such as :func:`graph_app.network.layout.kept_positions` gives.
    :param key: key of the map, of which this page has one.
    :param colour: colours of the nodes and what they say.
    :param size: radii of the nodes in pixels, such as :func:`graph_app.network.colouring.radii` gives.
    :param chosen: numbers of the nodes that are marked, when the page decides it; the map keeps its own otherwise.
        Who draws it with the same ones again leaves to the map what was chosen on it since.
    :param turn: another number than before to have them marked nevertheless.
    :param description: what it shows, for people who do not see it, and which table says the same.
    :param height: height in pixels.
    :param legend: whether the legend stands below it.
    :param frame: least x and y and greatest x and y that the map has room for, so that maps of several years can be
        laid over each other; those of the positions if not given.
    :param on_select: called when a node, a tie or an area was chosen.
    :param on_move: called when somebody moved nodes; without it, nodes stay where they are.
    """
    drawn = component(_NAME)
    if drawn is None:
        raise RuntimeError("The map was not built; ask can_draw_map() first.")
    shape = fingerprint(network)
    names = sha256("\n".join(network.attributes.get("label", ())).encode()).hexdigest()[:16]
    graph = _graph(shape + names, network)
    left_out = len(network.source) - MOST_TIES
    head = {
        "shape": shape + names,
        "palette": colour.palette,
        "title": colour.title,
        "entries": [[entry.label, entry.colour, entry.count] for entry in colour.entries],
        "scale": [f"{value:,.4g}" for value in colour.scale],
        "chosen": None if chosen is None else sorted(set(chosen)),
        "turn": turn,
        "description": description or text("map.description", nodes=len(network.nodes), ties=len(network.source)),
        "note": text("map.strongest", shown=MOST_TIES, ties=len(network.source)) if left_out > 0 else "",
        "height": height,
        "legend": legend,
        "frame": list(frame) if frame else None,
        "movable": on_move is not None,
        "directed": network.directed,
        "language": language(),
        "words": {word: text(f"map.{word}", **_LEFT) for word in _WORDS},
    }
    drawn(
        key=key,
        data=message(head, graph, packed_view(positions, colour, size)),
        on_selected_change=on_select or _nothing,
        on_moved_change=on_move or _nothing,
    )


def selected(key: str, network: Network) -> Selection | None:
    """Return what was just chosen on a map.

    :param key: key of the map.
    :param network: the network that it shows.
    :returns: what was chosen, which may be nothing any more, or ``None`` if nobody chose anything on this network.
    """
    found = _sent(key, "selected", network)
    if found is None:
        return None
    nodes, tie = found.get("nodes"), found.get("tie")
    within = [node for node in nodes or () if isinstance(node, int) and 0 <= node < len(network.nodes)]
    known = isinstance(tie, int) and 0 <= tie < len(network.source)
    return Selection(tuple(sorted(set(within))), tie if known else None)


def moved(key: str, network: Network) -> Mapping[int, tuple[float, float]]:
    """Return the nodes that were just moved on a map.

    :param key: key of the map.
    :param network: the network that it shows.
    :returns: number of a node to its new x and y.
    """
    found = _sent(key, "moved", network) or {}
    return {
        int(node): (float(x), float(y))
        for node, x, y in found.get("nodes") or ()
        if 0 <= int(node) < len(network.nodes)
    }


def _sent(key: str, what: str, network: Network) -> Mapping[str, Any] | None:
    """Return what a browser sent, if it speaks of this network: numbers of another one would mean others."""
    found = (st.session_state.get(key) or {}).get(what)
    same = isinstance(found, Mapping) and str(found.get("shape")).startswith(fingerprint(network))
    return found if same else None


@st.cache_data(max_entries=20, show_spinner=False)
def _graph(shape: str, _network: Network) -> Packed:  # noqa: ARG001 - the key
    return packed_graph(_network)


def _nothing() -> None:
    """Streamlit tells of a value only where it may call something."""
