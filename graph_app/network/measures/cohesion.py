"""What holds a network together: its parts, its core, triangles, and what it falls apart without."""

import numpy as np
from scipy.sparse.csgraph import connected_components

from graph_app.network.measures.kit import LIBRARY, kit_graph, the_kit
from graph_app.network.measures.plain import Plain, plain
from graph_app.network.measures.results import Choices, How, Measures
from graph_app.network.network import Floats, Network, Numbers

__all__ = ["clustering", "components", "cores", "cuts", "triangles"]


def components(network: Network, _: Choices) -> Measures:
    """Find the parts that no tie joins, the largest first.

    :param network: the network; directions do not matter.
    """
    flat = plain(network)
    count, part = connected_components(flat.matrix(np.ones(len(flat.source))), directed=False)
    sizes = np.bincount(part, minlength=count)
    order = np.argsort(-sizes, kind="stable")
    place = np.empty(count)
    place[order] = np.arange(1, count + 1)
    figures = {"components": float(count), "largest": float(sizes.max(initial=0))}
    nodes = {"component": place[part] if count else np.zeros(0)}
    return Measures(nodes, figures=figures, how=dict.fromkeys((*figures, *nodes), How("SciPy")))


def cores(network: Network, _: Choices) -> Measures:
    """Tell the largest k for which each node is in a part where all have k ties among themselves.

    :param network: the network; directions do not matter.
    """
    flat = plain(network)
    found = np.zeros(flat.size)
    if len(flat.source):
        with the_kit() as kit:
            graph = kit_graph(kit, flat.size, flat.source, flat.target)
            found = np.array(kit.centrality.CoreDecomposition(graph).run().scores(), float)
    return Measures({"core": found}, how={"core": How(LIBRARY)})


def clustering(network: Network, _: Choices) -> Measures:
    """Tell which share of a node's neighbours are tied to one another.

    :param network: the network; directions and weights do not matter.
    """
    flat = plain(network)
    pairs = _pairs(flat.degrees)
    closed = triangles(flat)
    local = np.divide(closed, pairs, out=np.zeros(flat.size), where=pairs > 0)
    figures = {
        "average_clustering": float(local.mean()) if flat.size else np.nan,
        "transitivity": float(closed.sum() / pairs.sum()) if pairs.sum() else np.nan,
    }
    return Measures({"clustering": local}, figures=figures, how=dict.fromkeys(("clustering", *figures), How(LIBRARY)))


def cuts(network: Network, _: Choices) -> Measures:
    """Find the nodes and ties without which a part falls apart.

    :param network: the network; directions do not matter.
    """
    flat = plain(network)
    blocks: list[list[int]] = []
    if len(flat.source):
        with the_kit() as kit:
            graph = kit_graph(kit, flat.size, flat.source, flat.target)
            blocks = kit.components.BiconnectedComponents(graph).run().getComponents()
    # A node of several blocks holds them together; a block of two nodes is a tie that nothing else replaces.
    standing = np.bincount(np.array([node for block in blocks for node in block], int), minlength=flat.size)
    alone = {(min(block), max(block)) for block in blocks if len(block) == 2}
    ends = zip(flat.source.tolist(), flat.target.tolist(), strict=True)
    bridge = np.array([pair in alone for pair in ends], float)[flat.tie]
    nodes, ties = {"cut_point": (standing > 1).astype(float)}, {"bridge": bridge}
    figures = {"cut_points": float((standing > 1).sum()), "bridges": float(len(alone))}
    return Measures(nodes, ties, figures, dict.fromkeys((*nodes, *ties, *figures), How(LIBRARY)))


def triangles(flat: Plain) -> Floats:
    """Count the triangles that each node is a corner of.

    :param flat: a network without directions.
    """
    if not len(flat.source):
        return np.zeros(flat.size)
    with the_kit() as kit:
        graph = kit_graph(kit, flat.size, flat.source, flat.target)
        local = np.array(kit.centrality.LocalClusteringCoefficient(graph, False).run().scores())  # noqa: FBT003
    return np.rint(local * _pairs(flat.degrees))


def _pairs(degrees: Numbers) -> Floats:
    return degrees * (degrees - 1.0) / 2
