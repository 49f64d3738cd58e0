"""Whether those tie that are alike: by type, seat, community, or by how many ties they have."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from graph_app.network.measures.communities import communities
from graph_app.network.measures.plain import Plain, plain
from graph_app.network.measures.results import Choices, How, Measures
from graph_app.network.network import Floats, Network, Numbers

__all__ = ["assortativity", "degree_assortativity", "groups_of", "mixing", "outwardness"]

_NUMPY = How("NumPy")


def groups_of(network: Network, by: str) -> tuple[tuple[str, ...], Numbers]:
    """Group nodes by an attribute.

    :param network: the network.
    :param by: the attribute, or ``community``.
    :returns: names of the groups, sorted, and the number of the group of each node, -1 where none is stated.
    """
    values: Sequence[str]
    if by == "community":
        values = [str(int(number)) for number in communities(network, Choices()).nodes["community"]]
    else:
        values = network.attributes.get(by, [""] * len(network))
    names = tuple(
        sorted(
            {value for value in values if value}, key=lambda name: (len(name), name) if name.isdecimal() else (0, name)
        )
    )
    place = {name: number for number, name in enumerate(names)}
    return names, np.array([place.get(value, -1) for value in values], np.int32)


def mixing(flat: Plain, group: Numbers, number: int, weights: Floats) -> Floats:
    """Sum up the ties between groups, each tie from both its ends; ends without a group do not count.

    :param flat: a network without directions.
    :param group: number of the group of each node.
    :param number: how many groups there are.
    :param weights: weight of each tie.
    """
    ends = group[flat.source], group[flat.target]
    known = (ends[0] >= 0) & (ends[1] >= 0)
    one = sparse.coo_array((weights[known], (ends[0][known], ends[1][known])), shape=(number, number)).toarray()
    both: Floats = one + one.T
    return both


def assortativity(network: Network, choices: Choices) -> Measures:
    """Tell whether ties stay within groups more (up to 1) or less than by chance (0).

    :param network: the network; directions and weights do not matter.
    :param choices: which groups.
    """
    flat = plain(network)
    names, group = groups_of(network, choices.by)
    ties = mixing(flat, group, len(names), np.ones(len(flat.source)))
    total = ties.sum()
    value = np.nan
    if total:
        shares = ties / total
        expected = float((shares.sum(axis=0) * shares.sum(axis=1)).sum())
        value = (float(np.trace(shares)) - expected) / (1 - expected) if expected < 1 else np.nan
    return Measures(figures={"assortativity": value}, how={"assortativity": _NUMPY})


def degree_assortativity(network: Network, _: Choices) -> Measures:
    """Tell whether those with many ties tie to one another: the correlation of degrees at both ends.

    :param network: the network; directions and weights do not matter.
    """
    flat = plain(network)
    degrees = flat.degrees.astype(float)
    first = np.concatenate([degrees[flat.source], degrees[flat.target]])
    second = np.concatenate([degrees[flat.target], degrees[flat.source]])
    value = float(np.corrcoef(first, second)[0, 1]) if len(first) and first.std() > 0 else np.nan
    return Measures(figures={"degree_assortativity": value}, how={"degree_assortativity": _NUMPY})


def outwardness(network: Network, choices: Choices) -> Measures:
    """Compare ties that leave a group with those that stay within it: from -1, none leaves, to 1, all do.

    :param network: the network; directions and weights do not matter.
    :param choices: which groups.
    """
    flat = plain(network)
    _, group = groups_of(network, choices.by)
    first, second = group[flat.source], group[flat.target]
    known = (first >= 0) & (second >= 0)
    outside = (known & (first != second)).astype(float)
    inside = (known & (first == second)).astype(float)
    leaving, staying = flat.strengths(outside), flat.strengths(inside)
    value = _index(outside.sum(), inside.sum())
    nodes = {"ei_index": np.array([_index(*pair) for pair in zip(leaving, staying, strict=True)])}
    return Measures(nodes, figures={"ei_index": value}, how={"ei_index": _NUMPY})


def _index(external: float, internal: float) -> float:
    both = external + internal
    return float((external - internal) / both) if both else np.nan
