"""One text for one content: N-Quads, each line once, sorted by code point."""

import hashlib
import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["write_canonical"]

#: Lines sorted in memory at a time; more go through files, so that memory does not grow with the graph.
RUN_LENGTH = 500_000


def write_canonical(lines: Iterable[str], path: Path) -> tuple[str, int]:
    """Write lines of N-Quads sorted and each once. They hold no blank nodes, whose names mean nothing.

    Values stay exactly as they are written ("1.50" stays "1.50"), which no store promises.

    :param lines: lines with their line ends, in any order, repeated or not.
    :param path: file to write.
    :returns: SHA-256 of the file in hexadecimal digits, and how many lines it has.
    """
    digest = hashlib.sha256()
    count = 0
    with (
        TemporaryDirectory(dir=path.parent, prefix=".sorting-") as folder,
        ExitStack() as stack,
        path.open("wb") as target,
    ):
        runs = [stack.enter_context(run.open(encoding="utf-8", newline="\n")) for run in _runs(lines, Path(folder))]
        previous = ""
        for line in heapq.merge(*runs):
            if line != previous:
                data = line.encode()
                digest.update(data)
                target.write(data)
                count += 1
                previous = line
    return digest.hexdigest(), count


def _runs(lines: Iterable[str], folder: Path) -> Iterator[Path]:
    source = iter(lines)
    number = 0
    while run := sorted(set(islice(source, RUN_LENGTH))):
        path = folder / str(number)
        path.write_text("".join(run), encoding="utf-8", newline="\n")
        number += 1
        yield path
