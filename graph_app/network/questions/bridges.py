"""Who bridges two groups of organisations, such as two countries or two types of organisation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_app.network.network import Network

__all__ = ["Between", "Bridge", "between"]


@dataclass(frozen=True, slots=True)
class Bridge:
    """An organisation with partners in both groups, or of one group with partners in the other.

    :param iri: its IRI.
    :param group: what it is of itself: the first group, the second, or another.
    :param first: IRIs of its partners in the first group.
    :param second: IRIs of its partners in the second group.
    :param pairs: how many pairs across the groups both work with it, but not with each other.
    """

    iri: str
    group: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    pairs: int


@dataclass(frozen=True, slots=True)
class Between:
    """How two groups hold together.

    :param first: number of organisations of the first group.
    :param second: number of organisations of the second group.
    :param ties: ties that lead straight from one group to the other.
    :param bridges: who bridges them; those that join most pairs first.
    """

    first: int
    second: int
    ties: int
    bridges: tuple[Bridge, ...]


def between(network: Network, groups: Sequence[str], first: str, second: str) -> Between:
    """Find who bridges two groups.

    :param network: who works with whom.
    :param groups: the group of each node, empty where it is not stated.
    :param first: one group.
    :param second: another group.
    :returns: the bridges; after pairs joined, those with most partners in both groups come first, then by IRI.
    :raises ValueError: if both groups are the same.
    """
    if first == second:
        raise ValueError("Choose two different groups.")
    ones, others = (np.array([group == name for group in groups], dtype=bool) for name in (first, second))
    tied = (network.links > 0).astype(np.int64).tocsr()
    to_first, to_second = tied[:, ones], tied[:, others]
    across = tied[ones][:, others]
    partners_first, partners_second = (side.sum(axis=1) for side in (to_first, to_second))
    # Of the pairs around an organisation, those that are tied themselves need nobody between them.
    pairs = partners_first * partners_second - to_second.multiply(to_first @ across).sum(axis=1)
    touching = (partners_first > 0) | (partners_second > 0)
    reaching = touching & (ones | (partners_first > 0)) & (others | (partners_second > 0))
    found = []
    for node in np.flatnonzero(reaching).tolist():
        partners = network.neighbours(node)
        names = [tuple(network.nodes[one] for one in partners[side[partners]]) for side in (ones, others)]
        found.append(Bridge(network.nodes[node], groups[node], names[0], names[1], int(pairs[node])))
    found.sort(
        key=lambda row: (-row.pairs, -min(len(row.first), len(row.second)), -len(row.first + row.second), row.iri)
    )
    return Between(int(ones.sum()), int(others.sum()), int(across.sum()), tuple(found))
