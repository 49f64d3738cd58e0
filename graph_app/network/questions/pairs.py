"""Every two organisations in everything that they share, as arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_app.network.network import Network, Numbers

__all__ = ["Pairs", "pairs"]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Organisations that work together, and where.

    :param first: number of one organisation of each pair.
    :param second: number of the other, always the higher one.
    :param starts: where the contexts of each pair begin.
    :param contexts: numbers of the contexts of all pairs, one pair after another.
    """

    first: Numbers
    second: Numbers
    starts: NDArray[np.int64]
    contexts: Numbers

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many contexts each pair shares."""
        return np.diff(self.starts, append=len(self.contexts))

    def of(self, pair: int) -> Numbers:
        """Return the contexts of one pair."""
        begin = self.starts[pair]
        return self.contexts[begin : begin + self.counts[pair]]


def pairs(network: Network) -> Pairs:
    """List the pairs of a network without direction, sorted.

    :param network: who works in what.
    """
    members = network.outgoing.T.tocsr()
    members.sort_indices()
    sizes = np.diff(members.indptr)
    rows = []
    for size in np.unique(sizes[sizes > 1]).tolist():
        contexts = np.flatnonzero(sizes == size)
        together = members.indices[members.indptr[contexts][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        everywhere = np.repeat(contexts, len(one))
        rows.append(np.stack([together[:, one].ravel(), together[:, other].ravel(), everywhere]))
    found = np.concatenate(rows, axis=1).astype(np.int32) if rows else np.empty((3, 0), np.int32)
    first, second, context = found[:, np.lexsort(found[::-1])]
    begins = np.flatnonzero(np.diff(first, prepend=-1) | np.diff(second, prepend=-1))
    return Pairs(first[begins], second[begins], begins, context)
