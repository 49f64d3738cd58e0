"""Where money flows: from donors through programmes and projects to countries."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from graph_app.money.book import NONE, Floats, Numbers
from graph_app.money.pairing import different_pairs
from graph_app.money.rule import Counted

__all__ = ["COLUMNS", "Flow", "flows"]

#: The columns of a flow, from where money comes to where it goes.
COLUMNS = ("donor", "programme", "project", "country")
#: Stands for what is stated, but too small to be shown alone.
_OTHERS = -2


class Flow(NamedTuple):
    """What flows from one thing to the next.

    :param column: name of the column in which it begins.
    :param source: IRI of what it comes from; ``none`` where it is not stated, ``others`` for all that are smaller.
    :param target: the same for what it goes to.
    :param value: euros, or the number of ties of a donor and a project.
    """

    column: str
    source: str
    target: str
    value: float


def flows(counted: Counted, shown: int, *, euros: bool = True) -> list[Flow]:
    """Sum up flows between neighbouring columns.

    :param counted: what counts.
    :param shown: how many of each column are shown alone, the largest first.
    :param euros: whether flows are euros; else each tie of a donor and a project counts one.
    :returns: flows above nothing; every column passes on what it gets.
    """
    book = counted.book
    if euros:
        parts = [counted.giver, counted.programme, counted.project]
        value = np.nan_to_num(counted.euros.values)
    else:
        parts, value = _ties(counted)
    parts, value = _by_country(counted, parts, value)
    names = (book.givers, book.programmes, book.projects, book.countries)
    kept = [_largest(part, value, shown, len(known)) for part, known in zip(parts, names, strict=True)]
    texts = [known.texts for known in names]
    found = []
    for place, column in enumerate(COLUMNS[:-1]):
        first, second, at = different_pairs(kept[place], kept[place + 1])
        sums = np.bincount(at, value, len(first))
        found += [
            Flow(column, _name(texts[place], one), _name(texts[place + 1], other), total)
            for one, other, total in zip(first.tolist(), second.tolist(), sums.tolist(), strict=True)
            if total > 0
        ]
    return found


def _ties(counted: Counted) -> tuple[list[Numbers], Floats]:
    """Return donor, programme and project of everything that is paid for, with or without a sum."""
    book = counted.book
    paid = np.flatnonzero(counted.sources & (book.source_place != "project"))
    stated = [book.source_giver[paid], book.source_programme[paid], book.source_project[paid]]
    asked = np.zeros(len(book.projects), bool)
    asked[book.source_project[counted.sources]] = True
    funded = asked[book.funded_project]
    if counted.scope.givers:
        funded = funded & np.isin(book.funded_giver, book.givers.find(counted.scope.givers))
    width = len(book.givers) + 1
    twice = np.isin(book.funded_project * width + book.funded_giver, stated[2] * width + stated[0])
    funded = funded & ~twice
    none = np.full(int(funded.sum()), NONE, np.int32)
    beside = [book.funded_giver[funded], none, book.funded_project[funded]]
    rows = np.unique(np.stack([np.concatenate(pair) for pair in zip(stated, beside, strict=True)]), axis=1)
    return list(rows), np.ones(rows.shape[1])


def _by_country(counted: Counted, parts: Sequence[Numbers], value: Floats) -> tuple[list[Numbers], Floats]:
    """Divide each row among the countries of its project; what falls to none of them stays undivided."""
    book = counted.book
    project = parts[2]
    wanted = counted.scope.projects[book.shares_project] & (np.nan_to_num(book.shares) > 0)
    if counted.scope.countries:
        wanted &= np.isin(book.shares_country, book.countries.find(counted.scope.countries))
    order = np.flatnonzero(wanted)
    order = order[np.argsort(book.shares_project[order], kind="stable")]
    number = np.bincount(book.shares_project[order], minlength=len(book.projects))
    first = np.cumsum(number) - number
    rows = np.repeat(np.arange(len(project)), number[project])
    step = np.arange(len(rows)) - np.repeat(np.cumsum(number[project]) - number[project], number[project])
    share = order[first[project[rows]] + step]
    whole = np.bincount(book.shares_project[order], book.shares[order], len(book.projects))
    # What counts for countries that were asked for is their part already.
    scale = np.where(whole > 0, whole, 1.0) if counted.scope.countries else np.ones(len(whole))
    part = value[rows] * book.shares[share] / scale[project[rows]]
    rest = value - np.bincount(rows, part, len(project))
    left = np.flatnonzero(np.abs(rest) > 1e-9 * np.maximum(np.abs(value), 1))
    places = np.concatenate([rows, left])
    countries = np.concatenate([book.shares_country[share], np.full(len(left), NONE, np.int32)])
    return [*(one[places] for one in parts), countries], np.concatenate([part, rest[left]])


def _largest(part: Numbers, value: Floats, shown: int, size: int) -> Numbers:
    """Keep those with the largest sums and take the others together."""
    stated = part != NONE
    sums = np.bincount(part[stated], value[stated], size)
    if np.count_nonzero(sums) <= shown:
        return part
    alone = np.zeros(size + 1, bool)
    paid = np.flatnonzero(sums > 0)
    alone[paid[np.argsort(-sums[paid], kind="stable")[:shown]]] = True
    alone[NONE] = True
    return np.where(alone[part], part, np.int32(_OTHERS))


def _name(texts: Sequence[str], number: int) -> str:
    return texts[number] if number >= 0 else "none" if number == NONE else "others"
