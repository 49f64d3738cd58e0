"""Undo what an event did, by one more event: nothing that happened is ever deleted."""

from graph_app.journal.errors import JournalError
from graph_app.journal.events import Event, EventType
from graph_app.journal.journal import Journal
from graph_app.journal.loads import undone

__all__ = ["revert"]

#: What can be undone.
_UNDONE = frozenset({EventType.PUBLISHED, EventType.MATCH_DECIDED})


def revert(journal: Journal, seq: int, *, reason: str, actor: str) -> Event:
    """Undo an event that published data or decided who is who; what held before it holds again.

    :param journal: the journal.
    :param seq: number of the event.
    :param reason: why, for those who read the journal later.
    :param actor: who does it.
    :returns: the new event.
    :raises JournalError: if there is no such event, it neither publishes nor decides, or was undone already; or if the
        new event cannot be written.
    """
    if not reason.strip():
        raise JournalError("Say why the event is undone.")
    with journal.writing() as writer:
        events = writer.events
        if not 1 <= seq <= len(events):
            raise JournalError(
                "The journal has no event {seq}; it has {count}. `intgraph journal show` lists them.",
                seq=seq,
                count=len(events),
            )
        event = events[seq - 1]
        if event.type not in _UNDONE:
            raise JournalError(
                "Event {seq} is of the type {kind}; only published data and decisions on who is who can be undone.",
                seq=seq,
                kind=event.type.value,
            )
        gone = undone(events)
        if event.hash in gone:
            raise JournalError("Event {seq} was undone by event {other} already.", seq=seq, other=gone[event.hash].seq)
        details = {"event": event.hash, "reason": reason.strip()}
        return writer.append(EventType.REVERTED, details, event_id=f"revert-{event.hash}", actor=actor)
