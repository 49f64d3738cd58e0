"""How much memory work on all of a graph may take: more for a greater one, and never more than a machine can spare."""

from collections.abc import Iterable
from pathlib import Path

from graph_app.columns.database import FILE
from graph_app.columns.declined import ColumnsError

__all__ = ["memory_for_columns", "memory_for_text"]

#: Bytes that any graph may take, and that none may pass. What is beyond waits on disk.
_LEAST = 640 << 20
_MOST = 2 << 30

#: Measured on generated projects: at 100,000 (1.5 GB of text, columns of 30 MB) the least is enough, at ten times that
#: it is not, since some of what is sorted and grouped cannot wait on disk.
_BYTES_OF_TEXT = 8
_TIMES_COLUMNS = 6


def memory_for_text(contents: Iterable[Path]) -> int:
    """Return how many bytes to hold in memory while columns are made of text.

    :param contents: files of N-Quads.
    :raises ColumnsError: if one of them is not there.
    """
    try:
        size = sum(path.stat().st_size for path in contents)
    except OSError as error:
        raise ColumnsError(f"{error.filename} cannot be read: {error.strerror}") from error
    return _between(size // _BYTES_OF_TEXT)


def memory_for_columns(path: Path) -> int:
    """Return how many bytes to hold in memory while all of some columns is read, or much of them changed.

    :param path: folder of the columns.
    :raises ColumnsError: if there are none.
    """
    try:
        size = (path / FILE).stat().st_size
    except OSError as error:
        raise ColumnsError(f"The columns {path} cannot be opened: {error.strerror}") from error
    return _between(size * _TIMES_COLUMNS)


def _between(size: int) -> int:
    return min(max(size, _LEAST), _MOST)
