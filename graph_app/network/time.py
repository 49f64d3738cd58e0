"""A network in one year: the same organisations, tied by what ran then."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graph_app.network.network import Network, Numbers
from graph_app.network.projections.incidence import joined
from graph_app.network.questions.years import Years

__all__ = ["active_in", "in_year", "working"]


def active_in(network: Network, years: Years, year: int) -> NDArray[np.bool_]:
    """Tell which contexts of a network ran in a year.

    :param network: a network of any years.
    :param years: years of its projects; what has no stated end counts in the year in which it starts.
    :param year: the year.
    :returns: a truth value for each context; those without a start never count.
    """
    start, end = np.array([years.get(context, (0, 0)) for context in network.contexts], np.int32).reshape(-1, 2).T
    return (start > 0) & (start <= year) & (np.maximum(start, end) >= year)


def in_year(network: Network, years: Years, year: int) -> Network:
    """Keep of a network without direction the ties of one year. All nodes stay, so that they keep their places.

    :param network: a network of any years.
    :param years: years of its projects.
    :param year: the year.
    :returns: the network of that year, with weights ``count`` and ``newman``.
    """
    active = np.flatnonzero(active_in(network, years, year))
    matrix = network.outgoing[:, active]
    sizes = np.bincount(matrix.indices, minlength=len(active))
    ties = joined(matrix, {"count": np.ones(len(active)), "newman": 1 / np.maximum(sizes - 1, 1)})
    undated = sum(not any(years.get(context, ())) for context in network.contexts)
    return replace(
        network,
        filters=replace(network.filters, start="", end="", as_of=f"{year:04}", weight="count"),
        source=ties.source,
        target=ties.target,
        weights=ties.sums,
        coverage=replace(network.coverage, projects=len(active), left_out={"period": undated} if undated else {}),
        contexts=tuple(network.contexts[number] for number in active),
        outgoing=matrix,
        incoming=matrix,
    )


def working(network: Network) -> Numbers:
    """Return the numbers of the nodes that stand in any context."""
    return np.flatnonzero(np.diff(network.outgoing.indptr)).astype(np.int32)
