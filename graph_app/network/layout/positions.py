"""Where every node of a network stands on its map: connected parts come to rest each by itself, then side by side."""

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from graph_app.network.layout.forces import settle
from graph_app.network.layout.packing import pack
from graph_app.network.network import Floats, Matrix, Network, Numbers

__all__ = ["VERSION", "positions"]

#: Changes with what is computed here, so that positions kept before are not taken for its own.
VERSION = 1
_SEED = 7
_PIVOTS = 30
_STEPS = 150
#: Up to this many nodes a part begins on a ring, where it also stays if everyone there is tied to everyone.
_RING = 12
#: Share of the room a node has on average that stays free around it.
_FREE = 0.55
_SPREADS = 12


def positions(network: Network) -> Floats:
    """Lay a network out; the same network always comes to lie the same way.

    :param network: the network.
    :returns: x and y of every node, one row each, about as far apart as whole numbers are.
    """
    nodes = len(network.nodes)
    ties = _ties(nodes, network.source, network.target, network.weights["count"])
    count, part = connected_components(ties, directed=False)
    sizes = np.bincount(part, minlength=count)
    found = np.zeros((nodes, 2))
    order = sorted(range(count), key=lambda number: (-sizes[number], number))
    members = np.split(np.argsort(part, kind="stable"), np.cumsum(sizes)[:-1]) if count else []
    radii = [np.sqrt(sizes[number]) for number in order]
    for number, radius, centre in zip(order, radii, pack(radii), strict=True):
        inside = members[number]
        found[inside] = centre + radius * _part(ties[inside][:, inside] if len(inside) < nodes else ties)
    return found


def _ties(nodes: int, source: Numbers, target: Numbers, count: Floats) -> Matrix:
    """Return the symmetric matrix of ties; a further project that two share pulls them together less than the first."""
    other = source != target
    first, second, pull = source[other], target[other], 1 + np.log(np.maximum(count[other], 1.0))
    both = (np.concatenate([first, second]), np.concatenate([second, first]))
    matrix = csr_array(coo_array((np.concatenate([pull, pull]), both), shape=(nodes, nodes)))
    matrix.sum_duplicates()
    return matrix


def _part(ties: Matrix) -> Floats:
    """Lay out one connected part within a circle of radius 1."""
    nodes = ties.shape[0]
    if nodes == 1:
        return np.zeros((1, 2))
    if nodes <= _RING:
        turn = 2 * np.pi * np.arange(nodes) / nodes
        start = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        if ties.nnz == nodes * (nodes - 1):
            return start * 0.7
    else:
        start = _pivots(ties)
    return _round(_spread(_lying(settle(start * np.sqrt(nodes) * 10, ties, steps=_STEPS))))


def _pivots(ties: Matrix) -> Floats:
    """Begin where the distances from a few nodes say (Brandes and Pich 2006), so that forces have no knots to undo."""
    nodes = ties.shape[0]
    away = np.empty((nodes, min(_PIVOTS, nodes)))
    nearest = np.full(nodes, np.inf)
    pivot = int(np.diff(ties.indptr).argmax())
    for column in range(away.shape[1]):
        away[:, column] = dijkstra(ties, directed=False, indices=pivot, unweighted=True)
        nearest = np.minimum(nearest, away[:, column])
        pivot = int(nearest.argmax())
    square = away**2
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    _, axes = np.linalg.eigh(centred.T @ centred)
    start = centred @ axes[:, -2:]
    # Nodes with the same distances would stand on one point, from which no force could move them apart.
    apart: Floats = start / max(float(start.std()), 1e-9) + np.random.default_rng(_SEED).normal(0, 0.01, start.shape)
    return apart


def _lying(place: Floats) -> Floats:
    """Turn a part so that it is widest from left to right, as screens are."""
    _, axes = np.linalg.eigh(np.cov(place, rowvar=False))
    turned: Floats = place @ axes[:, ::-1]
    return turned


def _spread(place: Floats) -> Floats:
    """Move apart nodes that are nearer to each other than a share of the room that each has on average."""
    free = _FREE * 2 * float(np.quantile(np.linalg.norm(place, axis=1), 0.95)) / np.sqrt(len(place))
    for _ in range(_SPREADS):
        pairs = cKDTree(place).query_pairs(free, output_type="ndarray")
        if not len(pairs):
            break
        first, second = pairs[:, 0], pairs[:, 1]
        apart = place[first] - place[second]
        far = np.linalg.norm(apart, axis=1)
        step = apart * ((free - far) / np.maximum(far, 1e-9) / 4)[:, None]
        for axis in (0, 1):
            place[:, axis] += np.bincount(first, step[:, axis], len(place))
            place[:, axis] -= np.bincount(second, step[:, axis], len(place))
    return place


def _round(place: Floats) -> Floats:
    place = place - (place.min(axis=0) + place.max(axis=0)) / 2
    unit: Floats = place / max(float(np.linalg.norm(place, axis=1).max()), 1e-9)
    return unit
