"""A network as arrays: what stands in it, who is tied to whom and how strongly, and what is behind each tie."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_app.network.coverage import Coverage
from graph_app.network.filters import Filters

__all__ = ["Floats", "Matrix", "Network", "Numbers"]

Numbers: TypeAlias = npt.NDArray[np.int32]
Floats: TypeAlias = npt.NDArray[np.float64]
#: A sparse matrix by rows; scipy tells no types.
Matrix: TypeAlias = Any


@dataclass(frozen=True, eq=False)
class Network:
    """A network of one projection of one release.

    :param projection: name of the projection that made it.
    :param filters: what it was narrowed to.
    :param release: version of the release.
    :param directed: whether ties lead from source to target.
    :param nodes: IRIs, sorted; the number of a node is its place.
    :param attributes: ``label``, ``class``, ``type``, ``seat`` …, each a value a node, empty where it is not stated;
        in the reader's language.
    :param source: number of the node that each tie begins at; less than that of its target where ties have no
        direction. Ties are sorted by source and target.
    :param target: number of the node that each tie ends at.
    :param weights: ``count`` always; ``newman`` and ``money`` where the projection has them, and then NaN for a tie of
        which it is not stated.
    :param coverage: what stands behind it.
    :param contexts: IRIs of the projects and partnerships behind it.
    :param outgoing: which node begins ties by which context: a row a node, a column a context.
    :param incoming: which node ends ties by which context; the same where ties have no direction.
    :param queries: the queries that it was made from, as they run in any SPARQL editor.
    """

    projection: str
    filters: Filters
    release: str
    directed: bool
    nodes: tuple[str, ...]
    attributes: Mapping[str, Sequence[str]]
    source: Numbers
    target: Numbers
    weights: Mapping[str, Floats]
    coverage: Coverage
    contexts: tuple[str, ...]
    outgoing: Matrix
    incoming: Matrix
    queries: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.nodes)

    @cached_property
    def number(self) -> Mapping[str, int]:
        """IRI of each node to its number."""
        return {iri: number for number, iri in enumerate(self.nodes)}

    @cached_property
    def links(self) -> Matrix:
        """Ties by node in both directions: row and column are nodes, the value is the number of the tie plus one."""
        size = len(self.nodes)
        numbers = np.arange(1, len(self.source) + 1, dtype=np.int32)
        way = sparse.csr_array((numbers, (self.source, self.target)), shape=(size, size))
        if self.directed:
            return way
        back = sparse.csr_array((numbers, (self.target, self.source)), shape=(size, size))
        return (way + back).tocsr()

    def neighbours(self, node: int) -> Numbers:
        """Return the nodes that one is tied to, in either direction, sorted.

        :param node: its number.
        """
        beginning, ending = np.searchsorted(self.source, [node, node + 1])
        return np.union1d(self.target[beginning:ending], self.source[self.target == node]).astype(np.int32)

    def tie(self, first: int, second: int) -> int:
        """Return the number of the tie between two nodes, or -1 where there is none.

        :param first: number of a node, the source where ties have a direction.
        :param second: number of another node.
        """
        return int(self.links[first, second]) - 1

    def shared(self, first: int, second: int) -> tuple[str, ...]:
        """Return the IRIs of the projects and partnerships behind a tie, sorted.

        :param first: number of a node, the source where ties have a direction.
        :param second: number of another node.
        """
        both = np.intersect1d(_columns(self.outgoing, first), _columns(self.incoming, second))
        return tuple(sorted({self.contexts[place] for place in both}))

    def contexts_of(self, node: int) -> tuple[str, ...]:
        """Return the IRIs of the projects and partnerships that a node stands in, sorted.

        :param node: its number.
        """
        places = np.union1d(_columns(self.outgoing, node), _columns(self.incoming, node))
        return tuple(sorted({self.contexts[place] for place in places}))

    def subset(self, numbers: Iterable[int]) -> "Network":
        """Return the network of some nodes and the ties between them. What stands behind it stays that of the whole.

        :param numbers: their numbers, in any order.
        """
        kept = np.unique(np.fromiter(numbers, dtype=np.int32))
        renumbered = np.full(len(self.nodes), -1, dtype=np.int32)
        renumbered[kept] = np.arange(len(kept), dtype=np.int32)
        ties = (renumbered[self.source] >= 0) & (renumbered[self.target] >= 0)
        return replace(
            self,
            nodes=tuple(self.nodes[number] for number in kept),
            attributes={name: [values[number] for number in kept] for name, values in self.attributes.items()},
            source=renumbered[self.source[ties]],
            target=renumbered[self.target[ties]],
            weights={name: values[ties] for name, values in self.weights.items()},
            outgoing=self.outgoing[kept],
            incoming=self.incoming[kept],
        )

    def to_networkx(self) -> "nx.Graph[str] | nx.DiGraph[str]":
        """Return the network as NetworkX has it: nodes are IRIs with attributes, edges have weights.

        ``weight`` is that of :attr:`graph_app.network.filters.Filters.weight`; what is not stated is left out.
        """
        graph: nx.Graph[str] | nx.DiGraph[str] = nx.DiGraph() if self.directed else nx.Graph()
        names = list(self.attributes)
        values = zip(*self.attributes.values(), strict=True) if names else [()] * len(self.nodes)
        for iri, row in zip(self.nodes, values, strict=True):
            graph.add_node(iri, **{name: value for name, value in zip(names, row, strict=True) if value})
        columns = {name: values.tolist() for name, values in self.weights.items()}
        columns["weight"] = columns[self.filters.weight] if self.filters.weight in columns else columns["count"]
        ends = zip(self.source.tolist(), self.target.tolist(), strict=True)
        for (source, target), *row in zip(ends, *columns.values(), strict=True):
            stated = {name: value for name, value in zip(columns, row, strict=True) if value == value}  # noqa: PLR0124
            graph.add_edge(self.nodes[source], self.nodes[target], **stated)
        return graph


def _columns(matrix: Matrix, row: int) -> Numbers:
    found: Numbers = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    return found
