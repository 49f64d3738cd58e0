"""Sums granted: one currency at a time, for no rate of exchange is part of the graph."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from graph_app.network.asking import Ask
from graph_app.network.network import Floats, Numbers
from graph_app.network.projections.incidence import numbers_in

__all__ = ["FEW", "Sums"]

#: So many things are asked for by name; of more it is quicker to ask for all.
FEW = 1_000


class Sums:
    """What is granted to the projects of a network.

    :param ask: reads the graph.
    :param currency: the currency that counts; the most frequent one where it is empty.
    """

    def __init__(self, ask: Ask, currency: str) -> None:
        self._ask = ask
        self.currency = currency
        #: Reason to how many projects or grants have no sum that counts.
        self.left_out: dict[str, int] = {}

    def __call__(self, column: str, names: Sequence[str]) -> Floats:
        """Return the sum granted to each of some things, NaN where none is stated in the currency that counts.

        :param column: ``context`` for projects, ``grant`` for grants.
        :param names: their IRIs.
        """
        few = {"context": list(names)} if column == "context" and len(names) <= FEW else {}
        answer = self._ask("project-money", few)
        where = numbers_in(answer, column, {name: number for number, name in enumerate(names)})
        known = where >= 0
        where, currencies = where[known], answer.columns["currency"][known]
        codes, value = np.unique(answer.columns["value"][known], return_inverse=True)
        values = np.array([float(answer.texts[code]) for code in codes.tolist()])[value]
        if not self.currency:
            self.currency = _most_frequent(where, currencies, answer.texts)
        counts = np.array([answer.texts[code] == self.currency for code in range(len(answer.texts))], bool)[currencies]
        sums: Floats = np.bincount(where[counts], values[counts], len(names)).astype(float)
        sums[np.bincount(where[counts], minlength=len(names)) == 0] = np.nan
        told = len(np.unique(where))
        counted = int((~np.isnan(sums)).sum())
        self.left_out = {"money": len(names) - told, "currency": told - counted}
        return sums


def _most_frequent(where: Numbers, currencies: Numbers, texts: Sequence[str]) -> str:
    """Return the currency that most things state, of several the first by the alphabet."""
    stated = np.unique(np.stack([where, currencies]), axis=1)[1]
    counted = {texts[code]: count for code, count in Counter(stated.tolist()).items()}
    return min(counted, key=lambda currency: (-counted[currency], currency), default="")
