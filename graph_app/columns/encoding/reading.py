"""Stream files of N-Quads into two tables of numbers and words, in one pass."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_app.columns.declined import ColumnsError
from graph_app.columns.encoding.lines import canonical
from graph_app.columns.encoding.pieces import STOP, Pieces, cut
from graph_app.columns.encoding.words import is_graph, read_words

__all__ = ["Intake", "read_files", "read_lines"]

#: Bytes of text taken at a time.
_BLOCK = 8 << 20
#: Threads that read text.
_THREADS = 2

_WORDS = "CREATE TEMP TABLE word (word INTEGER, form UTINYINT, lex VARCHAR, datatype VARCHAR, lang VARCHAR)"
_QUADS = "CREATE TEMP TABLE {} (s INTEGER, p INTEGER, o INTEGER, g INTEGER)"

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True, eq=False)
class _Taken:
    """What a block of lines comes to.

    :param words: its terms, a row each, numbered from zero.
    :param codes: a row a statement: the numbers of its subject, predicate and object.
    :param graphs: names of its graphs.
    :param graph: the place of each statement's graph among them.
    """

    words: list[pa.Table]
    codes: npt.NDArray[np.int32]
    graphs: list[str]
    graph: npt.NDArray[np.int32]


@dataclass(slots=True)
class Intake:
    """Where statements go: a table of words and one of their numbers.

    A term may be several words, each with a number of its own, so that a block needs to know nothing of those before.

    :param connection: the columns.
    """

    connection: duckdb.DuckDBPyConnection
    _words: int = 0
    _graphs: dict[str, int] = field(default_factory=dict)
    _table: str = ""

    def __post_init__(self) -> None:
        self.connection.execute(_WORDS)

    def begin(self, table: str) -> None:
        """Let the statements that follow go into a new table.

        :param table: its name.
        """
        self._table = table
        self.connection.execute(_QUADS.format(table))

    def read(self, block: bytes) -> _Taken | None:
        """Read a block of lines, in any thread.

        :param block: whole lines.
        :returns: what it comes to, or none where it is not written as the quick way reads it.
        """
        pieces = cut(block)
        if pieces is None:
            return None
        graphs = _graphs(pieces)
        used = np.zeros(len(pieces.texts), np.bool_)
        used[pieces.codes[:, :3]] = True
        with self.connection.cursor() as own:
            words = read_words(own, pieces.texts, np.flatnonzero(used))
        return None if graphs is None or words is None else _Taken(words, pieces.codes[:, :3], *graphs)

    def take(self, block: bytes, taken: _Taken | None, name: str, first: int) -> int:
        """Take in a block of lines.

        :param block: whole lines.
        :param taken: what reading it gave.
        :param name: name of their file, for the error.
        :param first: number of the first line.
        :returns: how many lines it has.
        :raises ColumnsError: at the first line that is not N-Quads.
        """
        if taken is not None:
            self._add(taken)
            return len(taken.codes)
        lines = block.count(b"\n")
        block = canonical(block, name, first)
        if block:
            taken = self.read(block)
            if taken is None:
                raise ColumnsError(f"{name} cannot be encoded from line {first} on.")
            self._add(taken)
        return lines

    def _add(self, taken: _Taken) -> None:
        for words in taken.words:
            if words.num_rows:
                numbers = pc.add(words["word"], pa.scalar(self._words, pa.int32()))
                self.connection.from_arrow(words.set_column(0, "word", numbers)).insert_into("temp.word")
        codes = taken.codes + np.int32(self._words)
        numbers = np.array([self._graphs.setdefault(text, len(self._graphs)) for text in taken.graphs], np.int32)
        quads = pa.table({"s": codes[:, 0], "p": codes[:, 1], "o": codes[:, 2], "g": numbers[taken.graph]})
        self.connection.from_arrow(quads).insert_into(f"temp.{self._table}")
        self._words += int(taken.codes.max()) + 1


def _graphs(pieces: Pieces) -> tuple[list[str], npt.NDArray[np.int32]] | None:
    """Return the names of graphs and the place of each statement's, or none if one is no graph."""
    marks = np.zeros(len(pieces.texts), np.bool_)
    marks[pieces.codes[:, 3]] = True
    places = np.flatnonzero(marks)
    texts = [text[: -len(STOP)] for text in pieces.texts.take(pa.array(places)).to_pylist()]
    if not all(map(is_graph, texts)):
        return None
    numbers = np.zeros(len(pieces.texts), np.int32)
    numbers[places] = np.arange(len(places))
    return texts, numbers[pieces.codes[:, 3]]


def read_files(intake: Intake, contents: tuple[Path, ...]) -> None:
    """Take in whole files.

    :param intake: where statements go.
    :param contents: files of N-Quads.
    :raises ColumnsError: if a file cannot be read or is not N-Quads.
    """
    intake.begin("quad")
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
    for block, taken in ahead(lambda block: (block, intake.read(block)), blocks):
        first += intake.take(block, taken, name, first)


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


def ahead(work: Callable[[_Item], _Made], items: Iterable[_Item]) -> Iterator[_Made]:
    """Yield what comes of items, in their order, while other threads work on those that follow.

    :param work: what is done with an item.
    :param items: the items.
    """
    with ThreadPoolExecutor(_THREADS) as pool:
        coming: deque[Future[_Made]] = deque()
        for item in items:
            coming.append(pool.submit(work, item))
            if len(coming) > _THREADS:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
