"""A network without directions, as most definitions take it: every two nodes are tied once or not at all."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from graph_app.network.network import Floats, Matrix, Network, Numbers

__all__ = ["Plain", "plain"]


class Plain(NamedTuple):
    """Ties without direction.

    :param size: number of nodes.
    :param source: number of the one end of each tie, the lower.
    :param target: number of its other end.
    :param weights: weight of each tie; 0 where it is not stated.
    :param tie: for each tie of the network, which of these it is.
    """

    size: int
    source: Numbers
    target: Numbers
    weights: Floats
    tie: Numbers

    @property
    def degrees(self) -> Numbers:
        """Number of ties at each node."""
        counted = np.bincount(self.source, minlength=self.size) + np.bincount(self.target, minlength=self.size)
        return counted.astype(np.int32)

    def strengths(self, weights: Floats) -> Floats:
        """Return the sum of weights at each node.

        :param weights: weight of each tie.
        """
        both = np.bincount(self.source, weights, self.size) + np.bincount(self.target, weights, self.size)
        return np.asarray(both, float)

    def matrix(self, weights: Floats) -> Matrix:
        """Return a symmetric matrix.

        :param weights: weight of each tie.
        """
        rows, columns = np.concatenate([self.source, self.target]), np.concatenate([self.target, self.source])
        return sparse.csr_array((np.concatenate([weights, weights]), (rows, columns)), shape=(self.size, self.size))


def plain(network: Network, weight: str = "count") -> Plain:
    """Take the directions from a network. What leads there and back becomes one tie of both weights.

    :param network: the network.
    :param weight: which weight; where it has none of that name, every tie weighs nothing.
    """
    size = len(network)
    weights = np.nan_to_num(network.weights.get(weight, np.zeros(len(network.source))))
    if not network.directed:
        return Plain(size, network.source, network.target, weights, np.arange(len(weights), dtype=np.int32))
    lower, upper = np.minimum(network.source, network.target), np.maximum(network.source, network.target)
    keys, tie = np.unique(lower.astype(np.int64) * size + upper, return_inverse=True)
    summed = np.asarray(np.bincount(tie, weights, len(keys)), float)
    ends = np.divmod(keys, size)
    return Plain(size, ends[0].astype(np.int32), ends[1].astype(np.int32), summed, tie.astype(np.int32))
