"""Sums granted: one currency at a time, for no rate of exchange is part of the graph."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from graph_app.network.asking import Ask
from graph_app.network.network import Floats

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
        place = {name: number for number, name in enumerate(names)}
        currencies = answer.column("currency")
        rows = [
            (place[name], currency, float(value))
            for name, currency, value in zip(answer.column(column), currencies, answer.column("value"), strict=True)
            if name in place
        ]
        if not self.currency:
            self.currency = _most_frequent([(number, currency) for number, currency, _ in rows])
        sums: Floats = np.full(len(names), np.nan)
        for number, currency, value in rows:
            if currency == self.currency:
                sums[number] = value if np.isnan(sums[number]) else sums[number] + value
        told = len({number for number, _, _ in rows})
        counted = int((~np.isnan(sums)).sum())
        self.left_out = {"money": len(names) - told, "currency": told - counted}
        return sums


def _most_frequent(stated: list[tuple[int, str]]) -> str:
    counted = Counter(currency for _, currency in set(stated))
    return min(counted, key=lambda currency: (-counted[currency], currency), default="")
