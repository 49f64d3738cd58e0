"""Partnerships that recur, and those that ended."""

from dataclasses import dataclass

import numpy as np

from graph_app.network.network import Network
from graph_app.network.questions.pairs import pairs
from graph_app.network.questions.years import Years, span

__all__ = ["Recurrence", "recurrences"]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Two organisations that work together, and from when until when.

    :param first: IRI of the one whose IRI sorts first.
    :param second: IRI of the other.
    :param contexts: IRIs of what they share.
    :param start: first year of these, or 0 where no source states one.
    :param end: last year, or 0.
    :param open: how many of these have no stated end, so that they may still go on.
    """

    first: str
    second: str
    contexts: tuple[str, ...]
    start: int
    end: int
    open: int


def recurrences(network: Network, years: Years, *, minimum: int = 2, ended_before: int = 0) -> tuple[Recurrence, ...]:
    """Find pairs of organisations with several contexts in common.

    :param network: who works with whom.
    :param years: years of the projects.
    :param minimum: how many contexts they share at least.
    :param ended_before: a year: only pairs whose last stated end is before it; 0 for all, also those without one.
    :returns: those with most contexts first, then the latest, then by IRI.
    """
    found = pairs(network)
    kept = found.counts >= minimum
    if ended_before and len(kept):
        ends = np.array([years.get(context, (0, 0))[1] for context in network.contexts], np.int32)
        last = np.maximum.reduceat(ends[found.contexts], found.starts)
        kept &= (last > 0) & (last < ended_before)
    rows = []
    for pair in np.flatnonzero(kept).tolist():
        contexts = tuple(sorted(network.contexts[number] for number in found.of(pair).tolist()))
        first, second = network.nodes[found.first[pair]], network.nodes[found.second[pair]]
        still = sum(not years.get(context, (0, 0))[1] for context in contexts)
        rows.append(Recurrence(first, second, contexts, *span(years, contexts), still))
    return tuple(sorted(rows, key=lambda row: (-len(row.contexts), -row.end, row.first, row.second)))
