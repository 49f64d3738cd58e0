"""Check a journal from its first byte to its last, and tell all that is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from graph_app.journal.chain import Chain, Fault, FaultKind, parse_line, tail_fault
from graph_app.journal.errors import JournalError
from graph_app.journal.events import START, Event, Head

__all__ = ["Verdict", "verify"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the check.

    :param events: the events whose lines are as they were written.
    :param head: the last of them.
    :param faults: all that is wrong, in the order of lines.
    """

    events: tuple[Event, ...]
    head: Head
    faults: tuple[Fault, ...]

    @property
    def intact(self) -> bool:
        """Whether every event that was acknowledged is as it was written; an unfinished last line never was."""
        return all(fault.kind is FaultKind.TORN for fault in self.faults)


def verify(path: Path) -> Verdict:
    """Check every line of a journal. Whether last lines were taken away as a whole, it alone cannot tell.

    :param path: the journal; one that does not exist has no events.
    :returns: its events and faults; damage is never raised.
    :raises JournalError: if the file cannot be read.
    """
    try:
        data = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise JournalError(
            "The journal {path} cannot be read: {strerror}.", path=path, strerror=error.strerror
        ) from error
    *lines, tail = data.split(b"\n")
    read = [parse_line(line, number) for number, line in enumerate(lines, 1)]
    events = tuple(item for item in read if isinstance(item, Event))
    faults = _follow(read, frozenset(event.seq for event in events))
    if tail:
        whole = "A whole event lacks its line end; nobody was told yet that it is kept."
        faults.append(tail_fault(tail, len(lines) + 1) or Fault(len(lines) + 1, FaultKind.TORN, whole))
    last = max(events, key=lambda event: event.seq, default=None)
    return Verdict(events, Head(last.seq, last.hash) if last else START, tuple(faults))


def _follow(read: list[Event | Fault], known: frozenset[int]) -> list[Fault]:
    chain = Chain(known=known)
    ids: dict[str, int] = {}
    faults: list[Fault] = []
    for number, item in enumerate(read, 1):
        if isinstance(item, Fault):
            chain.skip()
            faults.append(item)
            continue
        fault = chain.follow(item, number)
        if fault is None and item.id in ids:
            fault = Fault(number, FaultKind.REORDERED, f"Event {item.seq} has the id of event {ids[item.id]}.")
        if fault is not None:
            faults.append(fault)
        ids.setdefault(item.id, item.seq)
    return faults
