"""The text that makes a store: each statement in its named graph, and once more without."""

from collections.abc import Iterable, Iterator, Sequence
from io import RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["UnionReader"]

#: Bytes of content that are doubled at a time.
_BATCH = 1 << 18


class UnionReader(RawIOBase):
    """Reads files of N-Quads as one text in which every line is followed by its triple, for the default graph.

    The default graph so is the union of all graphs. Oxigraph's own union gives a statement of two graphs twice, and
    counts and sums with it. Written to a file first, the text would be read from disk again; loaded in two turns, the
    store would be made twice.

    :param paths: the files; every line names its graph.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self._starts: list[tuple[Path, int]] = []
        self._batches = self._doubled(paths)
        self._batch = memoryview(b"")

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Read on.

        :param buffer: where to put what is read.
        :returns: how many bytes were read, none at the end.
        """
        while not self._batch:
            batch = next(self._batches, None)
            if batch is None:
                return 0
            self._batch = memoryview(batch)
        space = memoryview(buffer).cast("B")
        count = min(len(space), len(self._batch))
        space[:count], self._batch = self._batch[:count], self._batch[count:]
        return count

    def place(self, line: int) -> tuple[Path, int]:
        """Return the file and line that a line of this text is made of.

        :param line: its number, from 1 on.
        """
        index = (line - 1) // 2
        path, start = next(entry for entry in reversed(self._starts) if entry[1] <= index)
        return path, index - start + 1

    def _doubled(self, paths: Sequence[Path]) -> Iterator[bytes]:
        count = 0
        for path in paths:
            self._starts.append((path, count))
            with path.open("rb") as file:
                while lines := file.readlines(_BATCH):
                    count += len(lines)
                    yield b"".join(_with_triples(lines))


def _with_triples(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line
        # A blank line gives another one, so that numbers of lines can be told.
        yield line[: line.rfind(b" <")] + b" .\n" if line != b"\n" else line
