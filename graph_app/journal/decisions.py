"""What was decided on who is who: pairs of organisations or projects, and what they are to each other."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from graph_app.journal.errors import JournalError
from graph_app.journal.events import Event, EventType
from graph_app.journal.loads import undone

__all__ = [
    "Decided",
    "Decision",
    "Held",
    "Judgement",
    "Way",
    "decided_details",
    "decisions_in_force",
    "decisions_of",
]


class Judgement(StrEnum):
    """What the first of two is to the second."""

    SAME = "same"
    DIFFERENT = "different"
    PART = "part"  #: the first is a branch or member of the second
    FOLLOWS = "follows"  #: the first is a project that continues the second
    UNSURE = "unsure"  #: somebody looked, and could not tell
    WITHDRAWN = "withdrawn"  #: what was decided on the two holds no longer


class Way(StrEnum):
    """How a decision came about."""

    PERSON = "person"  #: somebody looked at this pair
    RULE = "rule"  #: somebody accepted all that a strict rule gives
    BATCH = "batch"  #: somebody accepted all suggestions from a score on
    IMPORT = "import"  #: it was decided elsewhere


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided on two organisations or two projects.

    IRIs are those under which the two were loaded, without the base of all instances where they begin with it, so that
    another installation can take the decision over.

    :param left: the first, such as ``organisation/curated/iom-prague``.
    :param right: the second.
    :param judgement: what the first is to the second.
    :param way: how the decision came about.
    :param score: how alike they were said to be then, from 0 to 1; nothing where nobody said so.
    :param reasons: what spoke for and against it, language to sentence.
    :param rule: name of the strict rule that it follows, or empty.
    :param comment: what the person adds.
    """

    left: str
    right: str
    judgement: Judgement
    way: Way = Way.PERSON
    score: float | None = None
    reasons: tuple[Mapping[str, str], ...] = field(default=(), hash=False)
    rule: str = ""
    comment: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """The two, whichever is first."""
        return frozenset({self.left, self.right})


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as the journal holds it.

    :param decision: the decision.
    :param event: the event that wrote it down.
    :param number: which of the decisions of that event it is, from 0 on.
    """

    decision: Decision
    event: Event
    number: int


def decided_details(decisions: Sequence[Decision]) -> dict[str, Any]:
    """Return what an event says that writes decisions down.

    :param decisions: one or more, of as many pairs.
    :raises JournalError: if there is none, one is about a thing and itself, or two are about one pair.
    """
    if not decisions:
        raise JournalError("There is nothing to decide.")
    for decision in decisions:
        if len(decision.pair) < 2 or not all(decision.pair):
            raise JournalError("A decision is about two different things, not about {iri!r} alone.", iri=decision.left)
        if decision.score is not None and not 0 <= decision.score <= 1:
            raise JournalError("A score lies between 0 and 1, and {score} does not.", score=decision.score)
    if len({decision.pair for decision in decisions}) < len(decisions):
        raise JournalError("Two of these decisions are about the same pair. Leave one out.")
    return {"decisions": [asdict(decision) for decision in decisions]}


def decisions_of(event: Event) -> tuple[Decided, ...]:
    """Read what an event decides.

    :param event: an event of the type ``match-decided``.
    :raises JournalError: if it decides in a way that this version of the program does not know.
    """
    try:
        return tuple(
            Decided(
                Decision(
                    **entry
                    | {
                        "judgement": Judgement(entry["judgement"]),
                        "way": Way(entry["way"]),
                        "reasons": tuple(entry["reasons"]),
                    }
                ),
                event,
                number,
            )
            for number, entry in enumerate(event.details["decisions"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise JournalError(
            "Event {seq} decides who is who in a way that this version of the program does not know ({error}). Use "
            "the version that wrote it, or a newer one.",
            seq=event.seq,
            error=error,
        ) from error


def decisions_in_force(events: Iterable[Event]) -> tuple[Decided, ...]:
    """Return what holds of each pair: what was decided last and neither undone nor withdrawn.

    :param events: all events.
    :returns: the decisions, in the order in which they were made.
    :raises JournalError: if one cannot be read.
    """
    return Held().after(tuple(events))


class Held:
    """What is decided and holds; what was read once is not read again. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read = 0
        self._head = ""
        self._latest: dict[frozenset[str], Decided] = {}

    def after(self, events: Sequence[Event]) -> tuple[Decided, ...]:
        """Return what holds after all of some events, as :func:`decisions_in_force`.

        :param events: all events of a journal.
        :raises JournalError: if one cannot be read.
        """
        with self._lock:
            known = 0 < self._read <= len(events) and events[self._read - 1].hash == self._head
            fresh = events[self._read :] if known else events
            if not known or any(event.type is EventType.REVERTED for event in fresh):
                self._read, self._head, self._latest, fresh = 0, "", {}, events
            # What is undone later makes all of it be read anew; here, only what is undone already can be met.
            gone = undone(events) if fresh is events else {}
            for event in fresh:
                if event.type is EventType.MATCH_DECIDED and event.hash not in gone:
                    self._latest.update((decided.decision.pair, decided) for decided in decisions_of(event))
            self._read, self._head = len(events), events[-1].hash if events else ""
            held = [one for one in self._latest.values() if one.decision.judgement is not Judgement.WITHDRAWN]
        return tuple(sorted(held, key=lambda decided: (decided.event.seq, decided.number)))
