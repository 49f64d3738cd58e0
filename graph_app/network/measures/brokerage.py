"""Who stands between others that are not tied: Burt's structural holes."""

import numpy as np
from scipy import sparse

from graph_app.network.measures.cohesion import triangles
from graph_app.network.measures.kit import LIBRARY
from graph_app.network.measures.plain import plain
from graph_app.network.measures.results import Choices, How, Measures
from graph_app.network.network import Network

__all__ = ["constraint", "effective_size"]

#: Rows that are multiplied at once, so that memory does not grow with the square of the network.
_ROWS = 256


def constraint(network: Network, choices: Choices) -> Measures:
    """Tell how far each node's ties lead back to the same few neighbours.

    :param network: the network; directions do not matter.
    :param choices: which weight.
    """
    flat = plain(network, choices.weight)
    weights = flat.matrix(flat.weights)
    total = weights.sum(axis=1)
    share = sparse.diags_array(np.divide(1.0, total, out=np.zeros(flat.size), where=total > 0)) @ weights
    share, tied = share.tocsr(), flat.matrix(np.ones(len(flat.source)))
    found = np.full(flat.size, np.nan)
    for first in range(0, flat.size, _ROWS):
        rows = slice(first, first + _ROWS)
        # What node i puts into j: directly, and through every third that it shares with j.
        put = (share[rows] + (share[rows] @ share)).multiply(tied[rows])
        found[rows] = put.multiply(put).sum(axis=1)
    found[total == 0] = np.nan
    return Measures({"constraint": found}, how={"constraint": How("SciPy")})


def effective_size(network: Network, _: Choices) -> Measures:
    """Tell how many neighbours each node has that are not redundant: without ties to one another.

    :param network: the network; directions and weights do not matter.
    """
    flat = plain(network)
    ties = flat.degrees.astype(float)
    redundant = np.divide(2 * triangles(flat), ties, out=np.zeros(flat.size), where=ties > 0)
    found = np.where(ties > 0, ties - redundant, np.nan)
    return Measures({"effective_size": found}, how={"effective_size": How(LIBRARY)})
