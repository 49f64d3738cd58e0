"""Change a few lines of a file of canonical N-Quads: all else is copied as it is, and not read line by line."""

import mmap
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from graph_app.store.canonical import Written, write_blocks
from graph_app.store.difference import Change, subject_and_predicate

__all__ = ["Revised", "revise"]

#: Bytes copied at a time.
_BLOCK = 4 << 20

_Text = mmap.mmap | bytes


@dataclass(frozen=True, slots=True)
class Revised:
    """What became of a file.

    :param before: hash of the file as it was.
    :param written: what was written in its place.
    :param changes: what differs, by subject and predicate.
    """

    before: str
    written: Written
    changes: tuple[Change, ...]


def revise(old: Path, new: Path, removed: Iterable[bytes], added: Iterable[bytes]) -> Revised:
    """Write a file anew, without some lines and with others.

    :param old: the file.
    :param new: the file to write.
    :param removed: lines to remove; one that is not there is passed over.
    :param added: lines to add; one that is there already is passed over.
    :returns: what was written, and what it changes.
    :raises OSError: if the disk refuses.
    """
    less, more = set(removed), set(added)
    with old.open("rb") as stream, ThreadPoolExecutor(1) as hashing:
        # An empty file cannot be mapped.
        text = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if old.stat().st_size else b""
        before = hashing.submit(lambda: sha256(text).hexdigest())
        edits = tuple(_edits(text, less, more))
        written = write_blocks(_blocks(text, edits), new)
        return Revised(before.result(), written, tuple(change for _, _, change in edits))


def _edits(text: _Text, removed: set[bytes], added: set[bytes]) -> Iterator[tuple[int, int, Change]]:
    """Give where lines of one subject and predicate change: from where to where they stand, and the change."""
    end = 0
    for key, lines in groupby(sorted(removed | added), key=subject_and_predicate):
        start = _place(text, key, end)
        end = start
        while text[end : end + len(key)] == key:
            end = _line_end(text, end)
        before = set(text[start:end].splitlines(keepends=True))
        after = (before - removed) | (set(lines) & added)
        if before != after:
            yield start, end, Change(before - after, after - before, before & after)


def _place(text: _Text, key: bytes, low: int) -> int:
    """Return where the first line stands that is not less than a key, from a place on."""
    high = len(text)
    while low < high:
        middle = (low + high) // 2
        start = text.rfind(b"\n", low, middle) + 1 or low
        if text[start : start + len(key)] < key:
            low = _line_end(text, middle)
        else:
            high = start
    return low


def _line_end(text: _Text, place: int) -> int:
    return text.find(b"\n", place) + 1 or len(text)


def _blocks(text: _Text, edits: Iterable[tuple[int, int, Change]]) -> Iterator[bytes]:
    done = 0
    for start, end, change in edits:
        yield from _copied(text, done, start)
        yield b"".join(sorted(change.added | change.kept))
        done = end
    yield from _copied(text, done, len(text))


def _copied(text: _Text, start: int, end: int) -> Iterator[bytes]:
    for place in range(start, end, _BLOCK):
        yield text[place : min(place + _BLOCK, end)]
