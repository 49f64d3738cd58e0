"""The log of a draft: one line a change, on disk before anybody is told; a last line that was torn never was."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from graph_app.journal.disk import write_whole
from graph_app.journal.events import canonical
from graph_app.stewardship.errors import Refused, StewardshipError

__all__ = ["DraftLog", "Entry", "line_of"]

Entry = Mapping[str, Any]
#: Bytes beyond which nobody edits by hand.
_LARGEST = 20_000_000
_BLOCK = 4_096


class DraftLog:
    """A file of lines that is only ever added to; may be used by several threads and processes.

    :param path: the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> list[Entry]:
        """Return the lines that were acknowledged, and perhaps one that was about to be.

        :raises StewardshipError: if the file cannot be read, or was changed by something other than this program.
        """
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise StewardshipError(
                "The draft cannot be read: {strerror}. It may have been discarded.", strerror=error.strerror
            ) from error
        whole = data[: data.rfind(b"\n") + 1]
        try:
            return [json.loads(line) for line in whole.splitlines()]
        except ValueError as error:
            raise StewardshipError(
                "The draft {path} was damaged ({error}). Its files are beside it.", path=self.path, error=error
            ) from error

    @contextmanager
    def writing(self) -> Iterator[Callable[[Entry], None]]:
        """Keep all others from adding lines, and give what adds one: when it returns, the line is on disk.

        :raises Refused: if the log would become too large.
        :raises StewardshipError: if the draft is gone, or a line cannot be written; nothing of it stays then.
        """
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except OSError as error:
            raise StewardshipError("The draft cannot be written to: {strerror}.", strerror=error.strerror) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield partial(_append, descriptor)
        finally:
            os.close(descriptor)


def line_of(entry: Entry) -> bytes:
    """Return the line of an entry, with the time and its line end.

    :param entry: what JSON can hold.
    """
    return canonical({**entry, "time": datetime.now(UTC).isoformat(timespec="microseconds")}) + b"\n"


def _append(descriptor: int, entry: Entry) -> None:
    line, end = line_of(entry), _end(descriptor)
    if end + len(line) > _LARGEST:
        raise Refused("This draft has too many changes. Hand it in, or begin a new one.")
    try:
        os.ftruncate(descriptor, end)
        os.lseek(descriptor, end, os.SEEK_SET)
        try:
            write_whole(descriptor, line)
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, end)
            raise
    except OSError as error:
        raise StewardshipError(
            "The change cannot be kept: {strerror}. See that the disk has room, then make it again.",
            strerror=error.strerror,
        ) from error


def _end(descriptor: int) -> int:
    """Return where the last whole line ends; what is behind it was torn by a crash."""
    at = os.fstat(descriptor).st_size
    while at > 0:
        start = max(0, at - _BLOCK)
        found = os.pread(descriptor, at - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        at = start
    return 0
