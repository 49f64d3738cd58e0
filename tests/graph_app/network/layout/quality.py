"""How well a picture of a network tells what is tied to what."""

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from graph_app.network.network import Floats, Matrix, Network

_SAMPLE = 300


def matrix(network: Network) -> Matrix:
    size = len(network.nodes)
    ones = np.ones(len(network.source))
    half = sparse.csr_array((ones, (network.source, network.target)), shape=(size, size))
    return (half + half.T).tocsr()


def neighbours_kept(network: Network, place: Floats) -> float:
    """Share of a node's neighbours that are among as many nodes nearest to it in the picture, on the average."""
    ties = matrix(network)
    tree = cKDTree(place)
    shares = []
    for node in _sampled(np.flatnonzero(np.diff(ties.indptr))):
        own = ties.indices[ties.indptr[node] : ties.indptr[node + 1]]
        nearest = tree.query(place[node], k=len(own) + 1)[1]
        shares.append(len(np.intersect1d(own, nearest)) / len(own))
    return float(np.mean(shares))


def stress(network: Network, place: Floats) -> float:
    """How far distances in the picture of the largest part are from those by ties, in the scale that fits best."""
    ties = matrix(network)
    part = connected_components(ties, directed=False)[1]
    inside = np.flatnonzero(part == np.bincount(part).argmax())
    ties, place = ties[inside][:, inside], place[inside]
    chosen = _sampled(np.arange(len(inside)))
    by_ties = dijkstra(ties, directed=False, indices=chosen, unweighted=True)
    drawn = np.linalg.norm(place[chosen][:, None] - place[None], axis=2)
    others = by_ties > 0
    wanted, seen = by_ties[others], drawn[others]
    scale = (seen / wanted).sum() / ((seen / wanted) ** 2).sum()
    return float((((scale * seen - wanted) / wanted) ** 2).mean())


def _sampled(nodes: np.ndarray) -> np.ndarray:
    return np.random.default_rng(5).permutation(nodes)[:_SAMPLE]
