"""One text for one content: N-Quads, each line once, sorted by code point."""

import errno
import hashlib
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, cast

__all__ = ["Written", "begin_canonical", "write_blocks", "write_canonical"]

#: Bytes that are sorted here, at most; more is sorted by a process beside this one.
TEXT = 4 << 20
#: What that process holds in memory; what is beyond waits on disk, so that memory does not grow with the graph.
_MEMORY = "512M"
#: Bytes hashed and written at a time.
_BLOCK = 1 << 20


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
    :raises OSError: if the disk refuses.
    """
    with ThreadPoolExecutor(1) as pool:
        return begin_canonical(lines, path, pool).result()


def begin_canonical(lines: Iterable[str], path: Path, pool: Executor) -> Future[Written]:
    """Take lines of N-Quads, and let another thread write them as :func:`write_canonical` does.

    :param lines: as there.
    :param path: file to write.
    :param pool: who writes many lines; few are written at once.
    :returns: hash and size of the file, as soon as it is written.
    :raises OSError: if the disk refuses so far.
    """
    texts = _texts(lines)
    first, second = next(texts, b""), next(texts, b"")
    if second:
        blocks = _sorted_beside(chain((first, second), texts), path.parent)
        return pool.submit(write_blocks, chain((next(blocks),), blocks), path)
    written: Future[Written] = Future()
    written.set_result(write_blocks(_sorted_here(first), path))
    return written


def write_blocks(blocks: Iterable[bytes], path: Path) -> Written:
    """Write lines that are in order already.

    :param blocks: texts of whole lines, the next one made while one is hashed.
    :param path: file to write.
    :returns: hash and size of the file.
    :raises OSError: if the disk refuses.
    """
    digest = hashlib.sha256()
    size = count = 0
    with path.open("wb") as target, ThreadPoolExecutor(1) as hashing:
        hashed: Future[None] | None = None
        for block in blocks:
            if hashed is not None:
                hashed.result()
            hashed = hashing.submit(digest.update, block)  # while the next one is made
            target.write(block)
            size += len(block)
            count += block.count(b"\n")
    return Written(digest.hexdigest(), size, count)


def _texts(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the lines, many at a time."""
    held: list[str] = []
    size = 0
    for text in lines:
        held.append(text)
        size += len(text)
        if size >= TEXT:
            yield "".join(held).encode()
            held.clear()
            size = 0
    if held:
        yield "".join(held).encode()


def _sorted_here(text: bytes) -> Iterator[bytes]:
    # Bytes of UTF-8 stand in the order of the code points that they write.
    if text:
        yield b"\n".join([line for line, _ in groupby(sorted(text.removesuffix(b"\n").split(b"\n")))]) + b"\n"


def _sorted_beside(texts: Iterable[bytes], folder: Path) -> Iterator[bytes]:
    """Let ``sort`` of the system order the lines by their bytes, while those that follow are being made."""
    with (
        TemporaryDirectory(dir=folder, prefix=".sorting-") as beyond,
        TemporaryFile(dir=beyond) as said,
        subprocess.Popen(  # noqa: S603 - no word of it is data
            ["env", "LC_ALL=C", "sort", "-u", "-S", _MEMORY, "-T", beyond],  # noqa: S607 - wherever the system has it
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            pipesize=_BLOCK,
        ) as sorting,
    ):
        given, taken = cast("IO[bytes]", sorting.stdin), cast("IO[bytes]", sorting.stdout)
        with suppress(BrokenPipeError), given:  # where it has ended already, it has said why
            given.writelines(texts)
        while block := taken.read(_BLOCK):
            yield block
        if sorting.wait():
            said.seek(0)
            raise OSError(errno.EIO, said.read().decode(errors="replace").strip())
