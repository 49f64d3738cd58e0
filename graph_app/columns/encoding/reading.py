"""Stream files of N-Quads into words and statements of their numbers, in one pass."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from graph_app.columns.declined import ColumnsError
from graph_app.columns.encoding.lines import canonical
from graph_app.columns.encoding.pieces import STOP, Pieces, cut
from graph_app.columns.encoding.spool import Numbers, Spool
from graph_app.columns.encoding.words import is_graph, read_words

__all__ = ["Intake", "read_files", "read_lines"]

#: Bytes of text taken at a time.
_BLOCK = 8 << 20

#: Blocks that are cut while one is taken in.
_AHEAD = 2


@dataclass(slots=True)
class Intake:
    """Where statements go.

    A term may be several words, each with a number of its own, so that a block needs to know nothing of those before.

    :param spool: where words and statements wait.
    :param words: how many numbers words have taken so far.
    """

    spool: Spool
    words: int = 0
    _graphs: dict[str, int] = field(default_factory=dict)
    _table: str = ""

    def begin(self, table: str) -> None:
        """Let the statements that follow go into a new table.

        :param table: its name.
        """
        self._table = table

    def take(self, block: bytes, pieces: Pieces | None, name: str, first: int) -> int:
        """Take in a block of lines.

        :param block: whole lines.
        :param pieces: its pieces.
        :param name: name of their file, for the error.
        :param first: number of the first line.
        :returns: how many lines it has.
        :raises ColumnsError: at the first line that is not N-Quads.
        """
        if pieces is not None and self._taken(pieces):
            return len(pieces.codes)
        lines = block.count(b"\n")
        block = canonical(block, name, first)
        if block and not self._taken(cut(block)):
            raise ColumnsError(f"{name} cannot be encoded from line {first} on.")
        return lines

    def _taken(self, pieces: Pieces | None) -> bool:
        if pieces is None:
            return False
        graphs = self._graph_numbers(pieces)
        used = np.zeros(len(pieces.texts), np.bool_)
        used[pieces.codes[:, :3]] = True
        places = np.flatnonzero(used)
        if graphs is None or (words := read_words(pieces.texts, places, self.words)) is None:
            return False
        codes = pieces.codes + np.int32(self.words)
        codes[:, 3] = graphs
        self.spool.add(self._table, words, codes)
        self.words += len(pieces.texts)
        return True

    def _graph_numbers(self, pieces: Pieces) -> Numbers | None:
        """Return the number of each statement's graph, which is only ever counted, or none if one is no graph."""
        marks = np.zeros(len(pieces.texts), np.bool_)
        marks[pieces.codes[:, 3]] = True
        places = np.flatnonzero(marks)
        texts = [text[: -len(STOP)] for text in pieces.texts.take(pa.array(places)).to_pylist()]
        if not all(map(is_graph, texts)):
            return None
        numbers = np.zeros(len(pieces.texts), np.int32)
        numbers[places] = [self._graphs.setdefault(text, len(self._graphs)) for text in texts]
        return numbers[pieces.codes[:, 3]]


def read_files(intake: Intake, table: str, contents: tuple[Path, ...]) -> None:
    """Take in whole files.

    :param intake: where statements go.
    :param table: name of the table of their numbers.
    :param contents: files of N-Quads.
    :raises ColumnsError: if a file cannot be read or is not N-Quads.
    """
    intake.begin(table)
    for path in contents:
        try:
            _read_blocks(intake, _blocks(path), str(path))
        except OSError as error:
            raise ColumnsError(f"{path} cannot be read: {error}") from error


def read_lines(intake: Intake, table: str, texts: Iterable[bytes]) -> None:
    """Take in lines.

    :param intake: where statements go.
    :param table: name of the table of their numbers.
    :param texts: lines of N-Quads, each by itself or many in one text.
    :raises ColumnsError: if one is not N-Quads.
    """
    intake.begin(table)
    _read_blocks(intake, _gathered(texts), f"The change, {table}")


def _read_blocks(intake: Intake, blocks: Iterable[bytes], name: str) -> None:
    first = 1
    for block, pieces in _cut_ahead(blocks):
        first += intake.take(block, pieces, name, first)


def _gathered(texts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield whole lines, many at a time."""
    held: list[bytes] = []
    size = 0
    for text in texts:
        held.append(text if text.endswith(b"\n") else text + b"\n")
        size += len(text)
        if size >= _BLOCK:
            yield b"".join(held)
            held.clear()
            size = 0
    if held:
        yield b"".join(held)


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield whole lines, many at a time; the last one gets its line feed where it has none."""
    rest: list[bytes] = []
    with path.open("rb") as stream:
        while read := stream.read(_BLOCK):
            end = read.rfind(b"\n") + 1
            if end:
                yield b"".join([*rest, read[:end]])
                rest = [read[end:]]
            else:
                rest.append(read)
    last = b"".join(rest)
    if last:
        yield last if last.endswith(b"\r") else last + b"\n"


def _cut_ahead(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, Pieces | None]]:
    """Yield blocks with their pieces, while those that follow are cut."""
    with ThreadPoolExecutor(_AHEAD) as pool:
        coming: deque[tuple[bytes, Future[Pieces | None]]] = deque()
        for block in blocks:
            coming.append((block, pool.submit(cut, block)))
            if len(coming) > _AHEAD:
                taken, cutting = coming.popleft()
                yield taken, cutting.result()
        for taken, cutting in coming:
            yield taken, cutting.result()
