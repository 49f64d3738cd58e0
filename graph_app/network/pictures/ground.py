"""The map itself within a picture: ties, nodes, and as many names as there is room for."""

import numpy as np
import numpy.typing as npt

from graph_app.network.colouring import Colouring
from graph_app.network.network import Floats, Network
from graph_app.network.pictures.canvas import INK, Element, add, width_of, words
from graph_app.network.strongest import strongest

__all__ = ["MOST_TIES", "draw_ground"]

#: More ties than this are grey on paper, and take a computer that draws them many seconds.
MOST_TIES = 15_000

_TIE = "#8793A0"
_WIDTHS = (0.5, 1.0, 1.9, 3.4)
_NAME = 13.0
_LONGEST = 48
_TAIL = 18
#: The largest nodes, of which those are named whose name covers no other.
_MOST_NAMES = 110
#: Up to this many nodes have an outline; the colour of smaller ones would be lost in it.
_OUTLINED = 3_000
#: A picture has more room than a screen.
_LARGER = 1.35


def draw_ground(
    parent: Element,
    network: Network,
    positions: Floats,
    colour: Colouring,
    size: npt.NDArray[np.float32],
    box: tuple[float, float, float, float],
) -> None:
    """Draw ties, nodes and names.

    :param parent: element to draw in.
    :param network: the network.
    :param positions: x and y of every node.
    :param colour: colours of the nodes.
    :param size: radii of the nodes as on a screen.
    :param box: left, top, width and height of the room for it.
    """
    if not len(network.nodes):
        return
    radius = np.asarray(size, dtype=np.float64) * _LARGER
    place = _fitted(np.asarray(positions, dtype=np.float64), radius, box)
    _ties(parent, network, place)
    names = [
        str(name or iri)
        for name, iri in zip(network.attributes.get("label", network.nodes), network.nodes, strict=True)
    ]
    group = add(parent, "g", stroke="#FFFFFF", stroke_width=0.6 if len(names) <= _OUTLINED else 0)
    for number in np.argsort(-radius, kind="stable").tolist():
        fill = colour.palette[colour.places[number]]
        x, y = place[number].tolist()
        add(add(group, "circle", cx=x, cy=y, r=float(radius[number]), fill=fill), "title", names[number])
    _names(parent, names, place, radius, box)


def _fitted(positions: Floats, radius: Floats, box: tuple[float, float, float, float]) -> Floats:
    """Scale positions into the room, y upwards as on a screen."""
    left, top, width, height = box
    margin = float(radius.max()) + 4
    low, high = positions.min(axis=0), positions.max(axis=0)
    extent = np.maximum(high - low, 1e-9)
    scale = float(min((width - 2 * margin) / extent[0], (height - 2 * margin) / extent[1]))
    middle = np.array([left + width / 2, top + height / 2])
    fitted: Floats = middle + (positions - (low + high) / 2) * scale * np.array([1, -1])
    return fitted


def _ties(parent: Element, network: Network, place: Floats) -> None:
    """Draw ties as one path a width: a hundred thousand elements would be too many for the programs that open it."""
    drawn = strongest(network, MOST_TIES)
    count = network.weights["count"][drawn]
    if not len(count):
        return
    share = np.log1p(count) / np.log1p(count.max())
    classes = np.minimum((share * len(_WIDTHS)).astype(int), len(_WIDTHS) - 1)
    opacity = float(np.clip(0.55 * (600 / len(count)) ** 0.3, 0.06, 0.55))
    for number, width in enumerate(_WIDTHS):
        inside = classes == number
        ends = np.hstack([place[network.source[drawn][inside]], place[network.target[drawn][inside]]]).round(1)
        path = "".join(f"M{x1:g} {y1:g}L{x2:g} {y2:g}" for x1, y1, x2, y2 in ends.tolist())
        if path:
            add(parent, "path", d=path, fill="none", stroke=_TIE, stroke_width=width, stroke_opacity=opacity)


def _names(
    parent: Element, names: list[str], place: Floats, radius: Floats, box: tuple[float, float, float, float]
) -> None:
    """Name the largest nodes first, on the right or the left, and none whose name would cover another name."""
    halo = {"paint_order": "stroke", "stroke": "#FFFFFF", "stroke_linejoin": "round"}
    group = add(parent, "g", fill=INK, stroke_width=3, **halo)
    taken: list[tuple[float, float, float, float]] = []
    for number in np.argsort(-radius, kind="stable")[:_MOST_NAMES].tolist():
        name = _shortened(names[number])
        x, y = place[number].tolist()
        wide, away = width_of(name, _NAME), float(radius[number]) + 3
        for left in (x + away, x - away - wide):
            own = (left, y - _NAME / 2, left + wide, y + _NAME / 2)
            inside = box[0] <= left and left + wide <= box[0] + box[2]
            if inside and not any(_meet(own, other) for other in taken):
                taken.append(own)
                words(group, name, left, y + _NAME / 3, _NAME)
                break


def _shortened(name: str) -> str:
    """Leave out the middle: names that begin alike often differ at their ends, such as in a town or a country."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - _TAIL].rstrip()}…{name[1 - _TAIL :].lstrip()}"


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
