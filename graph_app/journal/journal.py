"""The journal on disk: read by anyone, written by one at a time, acknowledged when it is on disk."""

import fcntl
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph_app.journal.disk import make_folder, sync_folder, write_whole
from graph_app.journal.errors import JournalError
from graph_app.journal.events import Event, EventType, Head, line_of, make_event
from graph_app.journal.known import Known, read_from
from graph_app.journal.verify import Verdict, verify

__all__ = ["Journal", "Verdict", "Writer", "verify"]

_REPAIR = "Check which folder INTGRAPH_HOME names, and the rights there."


class Journal:
    """One journal; may be used by several threads, and beside other processes.

    :param path: the file; it is made with the first event.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = Known()
        self._lock = threading.Lock()
        self._holder = 0

    def events(self) -> tuple[Event, ...]:
        """Return all events that are in the journal now.

        :raises JournalDamaged: if the journal is not as this program wrote it; names the line and the fault.
        :raises JournalError: if it cannot be read, or this thread is just writing to it.
        """
        with self._alone():
            self._catch_up()
            return tuple(self._known.events)

    @property
    def head(self) -> Head:
        """Where the journal ends now; fails as :meth:`events` does."""
        with self._alone():
            self._catch_up()
            return self._known.head

    def append(self, kind: EventType, details: Mapping[str, Any], *, event_id: str, actor: str) -> Event:
        """Write one event; see :meth:`Writer.append`."""
        with self.writing() as writer:
            return writer.append(kind, details, event_id=event_id, actor=actor)

    @contextmanager
    def writing(self) -> Iterator["Writer"]:
        """Hold the lock of the one writer, so that what is decided on the events still holds when one is appended.

        A line that a killed writer left unfinished is cut off; it was never acknowledged.

        :returns: a context that gives the writer. Others wait until it ends.
        :raises JournalDamaged: if the journal is not as this program wrote it.
        :raises JournalError: if it cannot be opened.
        """
        with self._alone():
            descriptor = self._locked()
            try:
                tail = self._known.catch_up(descriptor)
                writer = Writer(self.path, descriptor, self._known)
                if tail:
                    writer.mend(tail)
                try:
                    yield writer
                finally:
                    writer.close()
            finally:
                os.close(descriptor)  # which gives the lock back

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._holder == threading.get_ident():
            raise JournalError("This thread is writing to the journal already: ask its writer, not the journal.")
        with self._lock:
            self._holder = threading.get_ident()
            try:
                yield
            finally:
                self._holder = 0

    def _locked(self) -> int:
        try:
            make_folder(self.path.parent)
            while True:
                descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                if self.path.exists() and os.path.samestat(os.fstat(descriptor), self.path.stat()):
                    return descriptor
                os.close(descriptor)  # somebody put another file in its place while this one was waited for
        except OSError as error:
            raise JournalError(
                "The journal {path} cannot be written: {strerror}. {repair}",
                path=self.path,
                strerror=error.strerror,
                repair=_REPAIR,
            ) from error

    def _catch_up(self) -> None:
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            self._known.forget()
            return
        except OSError as error:
            raise JournalError(
                "The journal {path} cannot be read: {strerror}. {repair}",
                path=self.path,
                strerror=error.strerror,
                repair=_REPAIR,
            ) from error
        try:
            self._known.catch_up(descriptor)
        finally:
            os.close(descriptor)


class Writer:
    """Writes to a journal while its lock is held; given by :meth:`Journal.writing`."""

    def __init__(self, path: Path, descriptor: int, known: Known) -> None:
        self._path = path
        self._descriptor = descriptor
        self._known = known
        self._closed = ""

    @property
    def events(self) -> tuple[Event, ...]:
        """All events, those of this writer with them."""
        return tuple(self._known.events)

    def append(self, kind: EventType, details: Mapping[str, Any], *, event_id: str, actor: str) -> Event:
        """Write one event; when this returns, the event is on disk.

        :param kind: what happened.
        :param details: what else is to be known, in what JSON can hold.
        :param event_id: what a retry repeats: an event that is there already is returned, and nothing is written.
        :param actor: who did it.
        :returns: the event.
        :raises JournalError: if it cannot be written or brought to disk; then it is not in the journal. Or if another
            event has the id.
        """
        if self._closed:
            raise JournalError(self._closed)
        event = make_event(self._known.head, kind, details, event_id=event_id, actor=actor)
        there = self._known.ids.get(event_id)
        if there is None:
            line = line_of(event)
            self._write(line, self._known.size)
            self._known.add(event, line)
            return event
        if (there.type, there.details) != (event.type, event.details):
            raise JournalError(
                "Event {seq} has the id {event_id!r} and says something else. Use another id.",
                seq=there.seq,
                event_id=event_id,
            )
        return there

    def mend(self, tail: bytes) -> None:
        """Complete or cut off what stands after the last line end.

        :param tail: the bytes; judged already to be no change by somebody else.
        """
        whole = read_from(tail, self._known.head, len(self._known.events) + 1)
        if whole is not None:
            self._write(b"\n", self._known.size + len(tail))
            self._known.add(whole, tail + b"\n")
        else:
            self._put_back(self._known.size)

    def close(self) -> None:
        """End the writer; others may write now."""
        self._closed = "This writer has ended. Ask the journal for another."

    def _write(self, data: bytes, size: int) -> None:
        try:
            write_whole(self._descriptor, data)
            os.fdatasync(self._descriptor)
            if not self._known.size:  # the first event makes the file, whose name has to be on disk too
                sync_folder(self._path.parent)
        except BaseException as error:  # an interrupt must not leave half a line either
            self._put_back(size)
            if not isinstance(error, OSError):
                raise
            raise JournalError(
                "The journal {path} cannot be written: {strerror}. Nothing was written down. Make room or repair the "
                "disk, then try again.",
                path=self._path,
                strerror=error.strerror,
            ) from error

    def _put_back(self, size: int) -> None:
        try:
            os.ftruncate(self._descriptor, size)
            os.fdatasync(self._descriptor)
        except OSError as error:
            self._closed = f"The journal {self._path} cannot be put back to its last event: {error.strerror}."
            raise JournalError(self._closed) from error
