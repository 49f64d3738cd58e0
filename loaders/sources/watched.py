"""How far the reading of a file has come, told to whoever watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BufferedReader, FileIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Listener", "open_watched", "tell", "watching"]

#: Told of a file's name, the position in bytes, and the file's size. A file that is read twice begins anew.
Listener = Callable[[str, int, int], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def watching(listener: Listener) -> Iterator[None]:
    """Have every file that is opened within the context, in this thread, tell how far it is read.

    :param listener: what is told.
    """
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(name: str, position: int, size: int) -> None:
    """Tell whoever watches how far a file is read.

    :param name: name of the file.
    :param position: bytes that are read.
    :param size: number of its bytes.
    """
    listener = _listener.get()
    if listener is not None:
        listener(name, position, size)


def open_watched(path: Path, size: int) -> BufferedReader:
    """Open a file for reading.

    :param path: the file.
    :param size: number of its bytes.
    :returns: a stream that tells whoever watches; who opens it closes it.
    """
    listener = _listener.get()
    return path.open("rb") if listener is None else BufferedReader(_Watched(path, size, listener), 1 << 17)


class _Watched(FileIO):
    def __init__(self, path: Path, size: int, listener: Listener) -> None:
        super().__init__(path)
        self._shown, self._size, self._listener = path.name, size, listener

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        number = super().readinto(buffer)
        self._listener(self._shown, self.tell(), self._size)
        return number

    def readall(self) -> bytes:
        content = super().readall()
        self._listener(self._shown, self.tell(), self._size)
        return content
