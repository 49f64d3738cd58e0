"""The counting rule: which of the amounts that stand beside one another is counted, and why others are not.

``rule.yaml`` says it in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph_app.money.book import Book, Bools, Floats, Numbers
from graph_app.money.rates import Euros
from graph_app.money.standing import NO_FUNDING, UNKNOWN, standing_of

__all__ = ["Counted", "Level", "Scope", "count"]

Level = Literal["origin", "regrant"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted.

    :param projects: which projects of the book.
    :param givers: IRIs of those whose money counts; all where there are none.
    :param programmes: IRIs of programmes and funds under which it is given; any where there are none.
    :param countries: IRIs of countries to which it goes; anywhere where there are none.
    :param level: money at its origin, or money granted on; never both.
    """

    projects: Bools
    givers: Sequence[str] = ()
    programmes: Sequence[str] = ()
    countries: Sequence[str] = ()
    level: Level = "origin"


@dataclass(frozen=True, eq=False)
class Counted:
    """What counts of a book.

    :param book: the book.
    :param scope: what was asked for.
    :param amount: places of the amounts that count.
    :param values: what counts of each in its own currency: its part for the countries asked for.
    :param euros: the same in euros.
    :param left_out: reason, one of :mod:`graph_app.money.wording`, to the places of the amounts that it leaves out.
    :param sources: which grants, transactions and projects were looked at.
    :param silent: how many of the projects have no amount that counts.
    """

    book: Book
    scope: Scope
    amount: Numbers
    values: Floats
    euros: Euros
    left_out: Mapping[str, Numbers]
    sources: Bools
    silent: int

    @property
    def source(self) -> Numbers:
        """What each amount belongs to."""
        return self.book.amount_source[self.amount]

    @property
    def project(self) -> Numbers:
        """The project of each amount."""
        return self.book.source_project[self.source]

    @property
    def giver(self) -> Numbers:
        """Who gives each amount."""
        return self.book.source_giver[self.source]

    @property
    def programme(self) -> Numbers:
        """The programme of each amount."""
        return self.book.source_programme[self.source]


def count(book: Book, scope: Scope) -> Counted:
    """Apply the rule.

    :param book: what is stated.
    :param scope: what is asked for.
    """
    sources = _sources(book, scope)
    standing = standing_of(book)
    left_out: dict[str, Numbers] = {}
    amount = np.flatnonzero(sources[book.amount_source]).astype(np.int32)

    def leave(reason: str, which: Bools) -> None:
        nonlocal amount
        if which.any():
            left_out[reason] = amount[which]
            amount = amount[~which]

    leave("level", book.amount_regrant[amount] != (scope.level == "regrant"))
    leave("kind_unknown", standing.rung[amount] == UNKNOWN)
    leave("no_funding", standing.rung[amount] == NO_FUNDING)
    leave("no_currency", ~standing.priced[amount])
    leave("other_kind", ~_best(standing.rung[amount], standing.beside[amount]))
    leave("superseded", _superseded(standing.period[amount], book.amount_revised[amount]))
    leave("other_place", ~_best(standing.place[amount], book.source_project[book.amount_source[amount]]))
    part = _parts(book, scope.countries)[book.source_project[book.amount_source]]
    leave("no_shares", np.isnan(part[amount]))
    amount = amount[part[amount] != 0]
    values = book.amount_value[amount] * part[amount]
    told = np.zeros(len(book.projects), bool)
    told[book.source_project[book.amount_source[amount]]] = True
    asked = np.zeros(len(book.projects), bool)
    asked[book.source_project[sources]] = True
    silent = int((asked & ~told).sum())
    return Counted(book, scope, amount, values, standing.rates.of(values, amount), left_out, sources, silent)


def _sources(book: Book, scope: Scope) -> Bools:
    chosen = scope.projects[book.source_project]
    if scope.givers:
        chosen = chosen & np.isin(book.source_giver, book.givers.find(scope.givers))
    if scope.programmes:
        chosen = chosen & np.isin(book.source_programme, book.under(scope.programmes))
    return chosen


def _best(rung: Numbers, group: Numbers) -> Bools:
    """Tell which amounts stand on the first rung that any of their group is on."""
    least = np.full(int(group.max(initial=0)) + 1, np.iinfo(np.int32).max)
    np.minimum.at(least, group, rung)
    found: Bools = rung == least[group]
    return found


def _superseded(period: Numbers, revised: Bools) -> Bools:
    """Tell which budgets a revised one of the same source and period takes the place of."""
    return ~revised & np.isin(period, np.unique(period[revised]))


def _parts(book: Book, countries: Sequence[str]) -> Floats:
    """Return the part of each project's money that goes to some countries."""
    if not countries:
        return np.ones(len(book.projects))
    there = np.isin(book.shares_country, book.countries.find(countries))
    return np.bincount(book.shares_project[there], book.shares[there], len(book.projects)).astype(float)
