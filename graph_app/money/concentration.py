"""How concentrated sums are: whether a few have most of the money."""

from typing import NamedTuple

import numpy as np

from graph_app.money.book import Floats

__all__ = ["Concentration", "concentration"]

_TOP = 10


class Concentration(NamedTuple):
    """Measures of concentration.

    :param number: how many have a sum above nothing; others do not count.
    :param top: share of the ten largest.
    :param gini: Gini coefficient, 0 where all have as much, nearly 1 where one has all.
    :param hhi: Herfindahl-Hirschman index, the sum of squared shares: 1 where one has all.
    """

    number: int
    top: float
    gini: float
    hhi: float


def concentration(sums: Floats) -> Concentration:
    """Measure sums.

    :param sums: one for each of those that money is divided among.
    :returns: the measures, NaN where there is no sum above nothing.
    """
    values = np.sort(sums[sums > 0])
    size = len(values)
    if not size:
        return Concentration(0, np.nan, np.nan, np.nan)
    whole = float(values.sum())
    ranks = np.arange(1, size + 1)
    gini = float((2 * ranks - size - 1) @ values) / (size * whole)
    return Concentration(size, float(values[-_TOP:].sum()) / whole, gini, float(((values / whole) ** 2).sum()))
