"""Reading lines back, and telling what is wrong with those that are not as they were written."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from graph_app.journal.events import START, Event, EventType, Head, canonical

__all__ = ["Chain", "Fault", "FaultKind", "parse_line", "tail_fault"]

_MEMBERS = {"seq", "prev", "hash", "id", "time", "actor", "type", "details"}


class FaultKind(StrEnum):
    """What can be wrong with a line."""

    NOT_JSON = "not JSON"
    NOT_AN_EVENT = "not an event"
    NOT_CANONICAL = "not in canonical form"
    ALTERED = "altered"
    MISSING = "missing"
    REORDERED = "inserted or reordered"
    BROKEN = "chain broken"
    TORN = "torn tail"


_BACKUP = "Put the journal back from a backup; what was loaded after it was made is loaded again from its files."
_REPAIRS = {
    FaultKind.MISSING: _BACKUP,
    FaultKind.REORDERED: f"Put the lines back into the order of their numbers, each once. Or: {_BACKUP}",
    FaultKind.TORN: "The next event that is written mends it; unless a release knows of more events, nothing is lost.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line.

    :param line: its number, from 1 on.
    :param kind: what kind of fault it is.
    :param text: what is wrong, as a sentence.
    """

    line: int
    kind: FaultKind
    text: str

    @property
    def repair(self) -> str:
        """What to do about it."""
        return _REPAIRS.get(self.kind, _BACKUP)

    def __str__(self) -> str:
        """Write place, kind, fault and repair."""
        return f"Line {self.line}: {self.kind.value}: {self.text} {self.repair}"


def parse_line(line: bytes, number: int) -> Event | Fault:
    """Read one line by itself.

    :param line: the line without its line end.
    :param number: number of the line.
    :returns: the event, or what is wrong.
    """
    try:
        read = json.loads(line.decode())
    except (ValueError, RecursionError):
        return Fault(number, FaultKind.NOT_JSON, "The line cannot be read.")
    if not isinstance(read, dict) or set(read) != _MEMBERS or not _well_typed(read):
        return Fault(number, FaultKind.NOT_AN_EVENT, "The line lacks what an event holds, or holds something else.")
    try:
        same = canonical(read) == line
    except (ValueError, RecursionError):
        same = False
    if not same:
        return Fault(number, FaultKind.NOT_CANONICAL, f"Event {read['seq']} is not written as this program writes.")
    stated = read.pop("hash")
    if hashlib.sha256(canonical(read)).hexdigest() != stated:
        return Fault(number, FaultKind.ALTERED, f"What event {read['seq']} says does not give the hash that it holds.")
    return Event(
        seq=read["seq"],
        prev=read["prev"],
        hash=stated,
        id=read["id"],
        time=datetime.fromisoformat(read["time"]),
        actor=read["actor"],
        type=EventType(read["type"]),
        details=MappingProxyType(read["details"]),
    )


def tail_fault(tail: bytes, number: int) -> Fault | None:
    """Judge what stands after the last line end.

    A writer that was stopped leaves the beginning of a line. A whole event with something after it in place of the line
    end was changed by somebody: cutting it off as if it were unfinished would lose an acknowledged event.

    :param tail: the bytes, at least one.
    :param number: number of the line that they begin.
    :returns: a torn tail or a change, or ``None`` for a whole event that lacks nothing but its line end.
    """
    text = tail.decode(errors="replace")
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        said = f"The last {len(tail)} bytes are the beginning of an event, as a stopped writer leaves it."
        return Fault(number, FaultKind.TORN, said)
    if end < len(text):
        return Fault(number, FaultKind.ALTERED, "After the last event stands something else than a line end.")
    whole = parse_line(tail, number)
    return whole if isinstance(whole, Fault) else None


class Chain:
    """Follows a journal from event to event.

    :param head: the event that was read last.
    :param known: numbers of all events that the journal holds, where they are known: what stands elsewhere is not
        missing.
    """

    def __init__(self, head: Head = START, known: frozenset[int] = frozenset()) -> None:
        self.head = head
        self._known = known
        self._unread = 0

    def skip(self) -> None:
        """Go on after a line that could not be read."""
        self._unread += 1

    def follow(self, event: Event, number: int) -> Fault | None:
        """Go on to an event.

        :param event: the event of the next line.
        :param number: number of the line.
        :returns: what is wrong with its place in the chain, or ``None``.
        """
        expected, unread, before = self.head.seq + 1, self._unread, self.head
        if event.seq < expected:
            said = f"Event {event.seq} stands after event {before.seq}."
            return Fault(number, FaultKind.REORDERED, said)
        self.head, self._unread = Head(event.seq, event.hash), 0
        if event.seq == expected and event.prev == before.hash:
            return None
        if unread and event.seq == expected + unread:
            return None  # which hash the line between has, nobody can say
        if event.seq <= expected + unread:
            said = f"Event {event.seq} was not written after the event that now stands before it."
            return Fault(number, FaultKind.BROKEN, said)
        gap = range(expected + unread, event.seq)
        lost = [seq for seq in gap if seq not in self._known]
        if not lost:
            return Fault(number, FaultKind.REORDERED, f"Event {event.seq} stands before event {gap[0]}.")
        missing = f"Event {lost[0]} is" if len(lost) == 1 else f"{len(lost)} events from {lost[0]} to {lost[-1]} are"
        return Fault(number, FaultKind.MISSING, f"{missing} missing before event {event.seq}.")


def _well_typed(read: dict[str, Any]) -> bool:
    texts = all(isinstance(read[name], str) for name in ("prev", "hash", "id", "time", "actor", "type"))
    if not (texts and type(read["seq"]) is int and isinstance(read["details"], dict)):
        return False
    try:
        time = datetime.fromisoformat(read["time"])
    except ValueError:
        return False
    return time.isoformat(timespec="microseconds") == read["time"] and read["type"] in set(EventType)
