"""Stream files of N-Quads into two tables of numbers and words, in one pass."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph_app.columns.declined import ColumnsError
from graph_app.columns.encoding.lines import canonical
from graph_app.columns.encoding.pieces import STOP, Pieces, cut
from graph_app.columns.encoding.words import add_words, is_graph

__all__ = ["Intake", "read_files", "read_lines"]

#: Bytes of text taken at a time.
_BLOCK = 16 << 20

_WORDS = "CREATE TEMP TABLE word (word INTEGER, form UTINYINT, lex VARCHAR, datatype VARCHAR, lang VARCHAR)"
_QUADS = "CREATE TEMP TABLE {} (s INTEGER, p INTEGER, o INTEGER, g INTEGER)"

_Item = TypeVar("_Item")


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
        if graphs is None or not add_words(self.connection, pieces.texts, places, self._words):
            return False
        codes = pieces.codes + np.int32(self._words)
        quads = pa.table({"s": codes[:, 0], "p": codes[:, 1], "o": codes[:, 2], "g": graphs})
        self.connection.from_arrow(quads).insert_into(f"temp.{self._table}")
        self._words += len(pieces.texts)
        return True

    def _graph_numbers(self, pieces: Pieces) -> npt.NDArray[np.int32] | None:
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
    for block, pieces in ahead((block, cut(block)) for block in blocks):
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


def ahead(items: Iterator[_Item]) -> Iterator[_Item]:
    """Yield items while a second thread makes the next one.

    :param items: what to yield.
    """
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item
