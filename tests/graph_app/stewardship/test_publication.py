"""Publishing: what was approved and nothing else, once, and never over what has come meanwhile."""

from dataclasses import replace

import pytest

from graph_app.journal.deployment import open_journal
from graph_app.journal.events import EventType
from graph_app.journal.loads import loads_in_force
from graph_app.journal.revert import revert as undo
from graph_app.releases.build import build
from graph_app.releases.release import current_release
from graph_app.releases.report import Kind
from graph_app.settings import Settings
from graph_app.stewardship.errors import Blocked, Conflict, Refused
from graph_app.stewardship.publication import publish, rebase, revert
from graph_app.stewardship.releasing import make_release
from graph_app.stewardship.review import approve, look_at, queue, reject
from graph_app.stewardship.states import State
from graph_app.stewardship.submission import find_submission
from graph_app.stewardship.submit import Outcome
from tests.graph_app.stewardship.conftest import EVA, FIRST, JANA, HandIn, course, load_first


def approved(settings: Settings, outcome: Outcome) -> str:
    approve(outcome.submission.id, EVA, settings)
    return outcome.submission.id


def in_force(settings: Settings) -> dict[str, int]:
    return {load.dataset.key: load.event.seq for load in loads_in_force(open_journal(settings).events())}


def content(settings: Settings) -> str:
    return "".join(path.read_text("utf-8") for path in current_release(settings).content_files)


def test_what_was_approved_is_published_and_a_build_makes_a_release_of_it(settings: Settings, hand_in: HandIn) -> None:
    ident = approved(settings, hand_in())
    outcome = publish(ident, EVA, settings)
    assert (outcome.submission.state, outcome.changed) == (State.PUBLISHED, True)
    release = make_release(settings)
    assert release.report.kind is Kind.INCREMENTAL
    assert "project/course/course" in content(settings)
    event = outcome.submission.events[-1]
    approval = outcome.submission.latest(EventType.APPROVED)
    assert approval is not None
    assert (event.actor, approval.actor, event.details["approved"]) == ("Eva", "Eva", approval.hash)


@pytest.mark.parametrize("again", [1, 3])
def test_a_command_repeated_changes_nothing(settings: Settings, hand_in: HandIn, again: int) -> None:
    ident = approved(settings, hand_in())
    head = open_journal(settings).head
    for _ in range(again):
        assert approve(ident, EVA, settings).changed is False
    assert open_journal(settings).head == head
    publish(ident, EVA, settings)
    head = open_journal(settings).head
    for _ in range(again):
        assert publish(ident, EVA, settings).changed is False
        assert approve(ident, EVA, settings).changed is False
        assert hand_in().changed is False
    assert open_journal(settings).head == head
    revert(ident, EVA, settings, reason="Wrong")
    head = open_journal(settings).head
    for _ in range(again):
        assert revert(ident, EVA, settings, reason="Wrong").changed is False
    assert open_journal(settings).head == head


@pytest.mark.parametrize("decided", ["nobody", "rejected", "blocked", "reverted"])
def test_what_was_not_approved_is_not_published(settings: Settings, hand_in: HandIn, decided: str) -> None:
    outcome = hand_in(course().replace("iom", "nobody") if decided == "blocked" else course())
    ident = outcome.submission.id
    if decided == "rejected":
        reject(ident, EVA, settings, reason="No")
    elif decided == "reverted":
        publish(approved(settings, outcome), EVA, settings)
        revert(ident, EVA, settings, reason="No")
    with pytest.raises(Refused, match="one cannot publish it now"):
        publish(ident, EVA, settings)
    assert in_force(settings) == {"first": 1}


def test_an_approval_of_ones_own_does_not_last_when_a_second_pair_comes_to_be_required(
    settings: Settings, hand_in: HandIn
) -> None:
    ident = hand_in().submission.id
    approve(ident, JANA, settings)
    strict = replace(settings, second_pair=True)
    with pytest.raises(Refused, match="a second pair of eyes is required now"):
        publish(ident, EVA, strict)
    assert rebase(ident, EVA, strict).submission.state is State.SUBMITTED
    approve(ident, EVA, strict)
    assert publish(ident, EVA, strict).changed


def test_a_dataset_that_changed_meanwhile_is_not_overwritten(settings: Settings, hand_in: HandIn) -> None:
    ident = approved(settings, hand_in(FIRST.replace("Club", "Reading Club"), "first"))
    load_first(settings, FIRST.replace("Club", "Chess Club"))
    with pytest.raises(Conflict) as caught:
        publish(ident, EVA, settings)
    assert tuple(map(str, caught.value.reasons)) == (
        f"The dataset first is now as in event 6, published by Operator on {day(settings)}.",
    )
    assert in_force(settings) == {"first": 6}
    assert "Chess Club" in content(settings), "publishing was checked against what is in force, built or not"
    again = rebase(ident, EVA, settings)
    assert again.submission.state is State.SUBMITTED
    with pytest.raises(Refused, match="A reviewer has to approve it first"):
        publish(ident, EVA, settings)
    assert rebase(ident, EVA, settings).changed is False
    approve(ident, EVA, settings)
    publish(ident, EVA, settings)
    build(settings)
    assert "Reading Club" in content(settings)
    assert "Chess Club" not in content(settings)


