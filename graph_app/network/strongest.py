"""Which ties a picture shows where it cannot show all."""

import numpy as np

from graph_app.network.network import Network, Numbers

__all__ = ["strongest"]


def strongest(network: Network, most: int) -> Numbers:
    """Return the numbers of the strongest ties, equal ones by number.

    :param network: the network.
    :param most: how many at most.
    :returns: their numbers, sorted.
    """
    count = network.weights["count"]
    if len(count) <= most:
        return np.arange(len(count), dtype=np.int32)
    return np.sort(np.argsort(-count, kind="stable")[:most]).astype(np.int32)
