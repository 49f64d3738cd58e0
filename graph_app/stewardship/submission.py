"""Submissions as the journal tells them: a pure function over its events."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph_app.journal.errors import JournalError
from graph_app.journal.events import Event, EventType
from graph_app.journal.inbox import KeptFile
from graph_app.journal.loads import Load, load_of
from graph_app.stewardship.edits.model import Edit, edit_from
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.states import TRANSITIONS, State, step_of

__all__ = ["EDITED", "FOLLOWS", "PREFIX", "Submission", "find_submission", "submissions"]

#: What the key of a dataset begins with that is named after its submission; the id follows.
PREFIX = "submission-"
#: Member of an event that tells of changes made to the files before they were handed in.
EDITED = "edited"
#: Member of an event that names the submission that was sent back before.
FOLLOWS = "follows"
_SHORTEST = 4
_PART_OF_ID = re.compile(rf"[0-9a-f]{{{_SHORTEST},}}")


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed in, and all that has happened to it.

    :param id: what tells it from others; the same file for the same dataset has the same one.
    :param state: where it stands.
    :param events: its events, the oldest first; the first has received it.
    """

    id: str
    state: State
    events: tuple[Event, ...]

    @property
    def received(self) -> Event:
        """The event that says what it is."""
        return self.events[0]

    @property
    def load(self) -> Load:
        """Its files and the dataset that they are to become."""
        return load_of(self.received)

    @property
    def steward(self) -> str:
        """Who handed it in first."""
        return self.received.actor

    @property
    def authors(self) -> frozenset[str]:
        """All who handed it in; where a second pair of eyes is required, none of them can approve it."""
        own = (EventType.RECEIVED, EventType.SUBMITTED)
        return frozenset(event.actor for event in self.events if event.type in own)

    @property
    def content(self) -> str:
        """What it shares with one that would say the same: the same bytes under another name."""
        return str(self.received.details.get("content", ""))

    @property
    def originals(self) -> tuple[KeptFile, ...]:
        """The files that were received before somebody edited them; none where they are handed in as they came."""
        return tuple(KeptFile(**file) for file in self.received.details.get(EDITED, {}).get("originals", ()))

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was edited in them before they were handed in."""
        return tuple(map(edit_from, self.received.details.get(EDITED, {}).get("edits", ())))

    @property
    def encodings(self) -> Mapping[str, str]:
        """Name of a file to the encoding that its steward has confirmed."""
        found: Mapping[str, str] = self.received.details.get(EDITED, {}).get("encodings", {})
        return found

    @property
    def follows(self) -> str:
        """Id of the submission that was sent back and that it goes on from, or empty."""
        return str(self.received.details.get(FOLLOWS, ""))

    @property
    def replaces(self) -> bool:
        """Whether it takes the place of what a dataset held when it was handed in, rather than adding one."""
        return self.received.details.get("replaces") is True

    @property
    def validation(self) -> Event | None:
        """The latest check of it, if there was one."""
        return self.latest(EventType.VALIDATED)

    def latest(self, kind: EventType) -> Event | None:
        """Return the latest event of a type, if there is one.

        :param kind: the type.
        """
        return next((event for event in reversed(self.events) if event.type is kind), None)


def submissions(events: Iterable[Event]) -> Mapping[str, Submission]:
    """Return all submissions that a journal tells of.

    :param events: all its events; those of other things are passed over.
    :returns: id to submission, in the order in which they were received.
    :raises JournalError: if an event says what cannot follow what was before it.
    """
    states: dict[str, State] = {}
    histories: dict[str, list[Event]] = {}
    published: dict[str, str] = {}
    for event in events:
        ident = _submission_of(event, published)
        if ident is None:
            continue
        states[ident] = _after(states.get(ident), event, ident)
        histories.setdefault(ident, []).append(event)
        if event.type is EventType.PUBLISHED:
            published[event.hash] = ident
    return {ident: Submission(ident, states[ident], tuple(history)) for ident, history in histories.items()}


def find_submission(events: Iterable[Event], name: str) -> Submission:
    """Return the submission that a person means.

    :param events: all events of the journal.
    :param name: its id, the first digits of it, or the key of the dataset that is named after it.
    :raises Refused: if there is none, or several begin so.
    """
    known = submissions(events)
    wanted = name.strip().removeprefix(PREFIX)
    if wanted in known:
        return known[wanted]
    found = [ident for ident in known if _PART_OF_ID.fullmatch(wanted) and ident.startswith(wanted)]
    if len(found) == 1:
        return known[found[0]]
    if found:
        raise Refused(
            "Several submissions begin with {wanted}: {several}. Write more of the id.",
            wanted=wanted,
            several=", ".join(found),
        )
    raise Refused("There is no submission {name!r}. `intgraph review` lists all, with their ids.", name=name)


def _submission_of(event: Event, published: Mapping[str, str]) -> str | None:
    """Return the submission that an event is about; whoever undoes a publication need not know of submissions."""
    if event.type is EventType.REVERTED:
        return published.get(event.details["event"])
    ident = event.details.get("submission")
    return ident if isinstance(ident, str) and step_of(event.type, event.details) is not None else None


def _after(state: State | None, event: Event, ident: str) -> State:
    step = step_of(event.type, event.details)
    if step is None or (state, step) not in TRANSITIONS:
        raise JournalError(
            "Event {seq} ({kind}) cannot happen to submission {ident}, which is {state}. Use the version of the "
            "program that wrote it, or a newer one.",
            seq=event.seq,
            kind=event.type.value,
            state=state.value if state else "not handed in yet",
            ident=ident,
        )
    return TRANSITIONS[state, step]
