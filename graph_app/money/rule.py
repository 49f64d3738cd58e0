"""The counting rule: which of the amounts that stand beside one another is counted, and why others are not.

``rule.yaml`` says it in words, and in the order in which kinds of amount go before others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
from ruamel.yaml import YAML

from graph_app.money.book import NONE, Book, Bools, Floats, Numbers
from graph_app.money.rates import Euros, in_euros

__all__ = ["Counted", "Level", "Scope", "count", "reasons", "sentences"]

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
    :param left_out: reason to the places of the amounts that it leaves out; keys of :func:`reasons`.
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


@cache
def _words() -> Mapping[str, Any]:
    text = files("graph_app.money").joinpath("rule.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = YAML(typ="safe").load(text)
    return found


def sentences() -> Sequence[Mapping[str, str]]:
    """Return the rule in words, each sentence by language."""
    found: Sequence[Mapping[str, str]] = _words()["rule"]
    return found


def reasons() -> Mapping[str, Mapping[str, str]]:
    """Return why amounts are left out, in words by language."""
    found: Mapping[str, Mapping[str, str]] = _words()["reasons"]
    return found


@cache
def _rungs() -> Mapping[tuple[str, str], int]:
    """Return the place in the order of each kind of amount, or type of transaction, at each place."""
    return {
        (place, kind): rung
        for place, rungs in _words()["order"].items()
        for rung, kinds in enumerate(rungs)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    }


def count(book: Book, scope: Scope) -> Counted:
    """Apply the rule.

    :param book: what is stated.
    :param scope: what is asked for.
    """
    sources = _sources(book, scope)
    left_out: dict[str, Numbers] = {}
    source = book.amount_source
    open_ = sources[source]

    def leave(reason: str, which: Bools) -> None:
        nonlocal open_
        found = np.flatnonzero(open_ & which).astype(np.int32)
        if len(found):
            left_out[reason] = found
        open_ = open_ & ~which

    rung = _rung(book)
    leave("level", book.amount_regrant != (scope.level == "regrant"))
    leave("kind_unknown", rung == NONE)
    leave("no_funding", rung == NONE - 1)
    leave("no_currency", book.amount_currency == "")
    # Grants state kinds of amount each for itself, transactions of a project are of kinds together.
    beside = np.where(
        book.source_place[source] == "transaction", len(book.sources) + book.source_project[source], source
    )
    leave("other_kind", ~_best(rung, beside, open_))
    leave("superseded", _superseded(book, open_))
    places = np.select([book.source_place == "grant", book.source_place == "transaction"], [0, 1], 2)
    leave("other_place", ~_best(places[source], book.source_project[source], open_))
    part = _parts(book, scope.countries)[book.source_project[source]]
    leave("no_shares", np.isnan(part))
    leave("elsewhere", part == 0)
    amount = np.flatnonzero(open_).astype(np.int32)
    values = book.amount_value[amount] * part[amount]
    euros = in_euros(values, book.amount_currency[amount], book.amount_day[amount])
    told = np.zeros(len(book.projects), bool)
    told[book.source_project[source[amount]]] = True
    left_out.pop("elsewhere", None)
    asked = np.zeros(len(book.projects), bool)
    asked[book.source_project[sources]] = True
    return Counted(book, scope, amount, values, euros, left_out, sources, int((asked & ~told).sum()))


def _sources(book: Book, scope: Scope) -> Bools:
    chosen = scope.projects[book.source_project]
    if scope.givers:
        chosen = chosen & np.isin(book.source_giver, book.givers.find(scope.givers))
    if scope.programmes:
        chosen = chosen & np.isin(book.source_programme, book.under(scope.programmes))
    return chosen


def _rung(book: Book) -> Numbers:
    """Return the place of each amount in the order: NONE without kind, one less for what is no funding."""
    source = book.amount_source
    place = book.source_place[source]
    kind = np.where(place == "transaction", book.source_type[source], book.amount_kind)
    keys, inverse = np.unique(np.char.add(np.char.add(place, " "), kind), return_inverse=True)
    rungs = [
        _rungs().get((one.partition(" ")[0], one.partition(" ")[2]), NONE - 1 if one.partition(" ")[2] else NONE)
        for one in keys.tolist()
    ]
    return np.array(rungs, np.int32)[inverse] if len(keys) else np.zeros(0, np.int32)


def _best(rung: Numbers, group: Numbers, open_: Bools) -> Bools:
    """Tell which amounts stand on the first rung that any of their group is on."""
    least = np.full(int(group.max(initial=0)) + 1, np.iinfo(np.int32).max)
    np.minimum.at(least, group[open_], rung[open_])
    found: Bools = rung == least[group]
    return found


def _superseded(book: Book, open_: Bools) -> Bools:
    """Tell which budgets a revised one of the same source and period takes the place of."""
    keys = np.char.add(np.char.add(book.amount_source.astype(str), " "), book.amount_first)
    revised = np.unique(keys[open_ & book.amount_revised])
    return ~book.amount_revised & np.isin(keys, revised)


def _parts(book: Book, countries: Sequence[str]) -> Floats:
    """Return the part of each project's money that goes to some countries."""
    if not countries:
        return np.ones(len(book.projects))
    there = np.isin(book.shares_country, book.countries.find(countries))
    return np.bincount(book.shares_project[there], book.shares[there], len(book.projects)).astype(float)
