"""One event, and the one way to write it as a line."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from graph_app.journal.errors import JournalError

__all__ = ["START", "Event", "EventType", "Head", "canonical", "line_of", "make_event"]


class EventType(StrEnum):
    """What can happen."""

    RECEIVED = "received"
    VALIDATED = "validated"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    PUBLISHED = "published"
    REVERTED = "reverted"
    MATCH_DECIDED = "match-decided"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a journal ends.

    :param seq: number of its last event, 0 for a journal without events.
    :param hash: hash of that event, 64 zeros for a journal without events.
    """

    seq: int
    hash: str


#: Where a journal without events ends, and what its first event follows.
START = Head(0, "0" * 64)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as it stands in the journal.

    :param seq: its number, from 1 on without gaps.
    :param prev: hash of the event before it.
    :param hash: SHA-256 of its canonical JSON without this member, in hexadecimal digits.
    :param id: what a retry repeats, so that nothing is written down twice.
    :param time: when it was written.
    :param actor: who did it.
    :param type: what happened.
    :param details: what else is to be known, in what JSON can hold.
    """

    seq: int
    prev: str
    hash: str
    id: str
    time: datetime
    actor: str
    type: EventType
    details: Mapping[str, Any] = field(hash=False)


def canonical(value: object) -> bytes:
    """Return the one JSON text of a value: keys sorted, no spaces, UTF-8.

    :param value: what JSON can hold.
    :raises ValueError: if JSON cannot hold it: numbers that are none, half characters, objects that hold themselves.
    :raises TypeError: if it holds something else than JSON knows.
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def make_event(head: Head, kind: EventType, details: Mapping[str, Any], *, event_id: str, actor: str) -> Event:
    """Make the event that follows.

    :param head: where the journal ends.
    :param kind: what happened.
    :param details: what else is to be known.
    :param event_id: what a retry repeats.
    :param actor: who did it.
    :returns: the event; its details are those that a reader of the journal will see.
    :raises JournalError: if the journal cannot hold it.
    """
    if not event_id:
        raise JournalError("An event needs an id, which its retries repeat.")
    time = datetime.now(UTC)
    try:
        body = _body(head.seq + 1, head.hash, event_id, time, actor, kind, details)
        text = canonical(body)
        read = json.loads(text)
        same = canonical(read) == text
    except (TypeError, ValueError, RecursionError) as error:
        raise JournalError(
            "The journal cannot hold the event {event_id!r}: {error}.", event_id=event_id, error=error
        ) from error
    if not same:
        raise JournalError(
            "The journal cannot hold the event {event_id!r}: two of its keys give the same text.", event_id=event_id
        )
    return Event(
        head.seq + 1, head.hash, hashlib.sha256(text).hexdigest(), event_id, time, actor, kind,
        MappingProxyType(read["details"]),
    )  # fmt: skip


def line_of(event: Event) -> bytes:
    """Return the line of an event, with its line end.

    :param event: the event.
    """
    body = _body(event.seq, event.prev, event.id, event.time, event.actor, event.type, event.details)
    return canonical(body | {"hash": event.hash}) + b"\n"


def _body(
    seq: int,
    prev: str,
    event_id: str,
    time: datetime,
    actor: str,
    kind: EventType,
    details: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "seq": seq,
        "prev": prev,
        "id": event_id,
        "time": time.isoformat(timespec="microseconds"),
        "actor": actor,
        "type": kind.value,
        "details": dict(details),
    }
