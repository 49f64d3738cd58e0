"""One text for one content: N-Quads, each line once, sorted by code point."""

import errno
import hashlib
import subprocess
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, cast

__all__ = ["Written", "begin_canonical", "behind", "write_canonical"]

#: Bytes that are sorted here, at most; more is sorted by a process beside this one.
TEXT = 4 << 20
#: What that process holds in memory; what is beyond waits on disk, so that memory does not grow with the graph.
_MEMORY = "512M"
#: Bytes that wait for that process, and bytes of what it has written that are hashed at a time.
_PIPE, _BLOCK = 1 << 20, 16 << 20


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
        return pool.submit(_Sorting(path, chain((first, second), texts)).written)
    written: Future[Written] = Future()
    text = _sorted_here(first)
    path.write_bytes(text)
    written.set_result(Written(hashlib.sha256(text).hexdigest(), len(text), text.count(b"\n")))
    return written


def behind(take: Callable[[bytes], object], blocks: Iterable[bytes]) -> None:
    """Have another thread take each block while the next one is made here.

    :param take: takes a block; what it raises is raised here.
    :param blocks: the blocks.
    """
    with ThreadPoolExecutor(1) as pool:
        taking: Future[object] | None = None
        for block in blocks:
            if taking is not None:
                taking.result()
            taking = pool.submit(take, block)
        if taking is not None:
            taking.result()


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


def _sorted_here(text: bytes) -> bytes:
    # Bytes of UTF-8 stand in the order of the code points that they write.
    lines = sorted(text.removesuffix(b"\n").split(b"\n")) if text else []
    return b"".join([line + b"\n" for line, _ in groupby(lines)])


class _Sorting:
    """Lets ``sort`` of the system order lines by their bytes, while those that follow are being made.

    :param path: file that it writes.
    :param texts: the lines.
    :raises OSError: if it cannot be started.
    """

    def __init__(self, path: Path, texts: Iterable[bytes]) -> None:
        self._path = path
        with ExitStack() as held:
            beyond = held.enter_context(TemporaryDirectory(dir=path.parent, prefix=".sorting-"))
            self._said = held.enter_context(TemporaryFile(dir=beyond))
            command = ["env", "LC_ALL=C", "sort", "-u", "-S", _MEMORY, "-T", beyond, "-o", str(path)]
            self._process = held.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stderr=self._said, pipesize=_PIPE)  # noqa: S603 - no word of it is data
            )
            held.callback(self._process.kill)
            given = cast("IO[bytes]", self._process.stdin)
            with suppress(BrokenPipeError), given:  # where it has ended already, it has said why
                behind(given.write, texts)
            self._held = held.pop_all()

    def written(self) -> Written:
        """Wait for the file.

        :returns: hash and size of it.
        :raises OSError: if it could not be written.
        """
        with self._held:
            if self._process.wait():
                self._said.seek(0)
                raise OSError(errno.EIO, self._said.read().decode(errors="replace").strip())
            return _look_at(self._path)


def _look_at(path: Path) -> Written:
    # Large blocks: between any two of them this thread waits until the one that makes lines lets it go on.
    digest, buffer = hashlib.sha256(), bytearray(_BLOCK)
    size = count = 0
    with path.open("rb", buffering=0) as stream:
        while read := stream.readinto(buffer):
            digest.update(memoryview(buffer)[:read])
            size += read
            count += buffer.count(b"\n", 0, read)
    return Written(digest.hexdigest(), size, count)
