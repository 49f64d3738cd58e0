"""Small networks made for tests: ``made(p="abc")`` is one project with three organisations."""

from collections import Counter
from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from graph_app.network.coverage import Coverage
from graph_app.network.filters import Filters
from graph_app.network.network import Network

#: Projects to the organisations that work in them.
CONSORTIA = st.dictionaries(st.sampled_from("pqrstuvw"), st.text("abcdefgh", min_size=1, max_size=4), min_size=1)


def made(**contexts: str | list[str]) -> Network:
    """Make a network one pair at a time."""
    nodes = sorted({member for members in contexts.values() for member in members})
    together = Counter(
        pair for members in contexts.values() for pair in combinations(sorted({*map(nodes.index, members)}), 2)
    )
    ties = sorted(together)
    incidence = np.array([[node in members for members in contexts.values()] for node in nodes], np.int8)
    matrix = sparse.csr_array(incidence)
    return Network(
        projection="organisations",
        filters=Filters(),
        release="made",
        directed=False,
        nodes=tuple(nodes),
        attributes={"label": [node.upper() for node in nodes]},
        source=np.array([source for source, _ in ties], np.int32),
        target=np.array([target for _, target in ties], np.int32),
        weights={"count": np.array([together[tie] for tie in ties], np.float64)},
        coverage=Coverage(len(contexts)),
        contexts=tuple(contexts),
        outgoing=matrix,
        incoming=matrix,
    )


def reference(contexts: dict[str, str]) -> "nx.Graph[str]":
    """Return the same as NetworkX has it."""
    graph: nx.Graph[str] = nx.Graph()
    for members in contexts.values():
        graph.add_nodes_from(members)
        graph.add_edges_from(combinations(sorted(set(members)), 2))
    return graph
