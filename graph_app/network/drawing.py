"""Networks drawn with pyvis as one HTML text that needs no network: the only module that knows pyvis.

pyvis puts four things into its page unescaped: the heading, the select and filter menus, and the options. None of them
is given data here. It also turns tooltips into live HTML as soon as one of them contains ``href``, so that word is
broken up, and it loads Bootstrap from a foreign host, so those two tags are cut out and the result is checked.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

import numpy as np
from pyvis.network import Network as Drawing

from graph_app.network.colouring import Colouring
from graph_app.network.layout import positions
from graph_app.network.network import Floats, Network

__all__ = ["DRAWN_UP_TO", "PHYSICS_UP_TO", "ForeignHostError", "draw_around"]

#: Above this many nodes, what pyvis draws is too slow to work with; the map of :mod:`graph_app.components` is not.
DRAWN_UP_TO = 1_500

#: Above this many organisations the browser would take minutes to settle, so positions stay as computed here.
PHYSICS_UP_TO = 150
_SCALE = 420
_LABEL_LENGTH = 60
_TITLE_LINES = 12
_FOREIGN_TAG = re.compile(
    r"<(?:script|link)\b[^>]*\b(?:src|href)\s*=\s*[\"'](?:https?:)?//[^>]*>(?:\s*</script>)?", re.IGNORECASE
)
_LOADING = re.compile(r"<[a-z]+\b[^>]*\b(?:src|href|action|data)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)
# Scripts and styles only mention addresses in their licences, and the comments at the head load nothing.
_TEXT_BLOCKS = re.compile(
    r"<script\b(?![^>]*\bsrc\b)[^>]*>.*?</script>|<style\b.*?</style>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
_EMPTY_HEADING = re.compile(r"<center>\s*<h1></h1>\s*</center>")
_HREF = re.compile("href", re.IGNORECASE)
_WORD_JOINER = "\u2060"

_OPTIONS = """{
  "nodes": {"shape": "dot", "borderWidth": 1, "widthConstraint": {"maximum": 150},
            "font": {"size": 15, "face": "system-ui, sans-serif", "color": "#1b2733"}},
  "edges": {"smooth": false, "color": {"color": "#b8c2cc", "highlight": "#0072B2", "hover": "#0072B2"}},
  "interaction": {"hover": true, "tooltipDelay": 120, "hideEdgesOnDrag": true, "navigationButtons": false,
                  "keyboard": false},
  "physics": {"enabled": %s, "solver": "forceAtlas2Based",
              "forceAtlas2Based": {"gravitationalConstant": -110, "springLength": 130, "avoidOverlap": 0.6},
              "stabilization": {"enabled": true, "iterations": 250, "fit": true}}
}"""


#: Names count for how much room there is only once they are drawn.
_FIT = '<script>network.once("afterDrawing", () => network.fit());</script>'
_DARK = """<style>@media (prefers-color-scheme: dark) {
  html, body, .card, #mynetwork { background: #12181f !important; border-color: #3a4755 !important; }
}</style>
<script>if (matchMedia("(prefers-color-scheme: dark)").matches) network.setOptions({
  nodes: {font: {color: "#e6edf3"}}, edges: {color: {color: "#5b6875", highlight: "#7cc4f5", hover: "#7cc4f5"}}
});</script>"""


class ForeignHostError(RuntimeError):
    """The drawn page would ask a foreign host; it is not given out."""


def draw_around(
    network: Network,
    colour: Colouring,
    context_labels: Mapping[str, str],
    *,
    focus: Collection[str] = (),
    height: int = 560,
    dark: bool = False,
) -> str:
    """Draw a small network, such as the neighbourhood of an organisation or the consortium of a project.

    :param network: the network, of at most :data:`DRAWN_UP_TO` nodes.
    :param colour: colours of its nodes.
    :param context_labels: IRI of a project or partnership to its title; those without one are named by their IRI.
    :param focus: IRIs of the nodes that the drawing is about.
    :param height: height in pixels.
    :param dark: whether it is dark where the reader's system is, as pages of the app are.
    :returns: a whole HTML page with everything in it.
    :raises ForeignHostError: if the page would load anything from elsewhere.
    :raises ValueError: if the network is too large.
    """
    if len(network) > DRAWN_UP_TO:
        raise ValueError(f"At most {DRAWN_UP_TO:,} nodes are drawn this way, not {len(network):,}: filter first.")
    drawing = _empty(len(network), height)
    places = _scaled(positions(network))
    partners = np.bincount(np.concatenate([network.source, network.target]), minlength=len(network))
    for number, iri in enumerate(network.nodes):
        told = [network.attributes[key][number] for key in ("label", "type", "seat") if key in network.attributes]
        fill = colour.palette[colour.places[number]]
        drawing.nodes.append(_dot(iri, told, fill, int(partners[number]), places[number].tolist(), focus))
    for first, second in zip(network.source.tolist(), network.target.tolist(), strict=True):
        names = [context_labels.get(context, context) for context in network.shared(first, second)]
        drawing.edges.append(_line(network.nodes[first], network.nodes[second], names, directed=network.directed))
    return _offline(drawing.generate_html().replace("</body>", _FIT + (_DARK if dark else "") + "</body>"))


def _empty(nodes: int, height: int) -> Drawing:
    drawing = Drawing(
        height=f"{height}px", width="100%", cdn_resources="in_line", bgcolor="#ffffff", font_color="#1b2733"
    )
    drawing.set_options(_OPTIONS % ("true" if nodes <= PHYSICS_UP_TO else "false"))
    return drawing


def _scaled(found: Floats) -> Floats:
    """Scale positions to what the browser starts from, where y grows downwards."""
    widest = float(np.abs(found).max(initial=0.0)) or 1.0
    room = _SCALE * max(1.0, np.sqrt(len(found) / PHYSICS_UP_TO))
    scaled: Floats = np.round(found * np.array([1, -1]) * room / widest, 1)
    return scaled


def _dot(
    iri: str, told: Sequence[str], colour: str, partners: int, place: Sequence[float], focus: Collection[str]
) -> dict[str, object]:
    label = (told[0] if told else "") or iri
    return {
        "id": _identifier(iri),
        "label": label if len(label) <= _LABEL_LENGTH else label[: _LABEL_LENGTH - 1] + "…",
        "title": _tooltip([label, *(line for line in told[1:] if line)]),
        "shape": "dot",
        "color": colour,
        "size": min(34, 11 + 2 * partners) + (6 if iri in focus else 0),
        "borderWidth": 4 if iri in focus else 1,
        "x": place[0],
        "y": place[1],
    }


def _line(first: str, second: str, names: list[str], *, directed: bool) -> dict[str, object]:
    shown = names[:_TITLE_LINES] + ([f"+ {len(names) - _TITLE_LINES}"] if len(names) > _TITLE_LINES else [])
    drawn: dict[str, object] = {
        "from": _identifier(first),
        "to": _identifier(second),
        "width": min(9, 1.5 * len(names)) or 1,
        "title": _tooltip(shown),
    }
    return drawn | ({"arrows": "to"} if directed else {})


def _identifier(iri: str) -> str:
    return sha256(iri.encode()).hexdigest()[:16]


def _tooltip(lines: list[str]) -> str:
    return _HREF.sub(lambda match: match[0][0] + _WORD_JOINER + match[0][1:], "\n".join(lines))


def _offline(html: str) -> str:
    clean = _EMPTY_HEADING.sub("", _FOREIGN_TAG.sub("", html))
    if found := _LOADING.search(_TEXT_BLOCKS.sub("", clean)):
        raise ForeignHostError(f"The drawing would load from a foreign host: {found[0]}")
    return clean
