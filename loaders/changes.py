"""What a newer file of a dataset changes: which entities are new, replaced, kept and retired."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from loaders.batches import Batch, values_in
from loaders.records import Record

__all__ = ["Changes", "Contents", "compare"]

_Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Changes:
    """How many entities of one kind differ between two files.

    :param new: only the newer file has them.
    :param replaced: both have them, and something of them differs.
    :param kept: both have them, and nothing differs.
    :param retired: only the older file has them.
    """

    new: int
    replaced: int
    kept: int
    retired: int


@dataclass(slots=True)
class Contents:
    """What a file says of which entity, as two numbers of 64 bits a record.

    Places do not count: a value that moves to another row stays the same. Numbers are comparable within one process.

    :param space: identifier space of the keys; the same key in another space is another entity.
    :param keys: kind to the number of each record's key.
    :param values: kind to the number of each record's values.
    """

    space: str = ""
    keys: dict[str, "array[int]"] = field(default_factory=dict)
    values: dict[str, "array[int]"] = field(default_factory=dict)

    def take(self, taken: Record | Batch) -> None:
        """Note what a record says, or each record of a batch.

        :param taken: the record or batch.
        """
        if taken.kind not in self.keys:
            self.keys[taken.kind], self.values[taken.kind] = array("q"), array("q")
        keys, values = self.keys[taken.kind], self.values[taken.kind]
        if isinstance(taken, Batch):
            keys.extend(map(hash, taken.keys))
            values.frombytes(_said_in(taken).tobytes())
        else:
            keys.append(hash((taken.space, *taken.key) if taken.space else taken.key))
            values.append(_said(taken))


def compare(old: Contents, new: Contents) -> Mapping[str, Changes]:
    """Compare two files of one dataset.

    :param old: what the older file says.
    :param new: what the newer file says.
    :returns: kind to its changes, of every kind that either file has.
    """
    return {kind: _compare(_entities(old, kind), _entities(new, kind)) for kind in sorted({*old.keys, *new.keys})}


def _said(record: Record) -> int:
    """Return a number for the values of a record, in whatever order: the sum of those of its cells."""
    cells = ((name, cell.text, cell.language) for name, cells in record.fields.items() for cell in cells)
    return int(np.fromiter(map(hash, cells), np.int64).sum())


def _said_in(batch: Batch) -> _Numbers:
    """Return the same numbers of the records of a batch."""
    said = np.zeros(len(batch.keys), np.int64)
    for name, _, language, separator, texts in batch.columns:
        values = [(at, value) for at, text in enumerate(texts) if text for value in values_in(text, separator)]
        numbers = np.fromiter((hash((name, value, language)) for _, value in values), np.int64, len(values))
        np.add.at(said, [at for at, _ in values], numbers)
    return said


def _entities(contents: Contents, kind: str) -> tuple[_Numbers, _Numbers]:
    """Return the key of every entity, sorted, and a number for all that is said of it, in whatever order."""
    keys = np.frombuffer(contents.keys.get(kind, array("q")), dtype=np.int64) ^ hash(contents.space)
    values = np.frombuffer(contents.values.get(kind, array("q")), dtype=np.int64)
    said = np.unique(np.stack((keys, values), axis=1), axis=0)
    if not len(said):
        return keys, values
    entities, starts = np.unique(said[:, 0], return_index=True)
    return entities, np.bitwise_xor.reduceat(said[:, 1], starts)


def _compare(old: tuple[_Numbers, _Numbers], new: tuple[_Numbers, _Numbers]) -> Changes:
    _, in_old, in_new = np.intersect1d(old[0], new[0], assume_unique=True, return_indices=True)
    kept = int(np.count_nonzero(old[1][in_old] == new[1][in_new]))
    both = len(in_old)
    return Changes(new=len(new[0]) - both, replaced=both - kept, kept=kept, retired=len(old[0]) - both)
