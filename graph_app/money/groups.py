"""How large and how long projects are, by target group."""

from typing import NamedTuple

import numpy as np

from graph_app.money.rule import Counted

__all__ = ["Sized", "sized"]

_DAYS_A_MONTH = 365.25 / 12
_SHORT = 12


class Sized(NamedTuple):
    """The projects that name a target group.

    :param group: its IRI.
    :param projects: how many there are.
    :param priced: how many of them have a sum.
    :param median: median of these sums in euros, or NaN.
    :param dated: how many have a known start and end.
    :param months: median length of these in months, or NaN.
    :param short: share of these that last less than twelve months, or NaN.
    """

    group: str
    projects: int
    priced: int
    median: float
    dated: int
    months: float
    short: float


def sized(counted: Counted) -> list[Sized]:
    """Measure the projects of each group, those with most projects first; a project counts in each group it names.

    :param counted: what counts.
    """
    book = counted.book
    asked = np.zeros(len(book.projects), bool)
    asked[book.source_project[counted.sources]] = True
    has = ~np.isnan(counted.euros.values)
    sums = np.bincount(counted.project[has], counted.euros.values[has], len(book.projects)).astype(float)
    sums[np.bincount(counted.project[has], minlength=len(book.projects)) == 0] = np.nan
    months = (book.project_end - book.project_start + np.timedelta64(1, "D")).astype(float) / _DAYS_A_MONTH
    months[np.isnat(book.project_end - book.project_start)] = np.nan
    pairs = np.flatnonzero(asked[book.grouped_project])
    group_of, project_of = book.grouped_group[pairs], book.grouped_project[pairs]
    found = []
    for number in np.unique(group_of).tolist():
        group = book.groups.texts[number]
        named = np.zeros(len(book.projects), bool)
        named[project_of[group_of == number]] = True
        projects = np.flatnonzero(named)
        priced, dated = (values[projects][~np.isnan(values[projects])] for values in (sums, months))
        found.append(
            Sized(
                group,
                len(projects),
                len(priced),
                float(np.median(priced)) if len(priced) else np.nan,
                len(dated),
                float(np.median(dated)) if len(dated) else np.nan,
                # Months of different lengths: eleven and a half is short, twelve less a day is a year.
                float((np.round(dated) < _SHORT).mean()) if len(dated) else np.nan,
            )
        )
    return sorted(found, key=lambda one: (-one.projects, one.group))
