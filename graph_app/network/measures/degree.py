"""How many ties a node has, and how strong they are; and how unevenly that is spread."""

import numpy as np

from graph_app.network.measures.plain import plain
from graph_app.network.measures.results import Choices, How, Measures
from graph_app.network.network import Floats, Network

__all__ = ["centralisation", "degrees", "density"]

_NUMPY = How("NumPy")


def degrees(network: Network, choices: Choices) -> Measures:
    """Count ties, projects and weights at each node.

    :param network: the network.
    :param choices: which weight.
    """
    size = len(network)
    flat = plain(network)
    weights = network.weights.get(choices.weight)
    strength = np.full(size, np.nan)
    if weights is not None:
        told = np.nan_to_num(weights)
        strength = np.bincount(network.source, told, size) + np.bincount(network.target, told, size)
    standing = (network.outgoing + network.incoming).tocsr()
    nodes: dict[str, Floats] = {
        "degree": flat.degrees.astype(float),
        "strength": strength,
        "projects": np.diff(standing.indptr).astype(float),
    }
    if network.directed:
        nodes["out_degree"] = np.bincount(network.source, minlength=size).astype(float)
        nodes["in_degree"] = np.bincount(network.target, minlength=size).astype(float)
    return Measures(nodes, how=dict.fromkeys(nodes, _NUMPY))


def density(network: Network, _: Choices) -> Measures:
    """Count nodes and ties, and compare ties with those possible.

    :param network: the network.
    """
    size, ties = len(network), len(network.source)
    possible = size * (size - 1) / (1 if network.directed else 2)
    figures = {"nodes": float(size), "ties": float(ties), "density": ties / possible if possible else np.nan}
    return Measures(figures=figures, how=dict.fromkeys(figures, _NUMPY))


def centralisation(network: Network, _: Choices) -> Measures:
    """Compare how unevenly ties are spread with a star, the most uneven of all.

    :param network: the network; directions do not matter.
    """
    found = plain(network).degrees.astype(float)
    size = len(found)
    most = (size - 1) * (size - 2)
    value = float((found.max(initial=0) - found).sum() / most) if size > 2 else np.nan
    return Measures(figures={"centralisation": value}, how={"centralisation": _NUMPY})
