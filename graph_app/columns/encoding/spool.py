"""What is read waits on disk until all of it is there: words, and statements as numbers of words."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["WORDS", "Numbers", "Spool"]

#: A word is a term as one block of lines writes it.
WORDS = pa.schema(
    [("word", pa.int32()), ("form", pa.uint8())] + [(name, pa.large_string()) for name in ("lex", "datatype", "lang")]
)
Numbers = npt.NDArray[np.int32]

#: Numbers of a statement: subject, predicate, object, and graph.
_WIDTH = 4
#: Statements read back at a time.
_CHUNK = 1 << 20


class Spool:
    """Holds words and statements, in the order in which they come.

    :param folder: an empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written = pa.OSFile(str(folder / "words"), "wb")
        self._words = pa.ipc.new_stream(self._written, WORDS)
        self._statements: dict[str, BinaryIO] = {}
        #: Statements of each table.
        self.counts: defaultdict[str, int] = defaultdict(int)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the files go."""
        self._close()

    def add(self, table: str, words: pa.Table, statements: Numbers) -> None:
        """Add a block.

        :param table: which statements they are.
        :param words: its words.
        :param statements: a row a statement.
        :raises OSError: if the disk refuses.
        """
        self._words.write_table(words)
        if table not in self._statements:
            self._statements[table] = (self._folder / table).open("wb")
        statements.tofile(self._statements[table])
        self.counts[table] += len(statements)

    def words(self) -> pa.RecordBatchReader:
        """Read all words once; nothing can be added any more.

        :raises OSError: if the disk refuses.
        """
        self._close()
        return pa.ipc.open_stream(pa.OSFile(str(self._folder / "words"), "rb"))

    def statements(self, table: str) -> Iterator[Numbers]:
        """Read all statements once, many at a time; nothing can be added any more.

        :param table: which.
        :returns: a row a statement.
        :raises OSError: if the disk refuses.
        """
        self._close()
        if not self.counts[table]:
            return
        with (self._folder / table).open("rb") as stream:
            while len(read := np.fromfile(stream, np.int32, _CHUNK * _WIDTH)):
                yield read.reshape(-1, _WIDTH)

    def _close(self) -> None:
        if not self._written.closed:
            self._words.close()
            self._written.close()
        for stream in self._statements.values():
            stream.close()
