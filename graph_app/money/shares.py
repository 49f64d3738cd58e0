"""Which part of a project's money goes to which country."""

from typing import NamedTuple

import numpy as np

from graph_app.money.book import NONE, Floats, Names, Numbers
from graph_app.questions.arrays import Arrays

__all__ = ["Shares", "shares_of"]

#: Percentages that sum to a little more than this are rounded ones.
_WHOLE = 100.0
_ROUNDED = 0.5


class Shares(NamedTuple):
    """Parts of money, one for each pair of a project and a country.

    :param project: numbers of projects.
    :param country: numbers of countries.
    :param part: from 0 to 1; NaN where several countries are stated without parts.
    """

    project: Numbers
    country: Numbers
    part: Floats


def shares_of(stated: Arrays, active: Arrays, projects: Names, countries: Names) -> Shares:
    """Read the parts that projects state; a project with one country and no part gives it all.

    Parts that come to more than a whole are made smaller in proportion, so that no money is counted twice. What they
    lack of a whole, and what goes to regions, falls to no country.

    :param stated: allocations to countries and regions, with per cents.
    :param active: countries of activity of every project.
    :param projects: projects by number.
    :param countries: countries by number.
    """
    first = np.unique(stated.columns["allocation"], return_index=True)[1]
    project = projects.numbered(stated, "context")[first]
    country = countries.numbered(stated, "country")[first]
    per_cent = np.array([float(text) if text else np.nan for text in stated.column("percentage")])[first]
    own, where = projects.numbered(active, "context"), countries.numbered(active, "country")
    beside = ~np.isin(own, project)
    project = np.concatenate([project, own[beside]])
    country = np.concatenate([country, where[beside]])
    per_cent = np.concatenate([per_cent, np.full(int(beside.sum()), np.nan)])
    size = len(projects)
    number = np.bincount(project, minlength=size)
    alone = np.isnan(per_cent) & (number[project] == 1)
    per_cent = np.where(alone, _WHOLE, per_cent)
    sums = np.bincount(project, np.nan_to_num(per_cent), size)
    too_much = sums[project] > _WHOLE + _ROUNDED
    part = per_cent / np.where(too_much, sums[project], _WHOLE)
    named = country != NONE
    pairs = project[named].astype(np.int64) * max(len(countries), 1) + country[named]
    keys, place = np.unique(pairs, return_inverse=True)
    # A country may be stated for several of its regions.
    parts = np.bincount(place, part[named], len(keys)).astype(float)
    found, to = np.divmod(keys, max(len(countries), 1))
    return Shares(found.astype(np.int32), to.astype(np.int32), parts)
