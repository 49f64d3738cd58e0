"""Communities: groups whose members are tied to one another more than to others, and how sure they are."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_app.network.measures.kit import LIBRARY, SEED, begin_again, kit_graph, the_kit
from graph_app.network.measures.plain import Plain, plain
from graph_app.network.measures.results import Choices, How, Measures
from graph_app.network.network import Network

__all__ = ["agreement", "communities", "modularity"]

#: How often they are looked for, each time from other random numbers.
_RUNS = 5
_Groups = npt.NDArray[np.integer]


def communities(network: Network, choices: Choices) -> Measures:
    """Find communities by the Leiden algorithm: the best of several runs, numbered from the largest.

    :param network: the network; directions do not matter.
    :param choices: which weight.
    """
    flat = plain(network, choices.weight)
    found = _leiden(flat)
    scores = [modularity(flat, groups) for groups in found]
    best = found[int(np.argmax(scores))]
    figures = {
        "communities": float(best.max(initial=0)),
        "modularity": float(max(scores)),
        "stability": float(np.mean([agreement(first, second) for first, second in pairwise(found)])),
    }
    how = How(LIBRARY, seed=SEED)
    return Measures({"community": best.astype(float)}, figures=figures, how=dict.fromkeys(("community", *figures), how))


def modularity(flat: Plain, groups: _Groups) -> float:
    """Tell by how much more than by chance ties stay within groups.

    :param flat: a network without directions.
    :param groups: number of the group of each node.
    """
    total = flat.weights.sum()
    if not total:
        return float("nan")
    inside = flat.weights[groups[flat.source] == groups[flat.target]].sum() / total
    strengths = np.bincount(groups, flat.strengths(flat.weights))
    return float(inside - np.square(strengths / (2 * total)).sum())


def agreement(first: _Groups, second: _Groups) -> float:
    """Compare two ways to group the same nodes by the adjusted Rand index: 1 for the same, 0 for chance.

    :param first: number of the group of each node.
    :param second: the same in the other way.
    """
    if not len(first):
        return 1.0
    table = sparse.coo_array((np.ones(len(first)), (first, second))).tocsr()
    together = _pairs(table.data).sum()
    ones, others = (_pairs(np.bincount(groups).astype(float)).sum() for groups in (first, second))
    chance = ones * others / _pairs(np.array([len(first)], float)).sum() if len(first) > 1 else 0.0
    most = (ones + others) / 2
    return float((together - chance) / (most - chance)) if most != chance else 1.0


def _leiden(flat: Plain) -> list[_Groups]:
    """Look for communities, each time from other random numbers."""
    if not len(flat.source):
        return [np.arange(1, flat.size + 1)] * _RUNS
    found = []
    with the_kit() as kit:
        graph = kit_graph(kit, flat.size, flat.source, flat.target, flat.weights)
        for run in range(_RUNS):
            begin_again(kit, SEED + run)
            running = kit.community.ParallelLeiden(graph, True)  # noqa: FBT003
            running.run()
            # What it gives may be asked for once: the second time it is empty, and using it ends the process.
            found.append(_ordered(np.array(running.getPartition().getVector(), np.int64)))
    return found


def _ordered(groups: _Groups) -> _Groups:
    """Give groups numbers from 1 on, the largest first, then those with the first nodes."""
    _, first, group = np.unique(groups, return_index=True, return_inverse=True)
    sizes = np.bincount(group)
    place = np.empty(len(sizes), np.int64)
    place[np.lexsort((first, -sizes))] = np.arange(1, len(sizes) + 1)
    return place[group]


def _pairs(sizes: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    return sizes * (sizes - 1) / 2
