"""This year against an earlier one: who came, who left, which ties are new, and how the figures moved."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph_app.network.measures import measure
from graph_app.network.network import Network

__all__ = ["FIGURES", "Change", "change"]

#: Figures that tell how a network as a whole has changed.
FIGURES = ("nodes", "ties", "components", "largest", "density")

Tie = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed between two networks.

    :param entered: IRIs of organisations that were not there before.
    :param left: IRIs of organisations that are there no more.
    :param begun: ties that are new, as pairs of IRIs.
    :param ended: ties that are there no more.
    :param kept: how many ties stayed.
    :param before: :data:`FIGURES` of the first network.
    :param after: those of the second one.
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
        _figures(before),
        _figures(after),
    )


def _ties(network: Network) -> set[Tie]:
    ends = zip(network.source.tolist(), network.target.tolist(), strict=True)
    return {(network.nodes[one], network.nodes[other]) for one, other in ends}


def _figures(network: Network) -> Mapping[str, float]:
    found = measure(network, FIGURES).figures
    return {name: found[name] for name in FIGURES}
