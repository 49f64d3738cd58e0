"""What makes a network of a release: which query, and how its rows become nodes and ties."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np

from graph_app.network.asking import known
from graph_app.network.filters import Filters
from graph_app.network.network import Floats, Matrix, Numbers
from graph_app.network.projections.incidence import incidence, joined
from graph_app.questions.arrays import Arrays
from graph_app.questions.catalogue import view, with_prefixes
from graph_app.questions.parameters import bind, read
from loaders.vocabulary import BASE

__all__ = ["Paid", "Parts", "Projection", "one_mode"]

#: Gives the sum granted to each of some projects (``context``) or grants (``grant``), NaN where none is stated.
Paid: TypeAlias = Callable[[str, Sequence[str]], Floats]


class Parts(NamedTuple):
    """A network without names, as :class:`graph_app.network.network.Network` describes it.

    :param nodes: IRIs, sorted.
    :param source: number of the node that each tie begins at.
    :param target: number of the node that it ends at.
    :param weights: ``count`` and others.
    :param contexts: IRIs of what is behind the ties, a column each.
    :param outgoing: which node begins ties by which context.
    :param incoming: which node ends ties by which context.
    :param alone: how many contexts make no tie.
    """

    nodes: tuple[str, ...]
    source: Numbers
    target: Numbers
    weights: Mapping[str, Floats]
    contexts: tuple[str, ...]
    outgoing: Matrix
    incoming: Matrix
    alone: int = 0


@dataclass(frozen=True, slots=True)
class Projection:
    """One way to make a network.

    :param name: its name.
    :param title: language to what it shows.
    :param view: gives the name of the query for some filters.
    :param make: makes nodes and ties of its rows.
    :param classes: classes that its nodes are of.
    :param directed: whether ties have a direction.
    """

    name: str
    title: Mapping[str, str] = field(hash=False)
    view: Callable[[Filters], str]
    make: Callable[[Arrays, Paid], Parts]
    classes: tuple[str, ...]
    directed: bool = False

    def query(self, filters: Filters, base: str = BASE) -> str:
        """Return the query that the network is made from, as it runs in any SPARQL editor.

        :param filters: what it is narrowed to.
        :param base: base of all instance IRIs.
        """
        question = view(self.view(filters))
        values = known(question.name, filters.parameters())
        return with_prefixes(bind(question.text, read(question.params, values, base=base)))


def one_mode(node: str) -> Callable[[Arrays, Paid], Parts]:
    """Tie what stands in the same project.

    A tie counts the projects; by Newman each adds 1 / (n - 1), where n stand in it; and the sums granted to them.

    M. E. J. Newman, Scientific collaboration networks II, Physical Review E 64, 016132 (2001).

    :param node: the variable of what is tied.
    """

    def make(answer: Arrays, paid: Paid) -> Parts:
        found = incidence(answer, node)
        sizes = found.sizes
        money = paid("context", found.contexts)
        ties = joined(
            found.matrix,
            {
                "count": np.ones(len(sizes)),
                "newman": 1 / np.maximum(sizes - 1, 1),
                "money": np.nan_to_num(money),
                "stated": (~np.isnan(money)).astype(float),
            },
        )
        weights = {"count": ties.sums["count"], "newman": ties.sums["newman"]}
        if ties.sums["stated"].any():
            weights["money"] = np.where(ties.sums["stated"] > 0, ties.sums["money"], np.nan)
        alone = int((sizes < 2).sum())
        return Parts(found.nodes, ties.source, ties.target, weights, found.contexts, found.matrix, found.matrix, alone)

    return make
