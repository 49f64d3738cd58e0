"""Donors beside one another: who pays for the same projects, and who both gives and receives."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from graph_app.money import totals
from graph_app.money.book import Book, Bools
from graph_app.money.rule import Counted, Scope, count

__all__ = ["Both", "Pair", "both_roles", "pairs"]


class Pair(NamedTuple):
    """Two donors that pay for the same projects.

    :param first: IRI of the one.
    :param second: IRI of the other.
    :param projects: how many projects both pay for.
    """

    first: str
    second: str
    projects: int


class Both(NamedTuple):
    """An organisation that gives and receives.

    :param organisation: its IRI.
    :param given: euros that it gives, at its origin or granted on.
    :param received: euros that it receives, of either level.
    """

    organisation: str
    given: float
    received: float


def pairs(counted: Counted) -> list[Pair]:
    """Return the donors that pay for the same projects, those with most of them first.

    :param counted: what counts; a donor filter does not matter here, as a pair needs another.
    """
    book = counted.book
    paid = np.flatnonzero(counted.scope.projects[book.source_project] & (book.source_giver >= 0))
    funded = counted.scope.projects[book.funded_project]
    givers = np.concatenate([book.source_giver[paid], book.funded_giver[funded]])
    projects = np.concatenate([book.source_project[paid], book.funded_project[funded]])
    shape = (len(book.givers), len(book.projects))
    paying = sparse.csr_array((np.ones(len(givers), np.int64), (givers, projects)), shape=shape)
    paying.data[:] = 1
    together = sparse.triu(paying @ paying.T, k=1).tocoo()
    names = book.givers.texts
    wanted = set(counted.scope.givers)
    found = [
        Pair(min(names[one], names[other]), max(names[one], names[other]), number)
        for one, other, number in zip(together.row.tolist(), together.col.tolist(), together.data.tolist(), strict=True)
        if not wanted or {names[one], names[other]} & wanted
    ]
    return sorted(found, key=lambda pair: (-pair.projects, pair.first, pair.second))


def both_roles(book: Book, projects: Bools) -> list[Both]:
    """Return the organisations that both give and receive, by what they receive.

    :param book: what is stated.
    :param projects: which projects count.
    """
    given: dict[str, float] = {}
    received: dict[str, float] = {}
    for level in ("origin", "regrant"):
        counted = count(book, Scope(projects, level=level))
        for what, sums in (("donor", given), ("recipient", received)):
            by = totals.by(counted, what)
            for name, euros in zip(by.names, by.euros.tolist(), strict=True):
                sums[name] = sums.get(name, 0.0) + euros
    found = [Both(name, given[name], received[name]) for name in given.keys() & received.keys()]
    return sorted(found, key=lambda one: (-one.received, -one.given, one.organisation))
