"""No order of steps, repeats or retries reaches a state that the rules forbid; the state follows from events alone."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.journal.errors import JournalError
from graph_app.journal.events import Event, EventType
from graph_app.journal.journal import Journal
from graph_app.journal.revert import revert as undo
from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor, Role
from graph_app.stewardship.errors import StewardshipError
from graph_app.stewardship.permissions import Command
from graph_app.stewardship.record import record
from graph_app.stewardship.states import TRANSITIONS, State, Step
from graph_app.stewardship.submission import submissions

IDENTS = ("aaaa", "bbbb")
PEOPLE = (
    Actor("Jana", EVERY_ROLE),
    Actor("Eva", EVERY_ROLE),
    Actor("Petr", frozenset({Role.STEWARD})),
    Actor("Ota", frozenset({Role.REVIEWER})),
    Actor("Ida", frozenset({Role.VIEWER})),
)
COMMANDS = {
    EventType.RECEIVED: Command.SUBMIT,
    EventType.VALIDATED: Command.SUBMIT,
    EventType.SUBMITTED: Command.SUBMIT,
    EventType.APPROVED: Command.APPROVE,
    EventType.REJECTED: Command.REJECT,
    EventType.PUBLISHED: Command.PUBLISH,
}
DATASET = {"key": "d", "title": {"en": "D"}, "format": "curated", "namespace": "d"}
LOAD = {"dataset": DATASET, "files": [], "folder": False, "name": "d", "replaces": False}

#: One try: on which submission, what, by whom, and whether a check would pass; ``None`` undoes the last publication as
#: an operator does.
Try = tuple[str, EventType | None, Actor, bool]
one_try = st.tuples(st.sampled_from(IDENTS), st.sampled_from([*COMMANDS, None]), st.sampled_from(PEOPLE), st.booleans())
#: The straight way, on which a step or two may be left out, or a check may fail; tries in any order would seldom take
#: it.
WAY = [kind for kind in COMMANDS if kind is not EventType.REJECTED]
beginning = st.builds(
    lambda ident, left_out, spoilt, jana, eva: [
        (ident, kind, jana if COMMANDS[kind] is Command.SUBMIT else eva, passes)
        for number, step in enumerate(WAY)
        for kind, passes in [(step, True)] * (number not in left_out)
        + [(EventType.VALIDATED, False)] * (number == spoilt)
    ],
    st.sampled_from(IDENTS),
    st.sets(st.integers(0, len(WAY) - 1), max_size=2),
    st.none() | st.integers(0, len(WAY) - 1),
    st.sampled_from(PEOPLE[:2]),
    st.sampled_from(PEOPLE),
)
tries = st.lists(one_try.map(lambda one: [one]) | beginning, min_size=2, max_size=12).map(
    lambda parts: [one for part in parts for one in part]
)


@given(tries, st.booleans())
@settings(deadline=None)
def test_no_order_of_steps_reaches_what_is_forbidden(wanted: Sequence[Try], second: bool) -> None:
    chosen = Settings(second_pair=second)
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "journal.jsonl")
        for ident, kind, actor, passes in wanted:
            before = journal.events()
            try:
                _try(journal, ident, kind, actor, chosen, passes=passes)
            except (StewardshipError, JournalError):
                assert journal.events() == before, "what was refused was written"
            else:
                assert len(journal.events()) == len(before) + 1
            _keeps_the_rules(journal.events(), second=second)
        again = Journal(journal.path)
        assert submissions(again.events()) == submissions(journal.events())


def _try(journal: Journal, ident: str, kind: EventType | None, actor: Actor, chosen: Settings, *, passes: bool) -> None:
    if kind is None:
        published = [event for event in journal.events() if event.type is EventType.PUBLISHED]
        undo(journal, published[-1].seq if published else 0, reason="Wrong", actor=actor.name)
        return
    details = LOAD if kind in {EventType.RECEIVED, EventType.PUBLISHED} else {}
    if kind is EventType.VALIDATED:
        details = {"accepted": passes}
    with journal.writing() as writer:
        record(writer, ident, kind, details, command=COMMANDS[kind], actor=actor, settings=chosen)


def _keeps_the_rules(events: Sequence[Event], *, second: bool) -> None:
    """Read the rules off the events as a person would, without the table."""
    roles = {person.name: person.roles for person in PEOPLE}
    for submission in submissions(events).values():
        checked = waiting = approved = out = False
        authors: set[str] = set()
        for number, event in enumerate(submission.events):
            assert (event.type is EventType.RECEIVED) == (number == 0), "it is received once, and first"
            if event.type is EventType.VALIDATED:
                assert not out, "what is in the graph is not checked again as if it were not"
                checked, waiting = event.details["accepted"], waiting and event.details["accepted"]
                approved = False
            elif event.type is EventType.SUBMITTED:
                assert checked
                waiting = True
            elif event.type is EventType.APPROVED:
                assert waiting
                assert checked
                assert Role.REVIEWER in roles[event.actor]
                assert not (second and event.actor in authors), "somebody approved what was their own"
                approved = True
            elif event.type is EventType.REJECTED:
                assert waiting
                approved = waiting = checked = False
            elif event.type is EventType.PUBLISHED:
                assert approved, "what nobody approved was published"
                assert not out, "it was published twice"
                out, waiting, approved = True, False, False
            elif event.type is EventType.REVERTED:
                assert out
                out = checked = False
            if event.type in {EventType.RECEIVED, EventType.SUBMITTED}:
                assert Role.STEWARD in roles[event.actor]
                authors.add(event.actor)
        assert (submission.state is State.PUBLISHED) == out
        assert (submission.state is State.APPROVED) == approved


def test_every_state_is_reached_and_can_be_left() -> None:
    assert set(TRANSITIONS.values()) == set(State)
    assert {state for state, _ in TRANSITIONS if state is not None} == set(State)
    assert {step for _, step in TRANSITIONS} == set(Step)


def test_a_journal_that_tells_what_cannot_be_is_not_believed(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.append(EventType.RECEIVED, {**LOAD, "submission": "aaaa"}, event_id="1", actor="Jana")
    journal.append(EventType.PUBLISHED, {**LOAD, "submission": "aaaa"}, event_id="2", actor="Jana")
    with pytest.raises(
        JournalError, match=r"Event 2 \(published\) cannot happen to submission aaaa, which is received"
    ):
        submissions(journal.events())


def test_events_of_other_things_are_passed_over(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    for number, kind in enumerate(EventType):
        if kind is not EventType.REVERTED:
            journal.append(kind, {"name": "old"}, event_id=str(number), actor="Jana")
    assert submissions(journal.events()) == {}
