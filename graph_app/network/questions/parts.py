"""The components into which a network falls."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from graph_app.network.network import Numbers

__all__ = ["parts"]


def parts(source: Numbers, target: Numbers, count: int) -> tuple[int, Numbers]:
    """Find the components of a network.

    :param source: one end of each tie.
    :param target: its other end.
    :param count: number of nodes.
    :returns: how many components there are, and the number of its component for each node.
    """
    ties = csr_array((np.ones(len(source), np.int8), (source, target)), shape=(count, count))
    found, component = connected_components(ties, directed=False)
    return int(found), component.astype(np.int32)
