"""The text that makes a store: each statement in its named graph, and once more without."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

__all__ = ["UnionText"]

#: Bytes of content in a part. The store holds a part in memory, some fifteen times as large; with parts of a tenth, it
#: needs half as long again.
_PART = 24 << 20


class UnionText:
    """Files of N-Quads as a text in parts, in which every line is followed by its triple, for the default graph.

    The default graph so is the union of all graphs. Oxigraph's own union gives a statement of two graphs twice, and
    counts and sums with it.

    :param paths: the files; every line names its graph.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        #: Where the files begin in the current part: file, its line, and the line of the part, all counted from 0.
        self._starts: list[tuple[Path, int, int]] = []

    def __iter__(self) -> Iterator[bytes]:
        """Yield the parts; lines of several small files stand in one."""
        held: list[bytes] = []
        size = 0
        for path in self._paths:
            count = 0
            with path.open("rb") as file:
                while lines := file.readlines(_PART - size):
                    self._starts.append((path, count, len(held)))
                    count += len(lines)
                    held += lines
                    size += sum(map(len, lines))
                    if size >= _PART:
                        yield b"".join(_with_triples(held))
                        held, size = [], 0
                        self._starts.clear()
        if held:
            yield b"".join(_with_triples(held))

    def place(self, line: int) -> tuple[Path, int]:
        """Return the file and line that a line of the current part is made of.

        :param line: its number, from 1 on.
        """
        index = (line - 1) // 2
        path, count, start = next(entry for entry in reversed(self._starts) if entry[2] <= index)
        return path, count + index - start + 1


def _with_triples(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line
        # A blank line gives another one, so that numbers of lines can be told.
        yield line[: line.rfind(b" <")] + b" .\n" if line != b"\n" else line
