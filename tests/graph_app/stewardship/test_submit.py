"""Handing in: what is kept, checked and written down, and that nothing happens twice."""

from pathlib import Path

import pytest

from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.events import EventType
from graph_app.journal.loads import loads_in_force
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.changes import ChangeKind
from graph_app.stewardship.described import Stated
from graph_app.stewardship.errors import NotAllowed, Refused
from graph_app.stewardship.review import reject
from graph_app.stewardship.states import State
from graph_app.stewardship.submit import submit
from tests.graph_app.stewardship.conftest import EVA, FIRST, JANA, HandIn, course


def kinds(settings: Settings) -> list[str]:
    return [event.type.value for event in open_journal(settings).events()]


def test_a_file_is_kept_checked_and_submitted_and_the_graph_stays(settings: Settings, hand_in: HandIn) -> None:
    before = current_release(settings)
    outcome = hand_in(comment="Please")
    known = outcome.submission
    assert (known.state, known.steward, outcome.changed) == (State.SUBMITTED, "Jana", True)
    assert kinds(settings) == ["published", "received", "validated", "submitted"]
    for file in known.load.files:
        assert open_inbox(settings).path(file.sha256).read_text("utf-8") == course()
    assert known.validation is not None
    assert known.validation.details["release"]["sha256"] == before.sha256
    assert known.validation.details["findings"]["violation"] == 0
    assert known.validation.details["findings"]["warning"] > 0
    assert known.events[-1].details["comment"] == "Please"
    assert current_release(settings) == before
    assert [load.dataset.key for load in loads_in_force(open_journal(settings).events())] == ["first"]


def test_what_it_will_change_is_told_by_entity(hand_in: HandIn) -> None:
    examination = hand_in().examination
    assert examination is not None
    told = {(change.kind, change.type, change.label["en"]) for change in examination.changes}
    assert told == {
        (ChangeKind.ADDED, "Project", "Course"),
        (ChangeKind.ADDED, "Participation", "IOM · Course · Partner"),
    }


def test_a_replacement_tells_what_is_added_changed_retired_and_kept(settings: Settings, hand_in: HandIn) -> None:
    text = FIRST.replace("en: Club", "en: Reading Club").replace("id: access", "id: other")
    outcome = hand_in(text, "first")
    assert outcome.submission.replaces
    assert outcome.examination is not None
    told = {change.iri.removeprefix(settings.base): change for change in outcome.examination.changes}
    assert {iri: change.kind.value for iri, change in told.items()} == {
        "project/first/other": "added",
        "organisation/first/club": "changed",
        "project/first/access": "retired",
        "organisation/first/iom": "kept",
    }
    club = told["organisation/first/club"]
    assert ([fact.value for fact in club.added], [fact.value for fact in club.removed]) == (["Reading Club"], ["Club"])


def test_violations_keep_a_file_from_being_submitted_and_are_written_down(settings: Settings, hand_in: HandIn) -> None:
    wrong = course().replace("iom", "nobody")
    outcome = hand_in(wrong)
    assert outcome.submission.state is State.RECEIVED
    assert outcome.examination is not None
    assert [found.rule for found in outcome.examination.findings if found.severity == "violation"]
    assert kinds(settings) == ["published", "received", "validated"]
    again = hand_in(wrong)
    assert (again.changed, again.submission.id) == (False, outcome.submission.id)
    assert kinds(settings) == ["published", "received", "validated"], "the same check was written down twice"
    assert hand_in().submission.id != outcome.submission.id


def test_the_same_file_handed_in_twice_is_one_submission(settings: Settings, hand_in: HandIn, tmp_path: Path) -> None:
    first = hand_in()
    head = open_journal(settings).head
    for actor in (JANA, EVA):
        again = hand_in(actor=actor)
        assert (again.submission, again.changed) == (first.submission, False)
    renamed = tmp_path / "renamed.yaml"
    renamed.write_text(course(), encoding="utf-8")
    assert submit(renamed, EVA, settings, Stated("course")).submission == first.submission
    assert open_journal(settings).head == head


def test_what_was_rejected_is_handed_in_again_only_on_purpose(settings: Settings, hand_in: HandIn) -> None:
    ident = hand_in().submission.id
    reject(ident, EVA, settings, reason="Who pays?")
    again = hand_in()
    assert (again.submission.state, again.changed) == (State.REJECTED, False)
    assert hand_in(again=True).submission.state is State.SUBMITTED
    assert hand_in(again=True).changed is False


def test_a_table_gets_a_dataset_of_its_own_with_its_steward_named(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text("Id,Name (en)\nclub,Club\n", encoding="utf-8")
    outcome = submit(path, JANA, settings)
    assert outcome.submission.state is State.SUBMITTED
    dataset = outcome.submission.load.dataset
    assert dataset.key == f"submission-{outcome.submission.id}"
    assert (dataset.publisher, dataset.namespace, dataset.format) == ("Jana", dataset.key, "template")


def test_an_address_of_a_steward_is_not_published(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text("Id,Name (en)\nclub,Club\n", encoding="utf-8")
    submission = submit(path, Actor("jana@example.org", EVERY_ROLE), settings).submission
    dataset = submission.load.dataset
    assert (dataset.publisher, dataset.title["en"]) == ("not stated", "organisations.csv, submitted by a steward")
    assert "jana" not in str(dataset)
    assert submission.steward == "jana@example.org"


def test_a_table_that_was_refused_for_its_name_is_handed_in_under_another(settings: Settings, tmp_path: Path) -> None:
    text = "Id,Name (en)\nclub,Club\n"
    outcomes = []
    for name in ("projects.csv", "organisations.csv", "projects.csv", "again.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        outcomes.append(submit(path, JANA, settings))
    states = [(outcome.submission.state, outcome.changed) for outcome in outcomes]
    assert states == [
        (State.RECEIVED, True),
        (State.SUBMITTED, True),
        (State.SUBMITTED, False),
        (State.SUBMITTED, False),
    ]
    assert len({outcome.submission.id for outcome in outcomes[1:]}) == 1


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (Stated(), "names its dataset itself"),
        (Stated("course", source="word"), "There is no format word"),
        (Stated("first", title="Another"), "described already"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    settings: Settings, tmp_path: Path, stated: Stated, said: str
) -> None:
    path = tmp_path / "course.yaml"
    path.write_text(course(), encoding="utf-8")
    with pytest.raises(Refused, match=said):
        submit(path, JANA, settings, stated)
    assert kinds(settings) == ["published"]


def test_a_viewer_hands_nothing_in(settings: Settings, hand_in: HandIn) -> None:
    with pytest.raises(NotAllowed, match="needs the role steward"):
        hand_in(actor=Actor("Somebody", frozenset()))
    assert kinds(settings) == ["published"]


def test_an_empty_graph_takes_a_first_submission(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", data=tmp_path)
    path = tmp_path / "first.yaml"
    path.write_text(FIRST, encoding="utf-8")
    outcome = submit(path, JANA, settings, Stated("first"))
    assert outcome.submission.state is State.SUBMITTED
    assert outcome.submission.validation is not None
    assert outcome.submission.validation.details["release"] is None
    assert EventType.SUBMITTED in {event.type for event in open_journal(settings).events()}
