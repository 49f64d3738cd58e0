"""Which pairs of entities are worth comparing: few of all that there are, and nearly all that are one."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph_app.identity.index import Index

__all__ = ["pairs_to_compare"]

#: Names that are nearest to a name by what they have in common; of more, the next are hardly ever the same.
_NEAREST = 12
#: Least share of what two names have that they have in common, as a cosine.
_LEAST = 0.12
#: What more names have tells too little to compare all of them for it.
_MOST = 2_000
#: Entities of one identifier that are all compared with each other.
_MOST_OF_ONE_CODE = 60
#: Names whose neighbours are looked for at once, which bounds memory.
_AT_ONCE = 2_000

_Places = NDArray[np.int64]


def pairs_to_compare(index: Index) -> Iterator[tuple[int, int]]:
    """Yield the pairs of entities that may be one: those that share an identifier, and neighbours by name.

    Of entities that are told in the very same words each is paired with the first of them alone, and the first with
    all others: thousands of mentions of one name make thousands of pairs, not millions.

    :param index: the entities.
    :returns: places in ``index.all``, the lower first; each pair once.
    """
    first = _first_alike(index)
    firsts = first[first != np.arange(len(first))]
    twins = np.stack([firsts, np.flatnonzero(first != np.arange(len(first)))], axis=1)
    found = np.concatenate([twins, _by_code(index, first), *_by_name(index, first)])
    found.sort(axis=1)
    yield from map(tuple, np.unique(found[found[:, 0] != found[:, 1]], axis=0).tolist())


def _first_alike(index: Index) -> _Places:
    """Return for every entity the first one of which the same is said."""
    seen: dict[object, int] = {}
    return np.array([seen.setdefault(entity.described, place) for place, entity in enumerate(index.all)], np.int64)


def _by_code(index: Index, first: _Places) -> _Places:
    found = []
    for places in index.by_code.values():
        different = sorted({int(first[place]) for place in places})
        found += list(combinations(different, 2)) if len(different) <= _MOST_OF_ONE_CODE else []
    return np.array(found, np.int64).reshape(-1, 2)


def _by_name(index: Index, first: _Places) -> Iterator[_Places]:
    """Yield the pairs of the names that are nearest to each name."""
    owners = index.owners.astype(np.int64)
    matrix = _matrix(index, first[owners] == owners)
    turned = matrix.T.tocsr()
    for start in range(0, matrix.shape[0], _AT_ONCE):
        alike = (matrix[start : start + _AT_ONCE] @ turned).tocsr()
        for row in range(alike.shape[0]):
            part = slice(alike.indptr[row], alike.indptr[row + 1])
            columns, values = alike.indices[part], alike.data[part]
            near = columns[(values >= _LEAST) & (columns != start + row)]
            if len(near) > _NEAREST:
                kept = values[(values >= _LEAST) & (columns != start + row)]
                near = near[np.argpartition(kept, -_NEAREST)[-_NEAREST:]]
            if len(near):
                own = np.full(len(near), owners[start + row])
                yield np.stack([own, owners[near]], axis=1)


def _matrix(index: Index, counted: NDArray[np.bool_]) -> csr_array:
    """Return what each name has, weighed so that the product of two rows is the cosine of the names.

    :param counted: which names count; the others have nothing.
    """
    lengths = np.zeros(len(index.owners))
    rows, columns, values = [], [], []
    for column, (key, all_having) in enumerate(index.keys.items()):
        rarity = index.rarity(key)
        lengths[all_having] += rarity
        having = all_having[counted[all_having]]
        if 1 < len(having) <= _MOST:
            rows.append(having)
            columns.append(np.full(len(having), column))
            values.append(np.full(len(having), np.sqrt(rarity)))
    shape = (len(index.owners), len(index.keys))
    if not rows:
        return csr_array(shape, dtype=np.float32)
    places = np.concatenate(rows)
    weighed = (np.concatenate(values) / np.sqrt(lengths[places])).astype(np.float32)
    return csr_array((weighed, (places, np.concatenate(columns))), shape=shape)
