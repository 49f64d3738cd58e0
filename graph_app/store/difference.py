"""What to do to a store that holds one content, so that it holds another."""

import heapq
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

__all__ = ["Change", "changes", "subject_and_predicate"]


class Change(NamedTuple):
    """What changes about one subject and predicate, as lines of N-Quads.

    :param removed: what only the old content holds.
    :param added: what only the new content holds.
    :param kept: what both hold. A store does not tell ``1.50`` from ``1.5``: removing a line may take away what another
        line also says, which is put back with these.
    """

    removed: set[bytes]
    added: set[bytes]
    kept: set[bytes]


def changes(old: Path | None, new: Path | None) -> Iterator[Change]:
    """Compare two files of canonical N-Quads, each read once.

    :param old: the old file, or ``None`` for one without lines.
    :param new: the new file, or ``None`` for one without lines.
    :returns: what changes, by subject and predicate; nothing for those that stay as they are.
    """
    sides = heapq.merge(_groups(old, new=False), _groups(new, new=True), key=itemgetter(0))
    for _, found in groupby(sides, key=itemgetter(0)):
        before: set[bytes] = set()
        after: set[bytes] = set()
        for _, of_new, lines in found:
            (after if of_new else before).update(lines)
        if before != after:
            yield Change(before - after, after - before, before & after)


def _groups(path: Path | None, *, new: bool) -> Iterator[tuple[bytes, bool, list[bytes]]]:
    """Yield the lines of a file by subject and predicate; sorted lines have those of one beside each other."""
    if path is None:
        return
    with path.open("rb") as file:
        for key, lines in groupby(file, key=subject_and_predicate):
            yield key, new, list(lines)


def subject_and_predicate(line: bytes) -> bytes:
    """Return the beginning of a line of canonical N-Quads, with the space behind its predicate.

    :param line: the line.
    """
    return line[: line.index(b" ", line.index(b" ") + 1) + 1]
