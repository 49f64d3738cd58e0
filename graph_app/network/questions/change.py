"""This year against an earlier one: who came, who left, which ties are new, and how the figures moved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph_app.network.network import Network
from graph_app.network.questions.parts import parts

__all__ = ["Change", "change", "figures"]

Tie = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed between two networks.

    :param entered: IRIs of organisations that were not there before.
    :param left: IRIs of organisations that are there no more.
    :param begun: ties that are new, as pairs of IRIs.
    :param ended: ties that are there no more.
    :param kept: how many ties stayed.
    :param before: figures of the first network, see :func:`figures`.
    :param after: figures of the second one.
    """

    entered: tuple[str, ...]
    left: tuple[str, ...]
    begun: tuple[Tie, ...]
    ended: tuple[Tie, ...]
    kept: int
    before: Mapping[str, float]
    after: Mapping[str, float]


def change(before: Network, after: Network) -> Change:
    """Compare two networks of the same projection.

    :param before: the earlier one.
    :param after: the later one.
    """
    then, now = set(before.nodes), set(after.nodes)
    ties_then, ties_now = _ties(before), _ties(after)
    return Change(
        tuple(sorted(now - then)),
        tuple(sorted(then - now)),
        tuple(sorted(ties_now - ties_then)),
        tuple(sorted(ties_then - ties_now)),
        len(ties_then & ties_now),
        figures(before),
        figures(after),
    )


def figures(network: Network) -> Mapping[str, float]:
    """Describe a network by a few figures.

    :param network: the network.
    :returns: ``organisations``, ``ties``, ``components``, ``largest`` (organisations in the largest component) and
        ``density`` (ties as a share of all possible ones).
    """
    count = len(network.nodes)
    found, component = parts(network.source, network.target, count)
    possible = count * (count - 1) / (1 if network.directed else 2)
    return {
        "organisations": count,
        "ties": len(network.source),
        "components": found,
        "largest": int(np.bincount(component).max(initial=0)),
        "density": len(network.source) / possible if possible else 0.0,
    }


def _ties(network: Network) -> set[Tie]:
    ends = zip(network.source.tolist(), network.target.tolist(), strict=True)
    return {(network.nodes[one], network.nodes[other]) for one, other in ends}
