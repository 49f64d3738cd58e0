"""One text for one content: N-Quads, each line once, sorted by code point."""

import errno
import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

__all__ = ["Written", "write_canonical"]

#: Bytes sorted in memory at a time, at least; more goes through files, so that memory does not grow with the graph.
RUN_SIZE = 32 << 20
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
    digest = hashlib.sha256()
    size = count = 0
    with ExitStack() as stack, path.open("wb") as target:
        hashing = stack.enter_context(ThreadPoolExecutor(1))
        hashed: Future[None] | None = None
        for block in _ordered(lines, path.parent, stack):
            if hashed is not None:
                hashed.result()
            hashed = hashing.submit(digest.update, block)  # while the next one is made
            target.write(block)
            size += len(block)
            count += block.count(b"\n")
    return Written(digest.hexdigest(), size, count)


def _ordered(lines: Iterable[str], folder: Path, stack: ExitStack) -> Iterator[bytes]:
    runs = _runs(lines)
    first, second = next(runs, b""), next(runs, b"")
    if not second:
        return _blocks(first)
    sorting = _Sorting(Path(stack.enter_context(TemporaryDirectory(dir=folder, prefix=".sorting-"))), stack)
    for run in chain((first, second), runs):
        sorting.add(run)
    del first, second
    return sorting.merged()


def _runs(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the lines, as many at a time as are sorted together."""
    held: list[str] = []
    size = 0
    for text in lines:
        held.append(text)
        size += len(text)
        if size >= RUN_SIZE:
            yield "".join(held).encode()
            held.clear()
            size = 0
    if held:
        yield "".join(held).encode()


def _blocks(run: bytes) -> Iterator[bytes]:
    # Bytes of UTF-8 stand in the order of the code points that they write.
    if run:
        yield b"\n".join([line for line, _ in groupby(sorted(run.removesuffix(b"\n").split(b"\n")))]) + b"\n"


class _Sorting:
    """Sorts beside what makes the lines: ``sort`` of the system orders a run while the next one is being made.

    :param folder: where sorted runs wait.
    :param stack: ends processes that are still at work when it is left.
    """

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._files: list[Path] = []
        self._last: subprocess.Popen[bytes] | None = None

    def add(self, run: bytes) -> None:
        """Sort a run; the one before it is ready then.

        :param run: whole lines.
        """
        self._wait()
        self._files.append(self._folder / str(len(self._files)))
        self._last = self._start("-o", str(self._files[-1]))
        # Where it has ended already, what it said is raised when it is waited for.
        with suppress(BrokenPipeError), cast("IO[bytes]", self._last.stdin) as pipe:
            pipe.write(run)

    def merged(self) -> Iterator[bytes]:
        """Yield the lines of all runs in order and each once."""
        self._wait()
        self._last = self._start("-m", *map(str, self._files))
        while block := cast("IO[bytes]", self._last.stdout).read(_BLOCK):
            yield block
        self._wait()

    def _start(self, *options: str) -> "subprocess.Popen[bytes]":
        # By bytes, as the "C" locale has it.
        return self._stack.enter_context(
            subprocess.Popen(  # noqa: S603 - no word of it is data
                ["sort", "-u", "-T", str(self._folder), *options],  # noqa: S607 - wherever the system keeps it
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pipesize=1 << 20,
                env={**os.environ, "LC_ALL": "C"},
            )
        )

    def _wait(self) -> None:
        if self._last is None:
            return
        said = cast("IO[bytes]", self._last.stderr).read()
        if self._last.wait():
            raise OSError(errno.EIO, said.decode(errors="replace").strip())
