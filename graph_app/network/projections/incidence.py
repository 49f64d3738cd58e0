"""Who stands in which project: the two-sided table that every projection is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_app.network.network import Floats, Matrix, Numbers
from graph_app.questions.arrays import Arrays

__all__ = ["Incidence", "Ties", "incidence", "joined", "led", "numbers_in"]


class Ties(NamedTuple):
    """Ties, sorted by source and target.

    :param source: number of the node that each begins at.
    :param target: number of the node that each ends at.
    :param sums: name to the sum over the contexts behind each.
    """

    source: Numbers
    target: Numbers
    sums: Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class Incidence:
    """Which nodes stand in which contexts.

    :param nodes: IRIs, sorted.
    :param contexts: IRIs.
    :param matrix: a row a node, a column a context, one where the node stands in it.
    """

    nodes: tuple[str, ...]
    contexts: tuple[str, ...]
    matrix: Matrix

    @property
    def sizes(self) -> Numbers:
        """Return how many nodes stand in each context."""
        found: Numbers = np.bincount(self.matrix.indices, minlength=len(self.contexts)).astype(np.int32)
        return found


def incidence(answer: Arrays, node: str, context: str = "context") -> Incidence:
    """Read who stands in what.

    :param answer: rows of nodes and contexts; what has no value does not count, and repeats count once.
    :param node: its variable for nodes.
    :param context: its variable for contexts.
    """
    bound = (answer.columns[node] >= 0) & (answer.columns[context] >= 0)
    nodes, rows = _sorted(answer, answer.columns[node][bound])
    columns, places = _different(answer.columns[context][bound])
    contexts = tuple(answer.texts[number] for number in columns.tolist())
    return Incidence(nodes, contexts, _matrix(rows, places, (len(nodes), len(contexts))))


def joined(matrix: Matrix, weights: Mapping[str, Floats]) -> Ties:
    """Tie every two nodes that stand in the same context.

    :param matrix: of an :class:`Incidence`.
    :param weights: name to what each context adds to the ties that it makes.
    """
    by_context = matrix.T.tocsr()  # each context with its nodes, sorted
    starts, sizes = by_context.indptr[:-1], np.diff(by_context.indptr)
    place = np.arange(len(by_context.indices), dtype=np.int32) - np.repeat(starts, sizes)
    by_node = sparse.csr_array((place, by_context.indices, by_context.indptr), by_context.shape).tocsc()
    # Each node is tied to those that come before it in each of its contexts.
    contexts, before = by_node.indices, by_node.data
    ends = np.cumsum(before, dtype=np.int64)
    source = by_context.indices[np.arange(before.sum()) - np.repeat(ends - before - starts[contexts], before)]
    begins = np.concatenate([[0], ends])[by_node.indptr]
    return _summed(source, np.repeat(contexts, before), begins, weights)


def led(
    source: npt.NDArray[np.integer],
    target: npt.NDArray[np.integer],
    context: npt.NDArray[np.integer],
    size: int,
    weights: Mapping[str, Floats],
) -> Ties:
    """Sum up what leads from one node to another.

    :param source: number of the node where each step begins.
    :param target: number of the node where it ends.
    :param context: number of the context that makes the step.
    :param size: number of nodes.
    :param weights: name to what each context adds to the ties that it makes.
    """
    steps = len(source)
    by_target = sparse.csr_array((np.arange(steps), target, np.arange(steps + 1)), (steps, size)).tocsc()
    order = by_target.data
    return _summed(source[order], context[order], by_target.indptr, weights)


def numbers_in(answer: Arrays, name: str, index: Mapping[str, int]) -> Numbers:
    """Find the terms of a column in a list of one's own.

    :param answer: the rows.
    :param name: the variable.
    :param index: IRI to its place in the list.
    :returns: the place for each row, -1 where the list lacks it or there is no value.
    """
    places = np.fromiter((index.get(text, -1) for text in answer.texts), np.int32, len(answer.texts))
    codes = answer.columns[name]
    if not len(places):
        return np.full(len(codes), -1, np.int32)
    return np.where(codes >= 0, places[codes], np.int32(-1))


def _summed(
    source: npt.NDArray[np.integer],
    context: npt.NDArray[np.integer],
    begins: npt.NDArray[np.integer],
    weights: Mapping[str, Floats],
) -> Ties:
    """Sum up steps that stand by target; ``begins`` is where those of each target begin."""
    size = len(begins) - 1
    # Turning a matrix around puts its cells into the order of the other side in one pass, and keeps cells that stand
    # in one place: much quicker than a sort.
    turned = sparse.csr_array((context, source, begins), (size, size)).tocsc()
    target, starts = turned.indices, turned.indptr[:-1]
    steps = np.diff(turned.indptr)
    begin = np.ones(len(target), np.bool_)
    np.not_equal(target[1:], target[:-1], out=begin[1:])
    begin[starts[steps > 0]] = True
    first = np.flatnonzero(begin)
    sums = {
        name: np.add.reduceat(values[turned.data], first) if len(first) else values[:0]
        for name, values in weights.items()
    }
    return Ties(np.repeat(np.arange(size, dtype=np.int32), steps)[first], target[first].astype(np.int32), sums)


def _sorted(answer: Arrays, codes: Numbers) -> tuple[tuple[str, ...], Numbers]:
    """Return the different terms of a column, sorted, and the place of each row among them."""
    found, inverse = _different(codes)
    texts = [answer.texts[number] for number in found.tolist()]
    order = sorted(range(len(texts)), key=texts.__getitem__)
    rank = np.empty(len(texts), np.int32)
    rank[order] = np.arange(len(texts), dtype=np.int32)
    return tuple(texts[place] for place in order), rank[inverse]


def _different(codes: Numbers) -> tuple[Numbers, Numbers]:
    """Return the different codes in order, and the place of each row among them; codes are places in a list."""
    there = np.zeros(int(codes.max(initial=-1)) + 1, np.bool_)
    there[codes] = True
    return np.flatnonzero(there).astype(np.int32), (np.cumsum(there, dtype=np.int32) - 1)[codes]


def _matrix(rows: Sequence[int] | Numbers, columns: npt.NDArray[np.integer], shape: tuple[int, int]) -> Matrix:
    matrix = sparse.csr_array((np.ones(len(columns), np.int8), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix
