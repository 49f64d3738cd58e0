"""One text for one content: N-Quads, each line once, sorted by code point."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

__all__ = ["Written", "write_canonical"]

#: Lines sorted in memory at a time; more go through files, so that memory does not grow with the graph.
RUN_LENGTH = 150_000
#: Bytes read at a time from each file of sorted lines.
_BLOCK = 64 << 10
#: Lines joined before they are hashed and written.
_BATCH = 5_000
#: Characters encoded at a time, at least; a text may be a line, or all that thousands of records say.
_TEXT = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    :param sha256: hash of the file in hexadecimal digits.
    :param size: its bytes.
    :param lines: its lines.
    """

    sha256: str
    size: int
    lines: int


def write_canonical(lines: Iterable[str], path: Path) -> Written:
    """Write lines of N-Quads sorted and each once. They hold no blank nodes, whose names mean nothing.

    Values stay exactly as they are written ("1.50" stays "1.50"), which no store promises.

    :param lines: lines with their line ends, in any order, repeated or not; each text is one line or several.
    :param path: file to write.
    :returns: hash and size of the file.
    """
    digest = hashlib.sha256()
    size = count = 0
    with ExitStack() as stack, path.open("wb") as target:
        ordered = iter(_ordered(lines, path, stack))
        while batch := list(islice(ordered, _BATCH)):
            data = b"".join(batch)
            digest.update(data)
            target.write(data)
            size += len(data)
            count += len(batch)
    return Written(digest.hexdigest(), size, count)


def _ordered(lines: Iterable[str], path: Path, stack: ExitStack) -> Iterable[bytes]:
    # Bytes of UTF-8 stand in the order of the code points that they write, and take less memory than text.
    source = _encoded(lines)
    first = _sorted_once(islice(source, RUN_LENGTH))
    following = next(source, None)
    if following is None:
        return first
    source = chain((following,), source)
    folder = Path(stack.enter_context(TemporaryDirectory(dir=path.parent, prefix=".sorting-")))
    runs = [_kept(first, folder / "0")]
    del first
    while run := _sorted_once(islice(source, RUN_LENGTH)):
        runs.append(_kept(run, folder / str(len(runs))))
    return chain.from_iterable(_merged([stack.enter_context(run.open("rb")) for run in runs]))


def _encoded(texts: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _TEXT:
            yield from _lines(held)
            held.clear()
            size = 0
    yield from _lines(held)


def _lines(texts: list[str]) -> Iterator[bytes]:
    return BytesIO("".join(texts).encode())  # which knows no line end but \n, unlike text


def _sorted_once(lines: Iterable[bytes]) -> list[bytes]:
    return [line for line, _ in groupby(sorted(lines))]


def _kept(run: list[bytes], path: Path) -> Path:
    with path.open("wb") as file:
        file.writelines(run)
    return path


def _merged(runs: Iterable[BinaryIO]) -> Iterator[list[bytes]]:
    """Yield the lines of sorted runs in order and each once, as many at a time as are certain to come next.

    That is up to the smallest line that ends a block: no line that is still to be read stands before it.
    """
    blocks = {run: block for run in runs if (block := run.readlines(_BLOCK))}
    while blocks:
        last = min(block[-1] for block in blocks.values())
        taken: list[bytes] = []
        for run, block in list(blocks.items()):
            end = bisect_right(block, last)
            taken += block[:end]
            del block[:end]
            if not block:
                blocks[run] = run.readlines(_BLOCK)
                if not blocks[run]:
                    del blocks[run]
        yield _sorted_once(taken)
