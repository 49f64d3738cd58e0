"""Networks drawn with pyvis as one HTML text that needs no network: the only module that knows pyvis.

pyvis puts four things into its page unescaped: the heading, the select and filter menus, and the options. None of them
is given data here. It also turns tooltips into live HTML as soon as one of them contains ``href``, so that word is
broken up, and it loads Bootstrap from a foreign host, so those two tags are cut out and the result is checked.
"""

import re
from collections.abc import Mapping
from hashlib import sha256

import networkx as nx
from pyvis.network import Network

from graph_app.network.organisation_graph import OrganisationGraph
from graph_app.network.palette import NONE

__all__ = ["PHYSICS_UP_TO", "ForeignHostError", "draw"]

#: Above this many organisations the browser would take minutes to settle, so positions stay as computed here.
PHYSICS_UP_TO = 150
_SEED = 7
_SCALE = 420
_ITERATIONS = 60
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


class ForeignHostError(RuntimeError):
    """The drawn page would ask a foreign host; it is not given out."""


def draw(
    graph: OrganisationGraph,
    colour_of: Mapping[str, str],
    context_labels: Mapping[str, str],
    *,
    focus: str = "",
    height: int = 560,
) -> str:
    """Draw a network.

    :param graph: a network as :func:`graph_app.network.organisation_graph.network` builds it.
    :param colour_of: IRI of an organisation to its colour.
    :param context_labels: IRI of a project or partnership to its title.
    :param focus: IRI of the organisation that the drawing is about, or empty.
    :param height: height in pixels.
    :returns: a whole HTML page with everything in it.
    :raises ForeignHostError: if the page would load anything from elsewhere.
    """
    drawing = Network(
        height=f"{height}px", width="100%", cdn_resources="in_line", bgcolor="#ffffff", font_color="#1b2733"
    )
    drawing.set_options(_OPTIONS % ("true" if len(graph) <= PHYSICS_UP_TO else "false"))
    positions = _positions(graph)
    # Appending to the lists keeps this linear; pyvis's own add_edge compares every edge with all others.
    drawing.nodes.extend(_node(graph, iri, colour_of, positions[iri], focus) for iri in graph)
    drawing.edges.extend(_edge(first, second, data, context_labels) for first, second, data in graph.edges(data=True))
    return _offline(drawing.generate_html())


def _positions(graph: OrganisationGraph) -> Mapping[str, tuple[float, float]]:
    ordered: OrganisationGraph = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(sorted((min(pair), max(pair)) for pair in graph.edges()))
    found = nx.spring_layout(ordered, seed=_SEED, iterations=_ITERATIONS, scale=_SCALE)
    return {iri: (round(float(x), 1), round(float(y), 1)) for iri, (x, y) in found.items()}


def _node(
    graph: OrganisationGraph, iri: str, colour_of: Mapping[str, str], position: tuple[float, float], focus: str
) -> dict[str, object]:
    data = graph.nodes[iri]
    label = str(data.get("label") or iri)
    lines = [label, *(str(data[key]) for key in ("type", "seat") if data.get(key))]
    return {
        "id": _identifier(iri),
        "label": label if len(label) <= _LABEL_LENGTH else label[: _LABEL_LENGTH - 1] + "…",
        "title": _tooltip(lines),
        "shape": "dot",
        "color": colour_of.get(iri, NONE),
        "size": min(34, 11 + 2 * int(graph.degree(iri))) + (6 if iri == focus else 0),
        "borderWidth": 4 if iri == focus else 1,
        "x": position[0],
        "y": position[1],
    }


def _edge(first: str, second: str, data: Mapping[str, object], labels: Mapping[str, str]) -> dict[str, object]:
    contexts = data.get("contexts")
    names = [labels.get(context, context) for context in contexts] if isinstance(contexts, tuple) else []
    shown = names[:_TITLE_LINES] + ([f"+ {len(names) - _TITLE_LINES}"] if len(names) > _TITLE_LINES else [])
    return {
        "from": _identifier(first),
        "to": _identifier(second),
        "width": min(9, 1.5 * len(names)) or 1,
        "title": _tooltip(shown),
    }


def _identifier(iri: str) -> str:
    return sha256(iri.encode()).hexdigest()[:16]


def _tooltip(lines: list[str]) -> str:
    return _HREF.sub(lambda match: match[0][0] + _WORD_JOINER + match[0][1:], "\n".join(lines))


def _offline(html: str) -> str:
    clean = _EMPTY_HEADING.sub("", _FOREIGN_TAG.sub("", html))
    if found := _LOADING.search(_TEXT_BLOCKS.sub("", clean)):
        raise ForeignHostError(f"The drawing would load from a foreign host: {found[0]}")
    return clean
