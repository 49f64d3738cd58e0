"""Networks as GraphML and GEXF, which Gephi, Cytoscape, NetworkX and others open."""

import re
from io import BytesIO
from typing import TypeAlias

import networkx as nx
import numpy as np

from graph_app.network.measures.results import Measures
from graph_app.network.network import Floats, Network

__all__ = ["described", "gexf", "graphml"]

_Graph: TypeAlias = "nx.Graph[str] | nx.DiGraph[str]"
#: Characters that no XML 1.0 document can hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def described(network: Network, measures: Measures | None = None) -> _Graph:
    """Return the network as NetworkX has it, with what was measured.

    :param network: the network.
    :param measures: what was measured, or nothing.
    """
    graph = network.to_networkx()
    found = measures or Measures()
    for name, values in found.nodes.items():
        for iri, value in zip(network.nodes, values.tolist(), strict=True):
            if not np.isnan(value):
                graph.nodes[iri][name] = value
    ends = list(zip(network.source.tolist(), network.target.tolist(), strict=True))
    for name, values in found.ties.items():
        for (source, target), value in zip(ends, values.tolist(), strict=True):
            graph.edges[network.nodes[source], network.nodes[target]][name] = value
    graph.graph |= {
        "projection": network.projection,
        "release": network.release,
        "coverage": network.coverage.text(),
        **{name: value for name, value in found.figures.items() if not np.isnan(value)},
    }
    return graph


def graphml(network: Network, measures: Measures | None = None) -> bytes:
    """Write a network as GraphML, with what it stands on and was measured.

    :param network: the network.
    :param measures: what was measured, or nothing.
    """
    buffer = BytesIO()
    nx.write_graphml_xml(_clean(described(network, measures)), buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue()


def gexf(network: Network, measures: Measures | None = None, positions: Floats | None = None) -> bytes:
    """Write a network as GEXF 1.2.

    :param network: the network.
    :param measures: what was measured, or nothing.
    :param positions: x and y of each node, or none.
    """
    graph = _clean(described(network, measures))
    if positions is not None:
        for iri, (x, y) in zip(network.nodes, positions.tolist(), strict=True):
            graph.nodes[iri]["viz"] = {"position": {"x": x, "y": y, "z": 0.0}}
    # The format has no place for what is said of the whole, but for its name.
    graph.graph = {"name": f"{network.projection}, release {network.release}. {network.coverage.text()}"}
    buffer = BytesIO()
    nx.write_gexf(graph, buffer, encoding="utf-8")
    return buffer.getvalue()


def _clean(graph: _Graph) -> _Graph:
    for values in [graph.graph, *(data for _, data in graph.nodes(data=True))]:
        for name, value in values.items():
            if isinstance(value, str) and _NOT_XML.search(value):
                values[name] = _NOT_XML.sub("\ufffd", value)
    return graph
