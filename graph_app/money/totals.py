"""Sums of what counts: in all, by year, and by donor, recipient, programme, country or target group."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from graph_app.money.book import NONE, Bools, Floats, Names, Numbers
from graph_app.money.pairing import how_many
from graph_app.money.rule import Counted

__all__ = ["BY", "Sums", "Total", "by", "by_currency", "by_year", "in_all"]


class Total(NamedTuple):
    """What counts, in all.

    :param euros: the sum in euros.
    :param amounts: how many amounts it is made of.
    :param projects: how many projects they belong to.
    """

    euros: float
    amounts: int
    projects: int


class Sums(NamedTuple):
    """What counts, by something.

    :param names: by what, as IRIs.
    :param euros: the sum of each in euros.
    :param projects: how many projects each has, with or without sums.
    :param shared: euros that belong to several of them, or to none that is stated, and so to no one's sum.
    """

    names: tuple[str, ...]
    euros: Floats
    projects: Numbers
    shared: float


def in_all(counted: Counted) -> Total:
    """Sum up everything.

    :param counted: what counts.
    """
    known = ~np.isnan(counted.euros.values)
    projects = len(np.unique(counted.project[known]))
    return Total(float(np.sum(counted.euros.values[known])), int(known.sum()), projects)


def by_currency(counted: Counted) -> Mapping[str, tuple[float, int, float]]:
    """Return the sum, the number of amounts and the sum in euros of each currency.

    :param counted: what counts.
    """
    currencies, place = np.unique(counted.book.amount_currency[counted.amount], return_inverse=True)
    sums = np.bincount(place, counted.values, len(currencies)).tolist()
    number = np.bincount(place, minlength=len(currencies)).tolist()
    euros = np.bincount(place, np.nan_to_num(counted.euros.values), len(currencies)).tolist()
    return {name: parts for name, *parts in zip(currencies.tolist(), sums, number, euros, strict=True)}  # type: ignore[misc]


def by_year(counted: Counted, *, spread: bool = False) -> tuple[Mapping[int, float], float]:
    """Sum up euros by year.

    :param counted: what counts.
    :param spread: whether to spread each amount over the days of its project; else it stands in the year of its day.
        An amount whose project has no known start and end stands in the year of its day either way.
    :returns: year to euros, and the euros of which no year is known.
    """
    book = counted.book
    euros = np.nan_to_num(counted.euros.values)
    day = book.amount_day[counted.amount]
    start, end = (times[counted.project] for times in (book.project_start, book.project_end))
    even = np.full(len(euros), spread) & ~np.isnat(start) & ~np.isnat(end) & (end >= start)
    found: dict[int, float] = {}
    at_once = ~even & ~np.isnat(day)
    years = _year(day[at_once])
    for year in np.unique(years).tolist():
        found[year] = float(euros[at_once][years == year].sum())
    if even.any():
        first, last, sums = start[even], end[even] + np.timedelta64(1, "D"), euros[even]
        length = (last - first).astype(float)
        for year in range(int(_year(first).min()), int(_year(end[even]).max()) + 1):
            begins, ends = np.datetime64(f"{year:04}-01-01"), np.datetime64(f"{year + 1:04}-01-01")
            days = (np.minimum(last, ends) - np.maximum(first, begins)).astype(float)
            found[year] = found.get(year, 0.0) + float((sums * np.maximum(days, 0) / length).sum())
    return dict(sorted(found.items())), float(euros[~even & np.isnat(day)].sum())


def _year(days: "np.ndarray[tuple[int], np.dtype[np.datetime64]]") -> Numbers:
    return (days.astype("datetime64[Y]").astype(int) + 1970).astype(np.int32)


def by(counted: Counted, what: str) -> Sums:
    """Sum up by one of :data:`BY`.

    :param counted: what counts.
    :param what: name of it.
    """
    return BY[what](counted)


def _givers(counted: Counted) -> Sums:
    book, sources = counted.book, np.flatnonzero(counted.sources)
    funded = counted.scope.projects[book.funded_project]
    wanted = set(book.givers.find(counted.scope.givers).tolist())
    if wanted:
        funded = funded & np.isin(book.funded_giver, sorted(wanted))
    pairs = (
        np.concatenate([book.source_giver[sources], book.funded_giver[funded]]),
        np.concatenate([book.source_project[sources], book.funded_project[funded]]),
    )
    return _single(counted, book.givers, counted.giver, *pairs)


def _programmes(counted: Counted) -> Sums:
    book, sources = counted.book, np.flatnonzero(counted.sources)
    return _single(
        counted, book.programmes, counted.programme, book.source_programme[sources], book.source_project[sources]
    )


def _recipients(counted: Counted) -> Sums:
    book = counted.book
    number = np.bincount(book.received_source, minlength=len(book.sources))
    only = np.full(len(book.sources), NONE, np.int32)
    only[book.received_source] = book.received_recipient
    only[number > 1] = NONE
    looked = counted.sources[book.received_source]
    projects = book.source_project[book.received_source[looked]]
    return _single(counted, book.recipients, only[counted.source], book.received_recipient[looked], projects)


def _single(counted: Counted, names: Names, of: Numbers, owner: Numbers, project: Numbers) -> Sums:
    """Sum up by what each amount has one of; projects are counted by pairs of owner and project."""
    euros = np.nan_to_num(counted.euros.values)
    known = of != NONE
    sums = np.bincount(of[known], euros[known], len(names)).astype(float)
    return _sums(names, sums, owner, project, float(euros[~known].sum()))


def _sums(names: Names, sums: Floats, owner: Numbers, project: Numbers, shared: float) -> Sums:
    stated = owner != NONE
    projects = how_many(owner[stated], project[stated], len(names))
    shown = np.flatnonzero((projects > 0) | (sums != 0))
    texts = names.texts
    order = shown[np.lexsort((-projects[shown], -sums[shown]))]
    return Sums(tuple(texts[place] for place in order.tolist()), sums[order], projects[order], shared)


def _countries(counted: Counted) -> Sums:
    book = counted.book
    asked = _projects(counted)
    # What counts of an amount is already its part for the countries asked for.
    whole = np.bincount(counted.project, _whole(counted), len(book.projects))
    wanted = np.ones(len(book.shares), bool)
    if counted.scope.countries:
        wanted = np.isin(book.shares_country, book.countries.find(counted.scope.countries))
    pairs = asked[book.shares_project] & wanted
    part = np.nan_to_num(book.shares[pairs]) * whole[book.shares_project[pairs]]
    sums = np.bincount(book.shares_country[pairs], part, len(book.countries)).astype(float)
    left = float(np.nan_to_num(counted.euros.values).sum() - sums.sum())
    return _sums(book.countries, sums, book.shares_country[pairs], book.shares_project[pairs], left)


def _whole(counted: Counted) -> Floats:
    """Return the whole of each amount in euros, of which only a part may count."""
    value = counted.book.amount_value[counted.amount]
    found: Floats = np.nan_to_num(value / counted.euros.rates)
    return found


def _groups(counted: Counted) -> Sums:
    book = counted.book
    asked = _projects(counted)
    euros = np.bincount(counted.project, np.nan_to_num(counted.euros.values), len(book.projects))
    pairs = asked[book.grouped_project]
    values = euros[book.grouped_project[pairs]]
    sums = np.bincount(book.grouped_group[pairs], values, len(book.groups)).astype(float)
    named = np.zeros(len(book.projects), bool)
    named[book.grouped_project] = True
    return _sums(book.groups, sums, book.grouped_group[pairs], book.grouped_project[pairs], float(euros[~named].sum()))


def _projects(counted: Counted) -> Bools:
    asked = np.zeros(len(counted.book.projects), bool)
    asked[counted.book.source_project[counted.sources]] = True
    return asked


#: What can be summed up by, to how.
BY = {
    "donor": _givers,
    "recipient": _recipients,
    "programme": _programmes,
    "country": _countries,
    "target_group": _groups,
}
