"""Who may do what: the whole matrix, and that every function of the service asks it first."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from graph_app.journal.decisions import Decision, Judgement
from graph_app.journal.deployment import open_journal
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor, Role
from graph_app.stewardship.deciding import decide
from graph_app.stewardship.errors import NotAllowed
from graph_app.stewardship.history import history
from graph_app.stewardship.permissions import Command, may, require
from graph_app.stewardship.publication import publish, rebase, revert
from graph_app.stewardship.review import approve, look_at, queue, reject
from graph_app.stewardship.submission import Submission, submissions
from graph_app.stewardship.submit import submit
from tests.graph_app.stewardship.conftest import HandIn

_YES, _OWN, _OTHER, _NO = "yes", "own", "other", "no"
#: Role to command to whose submissions it may be given on, without a second pair of eyes and with one. Written out, so
#: that a change of the rules has to be made twice.
_VIEWER = dict.fromkeys(Command, (_NO, _NO)) | {Command.HISTORY: (_YES, _YES)}
MATRIX = {
    Role.VIEWER: _VIEWER,
    Role.STEWARD: _VIEWER
    | {
        Command.SUBMIT: (_YES, _YES),
        Command.REVIEW: (_YES, _YES),
        Command.REBASE: (_OWN, _OWN),
        Command.PUBLISH: (_OWN, _OWN),
        Command.DECIDE: (_YES, _YES),
    },
    Role.REVIEWER: _VIEWER
    | {
        Command.REVIEW: (_YES, _YES),
        Command.APPROVE: (_YES, _OTHER),
        Command.REJECT: (_YES, _YES),
        Command.REBASE: (_YES, _YES),
        Command.PUBLISH: (_YES, _YES),
        Command.REVERT: (_YES, _YES),
        Command.DECIDE: (_YES, _YES),
    },
    Role.OPERATOR: _VIEWER | {Command.LOAD: (_YES, _YES), Command.BUILD: (_YES, _YES)},
}


@pytest.fixture
def submission(hand_in: HandIn) -> Submission:
    return hand_in().submission


def test_the_whole_matrix(submission: Submission) -> None:
    wrong = []
    for role, command, own, second in product(Role, Command, (True, False), (False, True)):
        actor = Actor("Jana" if own else "Eva", frozenset({role}))
        said = MATRIX[role][command][second]
        expected = said in {_YES, _OWN if own else _OTHER}
        if may(actor, command, submission, Settings(second_pair=second)) is not expected:
            wrong.append((role, command, own, second))
    assert wrong == []


def test_several_roles_allow_what_each_of_them_does(submission: Submission) -> None:
    for first, other, command, name in product(Role, Role, Command, ("Jana", "Eva")):
        settings = Settings(second_pair=True)
        one = [may(Actor(name, frozenset({role})), command, submission, settings) for role in (first, other)]
        assert may(Actor(name, frozenset({first, other})), command, submission, settings) is any(one)


def test_without_any_role_nothing_is_allowed(submission: Submission) -> None:
    assert not any(may(Actor("Jana", frozenset()), command, submission, Settings()) for command in Command)


@pytest.mark.parametrize("second", [False, True])
@pytest.mark.parametrize("name", ["Jana", "Eva"])
@pytest.mark.parametrize("role", list(Role))
def test_every_function_of_the_service_keeps_to_it(
    settings: Settings, submission: Submission, tmp_path: Path, role: Role, name: str, second: bool
) -> None:
    settings = replace(settings, second_pair=second)
    actor = Actor(name, frozenset({role}))
    path = tmp_path / "other.csv"
    path.write_text("Id,Name (en)\nother,Other\n", encoding="utf-8")
    ident = submission.id
    calls: dict[Command, Callable[[], object]] = {
        Command.SUBMIT: lambda: submit(path, actor, settings),
        Command.REVIEW: lambda: (queue(actor, settings), look_at(ident, actor, settings)),
        Command.APPROVE: lambda: approve(ident, actor, settings),
        Command.REJECT: lambda: reject(ident, actor, settings, reason="No"),
        Command.REBASE: lambda: rebase(ident, actor, settings),
        Command.PUBLISH: lambda: publish(ident, actor, settings),
        Command.REVERT: lambda: revert(ident, actor, settings, reason="No"),
        Command.HISTORY: lambda: history("project/course/course", actor, settings),
        Command.DECIDE: lambda: decide([Decision("organisation/a", "organisation/b", Judgement.SAME)], actor, settings),
    }
    assert set(calls) == set(Command) - {Command.LOAD, Command.BUILD}, "those are asked by the command line"
    for command, call in calls.items():
        if not may(actor, command, submission, settings):
            head = open_journal(settings).head
            with pytest.raises(NotAllowed):
                call()
            assert open_journal(settings).head == head
    assert submissions(open_journal(settings).events())[ident] == submission


def test_a_refusal_names_the_role_or_the_second_pair(submission: Submission) -> None:
    with pytest.raises(NotAllowed, match="needs the role reviewer, and Eva has steward"):
        require(Actor("Eva", frozenset({Role.STEWARD})), Command.APPROVE, submission, Settings())
    with pytest.raises(NotAllowed, match="another reviewer has to approve"):
        require(Actor("Jana", frozenset(Role)), Command.APPROVE, submission, Settings(second_pair=True))
