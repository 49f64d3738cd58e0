"""The shortest chain between two organisations: over whom, and by which projects."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from graph_app.network.network import Network, Numbers

__all__ = ["Chain", "Step", "chain"]


@dataclass(frozen=True, slots=True)
class Step:
    """Two organisations of a chain that work together.

    :param first: IRI of the one nearer to the beginning.
    :param second: IRI of the next one.
    :param contexts: IRIs of what they share.
    """

    first: str
    second: str
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A shortest chain between two organisations.

    :param steps: from the first to the second organisation; none if they are the same.
    :param alike: how many chains of this length there are, this one included.
    """

    steps: tuple[Step, ...]
    alike: int


def chain(network: Network, first: str, second: str) -> Chain | None:
    """Find the shortest chain between two organisations; of several, that whose weakest tie is strongest.

    :param network: who works with whom.
    :param first: IRI of one organisation.
    :param second: IRI of the other.
    :returns: the chain, or ``None`` where none leads from one to the other.
    :raises KeyError: if one of them is not in the network.
    """
    start, end = network.number[first], network.number[second]
    distance = _distances(network, end)
    if distance[start] < 0:
        return None
    layers = [[start]]
    while layers[-1] != [end]:
        left = distance[start] - len(layers)
        reached = np.unique(np.concatenate([_near(network, node) for node in layers[-1]]))
        layers.append(reached[distance[reached] == left].tolist())
    # From the end backwards: the weakest tie of the best way on, who comes next on it, and how many ways there are.
    best: dict[int, tuple[float, int]] = {end: (np.inf, end)}
    ways = {end: 1}
    for layer in reversed(layers[:-1]):
        for node in layer:
            near = _near(network, node)
            onward = near[distance[near] == distance[node] - 1].tolist()
            ways[node] = sum(ways[other] for other in onward)
            strength = {other: min(_strength(network, node, other), best[other][0]) for other in onward}
            chosen = max(onward, key=lambda other: (strength[other], -other))
            best[node] = strength[chosen], chosen
    path = [start]
    while path[-1] != end:
        path.append(best[path[-1]][1])
    steps = (
        Step(network.nodes[one], network.nodes[other], network.shared(one, other)) for one, other in pairwise(path)
    )
    return Chain(tuple(steps), ways[start])


def _distances(network: Network, end: int) -> Numbers:
    """Return the number of ties between each node and one of them, -1 where there is no way."""
    distance = np.full(len(network), -1, np.int32)
    reached, steps = np.array([end], np.int32), 0
    while len(reached):
        distance[reached] = steps
        beyond = np.unique(np.concatenate([_near(network, node) for node in reached.tolist()]))
        reached, steps = beyond[distance[beyond] < 0], steps + 1
    return distance


def _near(network: Network, node: int) -> Numbers:
    found: Numbers = network.links.indices[network.links.indptr[node] : network.links.indptr[node + 1]]
    return found


def _strength(network: Network, one: int, other: int) -> float:
    return float(network.weights["count"][network.tie(one, other)])
