"""Read large files in a process beside the one that maps what they say: each has a processor of its own."""

import fcntl
import multiprocessing
import os
import pickle
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from loaders.errors import SourceError
from loaders.sources.watched import tell, watching

if TYPE_CHECKING:
    from collections.abc import Callable

    from loaders.datasets import Dataset

__all__ = ["read_beside"]

#: Bytes of files for which a second process is not worth its start.
SMALL = 4 << 20
#: Bytes that the reading may be ahead, where the system lets a pipe hold them.
_AHEAD = 1 << 20

_Item = TypeVar("_Item")
#: What comes through the pipe: an item, how far a file is read, or the error at the end.
_ITEM, _FAR, _ERROR = range(3)


def read_beside(read: "Callable[[Path, Dataset], Iterator[_Item]]", path: Path, dataset: "Dataset") -> Iterator[_Item]:
    """Read a file or folder, in a process of its own where that is quicker and safe.

    A copy of a process has none of its other threads, and what they held stays held. So a server, which works in
    threads, reads by itself; the main thread of a command has none beside it but what draws its progress, and what
    writes away the file before, and the copy does neither.

    :param read: the reader.
    :param path: the file or folder.
    :param dataset: what it is.
    :returns: what the reader yields.
    :raises SourceError: as the reader does, or if the process ends before the reader.
    """
    command = threading.current_thread() is threading.main_thread()
    if command and hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and _size(path) > SMALL:
        return _beside(read, path, dataset)
    return read(path, dataset)


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in (path.iterdir() if path.is_dir() else [path]) if file.is_file())


def _beside(read: "Callable[[Path, Dataset], Iterator[_Item]]", path: Path, dataset: "Dataset") -> Iterator[_Item]:
    context = multiprocessing.get_context("fork")
    taken, given = context.Pipe(duplex=False)
    with suppress(AttributeError, OSError):  # Linux alone can, and not for everybody at any time
        fcntl.fcntl(given.fileno(), fcntl.F_SETPIPE_SZ, _AHEAD)
    process = context.Process(target=_give, args=(read, path, dataset, taken, given), daemon=True)
    process.start()
    given.close()
    try:
        while True:
            kind, said = pickle.loads(taken.recv_bytes())  # noqa: S301 - written by a copy of this process
            if kind == _ITEM:
                yield said
            elif kind == _FAR:
                tell(*said)
            elif said is None:
                return
            else:
                raise said
    except EOFError:
        process.join()
        raise SourceError(f"Reading {path.name} was broken off (exit code {process.exitcode}). Try again.") from None
    finally:
        taken.close()
        process.kill()
        process.join()


def _give(
    read: "Callable[[Path, Dataset], Iterator[_Item]]",
    path: Path,
    dataset: "Dataset",
    taken: Connection,
    given: Connection,
) -> None:
    """Send what a reader yields, and then how it ended."""
    taken.close()

    def send(kind: int, said: object) -> None:
        given.send_bytes(pickle.dumps((kind, said), pickle.HIGHEST_PROTOCOL))

    shown: tuple[str, int] | None = None

    def send_far(name: str, position: int, size: int) -> None:
        nonlocal shown
        percent = name, 100 * position // max(size, 1)
        if percent != shown:  # each message costs, and nobody sees smaller steps
            shown = percent
            send(_FAR, (name, position, size))

    error: Exception | None = None
    try:
        with watching(send_far):
            for item in read(path, dataset):
                send(_ITEM, item)
    except BrokenPipeError:  # nobody wants the rest
        return
    except Exception as raised:  # noqa: BLE001 - raised again where it is asked for
        raised.add_note(f"It was raised in a process beside:\n{traceback.format_exc()}")
        error = raised
    send(_ERROR, error)
