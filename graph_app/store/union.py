"""The text that makes a store: each statement in its named graph, and once more without."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["UnionPart", "union_text"]

#: Bytes of content in a part. The store holds a part in memory, some fifteen times as large; with much smaller parts it
#: needs longer.
PART = 6 << 20


@dataclass(frozen=True, slots=True)
class UnionPart:
    """Lines of content, each followed by its triple.

    :param text: the lines.
    :param starts: where files begin in it: file, its line, and the line of content, all counted from 0.
    """

    text: bytes
    starts: tuple[tuple[Path, int, int], ...]

    def place(self, line: int | None) -> str:
        """Say which file and line a line of the text is made of.

        :param line: its number, from 1 on; without, all files of the part are named.
        """
        if line is None:
            return ", ".join(path.name for path, _, _ in self.starts)
        index = (line - 1) // 2
        path, count, start = next(entry for entry in reversed(self.starts) if entry[2] <= index)
        return f"{path.name}, line {count + index - start + 1}"


def union_text(paths: Sequence[Path]) -> Iterator[UnionPart]:
    """Read files of N-Quads as a text in parts, in which every line is followed by its triple, for the default graph.

    The default graph so is the union of all graphs. Oxigraph's own union gives a statement of two graphs twice, and
    counts and sums with it.

    :param paths: the files; every line names its graph.
    :returns: the parts; lines of several small files stand in one.
    """
    held: list[bytes] = []
    starts: list[tuple[Path, int, int]] = []
    size = 0
    for path in paths:
        count = 0
        with path.open("rb") as file:
            while lines := file.readlines(PART - size):
                starts.append((path, count, len(held)))
                count += len(lines)
                held += lines
                size += sum(map(len, lines))
                if size >= PART:
                    yield UnionPart(b"".join(_with_triples(held)), tuple(starts))
                    held, starts, size = [], [], 0
    if held:
        yield UnionPart(b"".join(_with_triples(held)), tuple(starts))


def _with_triples(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line
        # A blank line gives another one, so that numbers of lines can be told.
        yield line[: line.rfind(b" <")] + b" .\n" if line != b"\n" else line