def day(settings: Settings) -> str:
    return f"{open_journal(settings).events()[-1].time:%Y-%m-%d}"


def test_an_entity_that_somebody_else_came_to_describe_is_a_conflict(settings: Settings, hand_in: HandIn) -> None:
    course_iri = f"{settings.base}project/first/access"
    text = (
        "dataset: note\nprojects:\n  - {id: project/first/access, locator: line 1, title: {en: ACCESS}, country: CZE}\n"
    )
    ident = approved(settings, hand_in(text, "note"))
    load_first(settings, FIRST.replace("start: 2020", "start: 2021"))
    with pytest.raises(Conflict) as caught:
        publish(ident, EVA, settings)
    assert tuple(map(str, caught.value.reasons)) == (f"Something else is said now of {course_iri}.",)
    assert [one.text() for one in look_at(ident, EVA, settings).moved] == list(map(str, caught.value.reasons))


def test_changes_elsewhere_are_no_conflict(settings: Settings, hand_in: HandIn) -> None:
    ident = approved(settings, hand_in())
    load_first(settings, FIRST.replace("Club", "Chess Club"))
    assert publish(ident, EVA, settings).changed


def test_violations_that_came_up_meanwhile_block_with_findings(settings: Settings, hand_in: HandIn) -> None:
    ident = approved(settings, hand_in())
    head = FIRST.splitlines(keepends=True)
    load_first(settings, "".join(line for line in head if "id: iom" not in line))
    before = open_journal(settings).head
    with pytest.raises(Blocked) as caught:
        publish(ident, EVA, settings)
    assert [found.rule for found in caught.value.findings if found.severity == "violation"] == [
        "ParticipationOrganisation"
    ]
    assert open_journal(settings).head == before
    assert rebase(ident, EVA, settings).submission.state is State.RECEIVED, "it has to be repaired"


def test_a_publication_is_undone_by_one_more_event(settings: Settings, hand_in: HandIn) -> None:
    ident = approved(settings, hand_in(FIRST.replace("Club", "Reading Club"), "first"))
    publish(ident, EVA, settings)
    build(settings)
    events = open_journal(settings).events()
    outcome = revert(ident, EVA, settings, reason="Wrong")
    assert outcome.submission.state is State.REVERTED
    assert open_journal(settings).events()[: len(events)] == events
    build(settings)
    assert "Reading Club" not in content(settings)
    assert hand_in(FIRST.replace("Club", "Reading Club"), "first", again=True).submission.state is State.SUBMITTED


def test_what_was_undone_and_published_again_keeps_nobody_from_publishing(settings: Settings, hand_in: HandIn) -> None:
    ident = approved(settings, hand_in())
    publish(ident, EVA, settings)
    release = build(settings)
    revert(ident, EVA, settings, reason="Wrong")
    publish(approved(settings, hand_in(again=True)), EVA, settings)
    assert build(settings) == release, "who published what is in it makes no other release"
    assert publish(approved(settings, hand_in(course("other"), "other")), EVA, settings).changed


def test_what_an_operator_undoes_is_undone_for_the_submission_too(settings: Settings, hand_in: HandIn) -> None:
    ident = approved(settings, hand_in())
    seq = publish(ident, EVA, settings).submission.events[-1].seq
    undo(open_journal(settings), seq, reason="Wrong", actor="Operator")
    assert find_submission(open_journal(settings).events(), ident).state is State.REVERTED


def test_the_queue_has_what_waits_first(settings: Settings, hand_in: HandIn) -> None:
    done = approved(settings, hand_in())
    publish(done, EVA, settings)
    blocked = hand_in(course("other").replace("iom", "nobody"), "other").submission.id
    waiting = hand_in(course("waiting"), "waiting").submission.id
    assert [one.id for one in queue(EVA, settings)] == [waiting, blocked, done]


def test_the_first_digits_of_an_id_are_enough(settings: Settings, hand_in: HandIn) -> None:
    known = hand_in().submission
    events = open_journal(settings).events()
    for name in (known.id, known.id[:6], f"submission-{known.id}"):
        assert find_submission(events, name) == known
    for name in ("", "000", "zzzz", known.id[:3]):
        with pytest.raises(Refused, match="There is no submission"):
            find_submission(events, name)


def test_without_a_reason_nothing_is_rejected_or_undone(settings: Settings, hand_in: HandIn) -> None:
    ident = hand_in().submission.id
    with pytest.raises(Refused, match="Say why"):
        reject(ident, EVA, settings, reason=" ")
