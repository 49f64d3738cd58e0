"""Who stands on the ways between others, and whom those point at that are pointed at themselves."""

import os

import numpy as np
from scipy import sparse

from graph_app.network.measures.kit import LIBRARY, SEED, kit_graph, the_kit
from graph_app.network.measures.results import Choices, How, Measures
from graph_app.network.network import Floats, Network

__all__ = ["betweenness", "pagerank"]

#: Exact betweenness takes as many steps as there are nodes times ties: about two seconds for so many.
_STEPS = 60_000_000
#: The sample is as large as that allows, and at least this: rank correlation with exact values is above 0.9 then.
_LEAST_SAMPLE = 100
#: Threads for it: each takes nodes of its own, which are drawn before, and none waits for another.
_THREADS = min(4, os.cpu_count() or 1)

_DAMPING = 0.85
_PRECISION = 1e-11
_MOST_ROUNDS = 500


def betweenness(network: Network, _: Choices) -> Measures:
    """Tell the share of shortest ways between others that lead through each node; weights do not matter.

    :param network: the network.
    """
    size, ties = len(network), len(network.source)
    others = (size - 1) * (size - 2)
    if others <= 0 or not ties:
        return _of_nodes("betweenness", np.zeros(size), How(LIBRARY))
    sample = 0 if size * ties <= _STEPS else max(_LEAST_SAMPLE, _STEPS // ties)
    with the_kit(_THREADS) as kit:
        graph = kit_graph(kit, size, network.source, network.target, directed=network.directed)
        running = kit.centrality.Betweenness(graph)
        if sample:
            running = kit.centrality.EstimateBetweenness(graph, sample, False, True)  # noqa: FBT003 - takes no names
        found = np.array(running.run().scores()) / others
    return _of_nodes("betweenness", found, How(LIBRARY, sample, SEED if sample else 0))


def pagerank(network: Network, choices: Choices) -> Measures:
    """Tell how often each node is passed on an endless walk along ties, the stronger the likelier.

    :param network: the network.
    :param choices: which weight.
    """
    size = len(network)
    if not size:
        return _of_nodes("pagerank", np.zeros(0), How("SciPy"))
    weights = np.nan_to_num(network.weights.get(choices.weight, np.zeros(len(network.source))))
    matrix = sparse.csr_array((weights, (network.source, network.target)), shape=(size, size))
    # A tie without direction is walked both ways; half a matrix, read both ways, is quicker made than a whole one.
    leaving = matrix.sum(axis=1) + (0 if network.directed else matrix.sum(axis=0))
    share = np.divide(1.0, leaving, out=np.zeros(size), where=leaving > 0)
    ends = leaving == 0
    rank = np.full(size, 1 / size)
    for _ in range(_MOST_ROUNDS):
        part = share * rank
        passed = matrix.T @ part + (0 if network.directed else matrix @ part)
        after = _DAMPING * (passed + rank[ends].sum() / size) + (1 - _DAMPING) / size
        moved = np.abs(after - rank).sum()
        rank = after
        if moved < _PRECISION:
            break
    return _of_nodes("pagerank", rank, How("SciPy"))


def _of_nodes(name: str, values: Floats, how: How) -> Measures:
    return Measures({name: values}, how={name: how})
