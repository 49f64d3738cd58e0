"""What breaks if an organisation leaves: ties lost, members left alone, and the parts that fall asunder."""

from dataclasses import dataclass

import numpy as np

from graph_app.network.network import Network, Numbers
from graph_app.network.questions.parts import parts

__all__ = ["Removal", "removal"]


@dataclass(frozen=True, slots=True)
class Removal:
    """The network without one organisation.

    :param organisation: IRI of the one that leaves.
    :param partners: IRIs of those that lose a tie.
    :param isolated: IRIs of those that it leaves without any partner.
    :param parts: IRIs of the parts into which its component falls, largest first; one part where nothing breaks.
    :param before: number of components before.
    :param after: number of components after.
    """

    organisation: str
    partners: tuple[str, ...]
    isolated: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    before: int
    after: int

    @property
    def parted(self) -> int:
        """How many pairs of organisations were joined by some chain before, and are not after."""
        sizes = [len(part) for part in self.parts]
        return (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2


def removal(network: Network, organisation: str) -> Removal:
    """Take an organisation out of a network.

    :param network: who works with whom.
    :param organisation: IRI of the one that leaves.
    :returns: what changes.
    :raises KeyError: if it is not in the network.
    """
    own = network.number[organisation]
    count = len(network)
    before, _ = parts(network.source, network.target, count)
    kept = (network.source != own) & (network.target != own)
    found, component = parts(network.source[kept], network.target[kept], count)
    partners = network.neighbours(own)
    degree = np.bincount(network.source, minlength=count) + np.bincount(network.target, minlength=count)
    fallen = [np.flatnonzero(component == one).astype(np.int32) for one in np.unique(component[partners])]
    fallen.sort(key=lambda part: (-len(part), part[0]))
    return Removal(
        organisation,
        _names(network, partners),
        _names(network, partners[degree[partners] == 1]),
        tuple(_names(network, part) for part in fallen),
        before,
        # The organisation itself was taken for a component of its own.
        found - 1,
    )


def _names(network: Network, numbers: Numbers) -> tuple[str, ...]:
    return tuple(network.nodes[number] for number in numbers)
