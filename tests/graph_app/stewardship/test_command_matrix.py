"""Every command in every state, by every role, on one's own and on others' submissions, with a second pair and without.

Whoever may not is refused whatever the state; what may be done in a state is written out below.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from graph_app.journal.deployment import open_journal
from graph_app.journal.events import EventType
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor, Role
from graph_app.stewardship.errors import NotAllowed, Refused
from graph_app.stewardship.permissions import Command, may
from graph_app.stewardship.publication import publish, rebase, revert
from graph_app.stewardship.review import approve, look_at, reject
from graph_app.stewardship.states import State
from graph_app.stewardship.submission import find_submission
from graph_app.stewardship.submit import Outcome
from tests.graph_app.stewardship.conftest import EVA, JANA, HandIn, course

#: Command to the states in which it does something, with the state that follows, and to those in which all is done
#: already. In every other state it is refused.
DOES: dict[Command, tuple[dict[State, State], set[State]]] = {
    Command.SUBMIT: (
        {State.VALIDATED: State.SUBMITTED},
        {State.RECEIVED, State.SUBMITTED, State.APPROVED, State.PUBLISHED, State.REJECTED, State.REVERTED},
    ),
    Command.APPROVE: ({State.SUBMITTED: State.APPROVED}, {State.APPROVED, State.PUBLISHED}),
    Command.REJECT: ({State.SUBMITTED: State.REJECTED, State.APPROVED: State.REJECTED}, {State.REJECTED}),
    Command.REBASE: ({State.APPROVED: State.SUBMITTED}, {State.SUBMITTED}),
    Command.PUBLISH: ({State.APPROVED: State.PUBLISHED}, {State.PUBLISHED}),
    Command.REVERT: ({State.PUBLISHED: State.REVERTED}, {State.REVERTED}),
}
BAD = course().replace("start: 2023", "start: 2023\n    end: 2020")


@pytest.fixture(params=list(State), ids=str)
def state(request: pytest.FixtureRequest) -> State:
    return State(request.param)


@pytest.fixture
def ident(settings: Settings, hand_in: HandIn, state: State) -> str:
    """A submission of Jana's in the state."""
    ident = hand_in(BAD if state is State.RECEIVED else course()).submission.id
    if state is State.VALIDATED:  # where whoever handed in was killed before the last step
        journal = open_journal(settings).path
        lines = journal.read_bytes().splitlines(keepends=True)
        assert open_journal(settings).events()[-1].type is EventType.SUBMITTED
        journal.write_bytes(b"".join(lines[:-1]))
    if state is State.REJECTED:
        reject(ident, EVA, settings, reason="No")
    if state in {State.APPROVED, State.PUBLISHED, State.REVERTED}:
        approve(ident, EVA, settings)
    if state in {State.PUBLISHED, State.REVERTED}:
        publish(ident, EVA, settings)
    if state is State.REVERTED:
        revert(ident, EVA, settings, reason="No")
    assert state_of(ident, settings) is state
    return ident


def state_of(ident: str, settings: Settings) -> State:
    return find_submission(open_journal(settings).events(), ident).state


def commands(ident: str, state: State, hand_in: HandIn) -> dict[Command, Callable[[Actor, Settings], Outcome]]:
    again = BAD if state is State.RECEIVED else course()
    return {
        Command.SUBMIT: lambda actor, _: hand_in(again, actor=actor),
        Command.APPROVE: lambda actor, settings: approve(ident, actor, settings),
        Command.REJECT: lambda actor, settings: reject(ident, actor, settings, reason="No"),
        Command.REBASE: lambda actor, settings: rebase(ident, actor, settings),
        Command.PUBLISH: lambda actor, settings: publish(ident, actor, settings),
        Command.REVERT: lambda actor, settings: revert(ident, actor, settings, reason="No"),
    }


def test_a_command_does_what_its_state_allows(settings: Settings, hand_in: HandIn, state: State, ident: str) -> None:
    path = open_journal(settings).path
    before = path.read_bytes()
    for command, call in commands(ident, state, hand_in).items():
        does, done = DOES[command]
        actor = JANA if command is Command.SUBMIT else EVA
        if state not in does and state not in done:
            with pytest.raises(Refused):
                call(actor, settings)
            assert path.read_bytes() == before, command
            continue
        outcome = call(actor, settings)
        assert outcome.changed is (state in does), command
        assert state_of(ident, settings) is does.get(state, state), command
        assert (path.read_bytes() == before) is not outcome.changed, command
        path.write_bytes(before)


def test_whoever_may_not_is_refused_in_every_state(
    settings: Settings, hand_in: HandIn, state: State, ident: str, tmp_path: Path
) -> None:
    """Each role alone, told by a file of roles, so that roles are read as they are in use."""
    path = open_journal(settings).path
    before = path.read_bytes()
    roles = tmp_path / "roles.yaml"
    refused = 0
    for role, name, second in product(Role, ("Jana", "Eva"), (False, True)):
        roles.write_text(f"{name}: [{role}]\n", encoding="utf-8")
        told = replace(settings, roles=str(roles), second_pair=second)
        actor = Actor(name, frozenset(Role))  # what a page may once have said; the file says less
        submission = find_submission(open_journal(settings).events(), ident)
        calls = commands(ident, state, hand_in)
        del calls[Command.SUBMIT]  # asked of no submission
        for command, call in calls.items():
            if may(Actor(name, frozenset({role})), command, submission, told):
                continue
            refused += 1
            with pytest.raises(NotAllowed):
                call(actor, told)
        if role not in {Role.STEWARD, Role.REVIEWER}:
            with pytest.raises(NotAllowed):
                look_at(ident, actor, told)
    assert path.read_bytes() == before
    assert refused == 4 * 5 + 4 * 5 + 2 * 5 + 2 * 3 + 1, (
        "viewer, operator; steward of others' and of their own; reviewer"
    )
