"""Small networks made by hand, and random ones."""

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from graph_app.network.coverage import Coverage
from graph_app.network.filters import Filters
from graph_app.network.network import Network

__all__ = ["graphs", "network_of", "numbered"]


def network_of(
    ties: Iterable[tuple[int, int, float]],
    size: int,
    *,
    directed: bool = False,
    attributes: Mapping[str, Sequence[str]] | None = None,
    projection: str = "organisations",
    filters: Filters | None = None,
) -> Network:
    """Make a network of numbered nodes, each tie with a context of its own."""
    listed = sorted(ties)
    source = np.array([tie[0] for tie in listed], np.int32)
    target = np.array([tie[1] for tie in listed], np.int32)
    ones, columns, shape = np.ones(len(listed), np.int8), np.arange(len(listed)), (size, len(listed))
    outgoing, incoming = (sparse.csr_array((ones, (ends, columns)), shape=shape) for ends in (source, target))
    if not directed:
        outgoing = incoming = (outgoing + incoming).tocsr()
    return Network(
        projection=projection,
        filters=filters or Filters(),
        release="made",
        directed=directed,
        nodes=tuple(f"urn:node:{number:04}" for number in range(size)),
        attributes=attributes or {"label": [f"Node {number}" for number in range(size)]},
        source=source,
        target=target,
        weights={"count": np.array([tie[2] for tie in listed], float)},
        coverage=Coverage(projects=len(listed), sources={"urn:dataset": len(listed)}),
        contexts=tuple(f"urn:project:{number}" for number in range(len(listed))),
        outgoing=outgoing,
        incoming=incoming,
    )


@st.composite
def graphs(draw: st.DrawFn, *, directed: bool = False, least: int = 1) -> Network:
    """Draw a network of up to 14 nodes in some groups, with whole weights."""
    size = draw(st.integers(least, 14))
    pairs = [(first, second) for first in range(size) for second in range(size) if first != second]
    possible = pairs if directed else [pair for pair in pairs if pair[0] < pair[1]]
    chosen = draw(st.lists(st.sampled_from(possible), unique=True, max_size=40)) if possible else []
    ties = [(*pair, float(draw(st.integers(1, 4)))) for pair in chosen]
    groups = draw(st.lists(st.sampled_from(["", "NGO", "Ministry", "University"]), min_size=size, max_size=size))
    labels = [f"Node {number}" for number in range(size)]
    return network_of(ties, size, directed=directed, attributes={"label": labels, "type": groups})


def numbered(graph: "nx.Graph[str]") -> "nx.Graph[str]":
    """Return a graph of NetworkX without directions and loops, as most definitions take it."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(graph.nodes(data=True))
    for first, second, weight in graph.edges(data="weight"):
        before = plain[first][second]["weight"] if plain.has_edge(first, second) else 0
        plain.add_edge(first, second, weight=before + weight)
    return plain
