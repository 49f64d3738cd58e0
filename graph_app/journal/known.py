"""What a process knows of the journal, and how it learns what others appended since."""

import os

from graph_app.journal.chain import Chain, Fault, FaultKind, parse_line, tail_fault
from graph_app.journal.errors import JournalDamaged
from graph_app.journal.events import START, Event, Head

__all__ = ["Known", "read_from", "whole_file"]

_BLOCK = 1 << 20


class Known:
    """The events that were read so far, each checked once."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.events: list[Event] = []
        self.ids: dict[str, Event] = {}
        self.size = 0  #: bytes of the lines that were read
        self._last = b""

    @property
    def head(self) -> Head:
        """The last event that was read."""
        return Head(self.events[-1].seq, self.events[-1].hash) if self.events else START

    def add(self, event: Event, line: bytes) -> None:
        """Take an event that stands at the end now.

        :param event: the event, which follows the head.
        :param line: its line, with the line end.
        """
        self.events.append(event)
        self.ids[event.id] = event
        self.size += len(line)
        self._last = line

    def catch_up(self, descriptor: int) -> bytes:
        """Read what was appended since.

        A failed write is taken back by its writer, so the last line that a reader saw may be gone; then everything is
        read again.

        :param descriptor: the open journal.
        :returns: what stands after the last line end: a line that is being written or was left unfinished.
        :raises JournalDamaged: if a line is not as it was written.
        """
        try:
            if (tail := self._append(descriptor)) is not None:
                return tail
        except JournalDamaged:
            pass  # judged below on the file as it is now, read at once
        self.forget()
        tail = self._append(descriptor)
        return tail if tail is not None else b""

    def _append(self, descriptor: int) -> bytes | None:
        """Read on; ``None`` if what was read before has changed."""
        data = whole_file(descriptor, self.size - len(self._last))
        if not data.startswith(self._last):
            return None
        *lines, tail = data.removeprefix(self._last).split(b"\n")
        for line in lines:
            event = _checked(line, self.head, len(self.events) + 1)
            if event.id in self.ids:
                said = f"Event {event.seq} has the id of event {self.ids[event.id].seq}."
                raise _damaged(Fault(event.seq, FaultKind.REORDERED, said))
            self.add(event, line + b"\n")
        if tail and (fault := tail_fault(tail, len(self.events) + 1)) and fault.kind is not FaultKind.TORN:
            raise _damaged(fault)
        return tail


def read_from(tail: bytes, head: Head, number: int) -> Event | None:
    """Return the event that stands whole after the last line end.

    :param tail: what stands there.
    :param head: the event before it.
    :param number: number of the line.
    :returns: the event, or ``None`` where it is unfinished.
    :raises JournalDamaged: if a whole event does not follow the one before it.
    """
    return None if tail_fault(tail, number) else _checked(tail, head, number)


def whole_file(descriptor: int, start: int = 0) -> bytes:
    """Return the bytes of an open file to its end.

    :param descriptor: the file.
    :param start: where to begin.
    """
    blocks = []
    while block := os.pread(descriptor, _BLOCK, start):
        blocks.append(block)
        start += len(block)
    return b"".join(blocks)


def _checked(line: bytes, head: Head, number: int) -> Event:
    event = parse_line(line, number)
    if isinstance(event, Fault):
        raise _damaged(event)
    if fault := Chain(head).follow(event, number):
        raise _damaged(fault)
    return event


def _damaged(fault: Fault) -> JournalDamaged:
    return JournalDamaged(
        "The journal is damaged. {fault} `intgraph journal verify` tells all that is wrong.", fault=fault
    )
