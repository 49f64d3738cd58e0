"""Who works only inside its own country, as far as sources tell the seats of its partners."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_app.network.network import Network

__all__ = ["HomeOnly", "home_only"]


@dataclass(frozen=True, slots=True)
class HomeOnly:
    """An organisation none of whose partners is known to be seated abroad.

    :param iri: its IRI.
    :param seat: its country.
    :param partners: how many partners it has.
    :param unknown: how many of them have a seat that no source states: they may be abroad.
    """

    iri: str
    seat: str
    partners: int
    unknown: int


def home_only(network: Network, seats: Sequence[str]) -> tuple[HomeOnly, ...]:
    """Find organisations with partners, none of them known to be abroad.

    :param network: who works with whom.
    :param seats: the country of each node, empty where it is not stated; those are left out.
    :returns: those with most partners of known seat first, then most partners, then by IRI.
    """
    _, seat = np.unique(np.array(["", *seats]), return_inverse=True)
    seat = seat[1:]
    one = np.concatenate([network.source, network.target])
    other = np.concatenate([network.target, network.source])
    count = len(network.nodes)
    partners = np.bincount(one, minlength=count)
    unknown = np.bincount(one[seat[other] == 0], minlength=count)
    abroad = np.bincount(one[(seat[other] != 0) & (seat[other] != seat[one])], minlength=count)
    places = np.flatnonzero((seat != 0) & (partners > 0) & (abroad == 0)).tolist()
    found = (HomeOnly(network.nodes[at], seats[at], int(partners[at]), int(unknown[at])) for at in places)
    return tuple(sorted(found, key=lambda row: (row.unknown - row.partners, -row.partners, row.iri)))
