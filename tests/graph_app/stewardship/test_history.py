"""The history of an entity: every event that said something of it, with the cell."""

import shutil
from pathlib import Path

import pytest

from graph_app.journal.decisions import Decision, Judgement
from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.releases.build import build
from graph_app.releases.release import releases_folder
from graph_app.settings import Settings
from graph_app.stewardship.deciding import decide, undo
from graph_app.stewardship.history import Happened, history
from graph_app.stewardship.publication import publish, revert
from graph_app.stewardship.review import approve
from tests.graph_app.stewardship.conftest import EVA, FIRST, HandIn, course, load_first

COURSE_IRI = "project/course/course"


def put(settings: Settings, hand_in: HandIn, text: str, dataset: str = "course") -> str:
    ident = hand_in(text, dataset).submission.id
    approve(ident, EVA, settings, comment="Fine")
    publish(ident, EVA, settings)
    return ident


@pytest.mark.parametrize("kept", [True, False], ids=["from releases", "from the inbox"])
def test_what_was_said_by_whom_and_in_which_cell(settings: Settings, hand_in: HandIn, kept: bool) -> None:
    put(settings, hand_in, course())
    build(settings)
    second = put(settings, hand_in, course(title="Lessons"))
    build(settings)
    load_first(settings, FIRST.replace("Club", "Chess Club"))  # says nothing of it
    revert(second, EVA, settings, reason="Wrong title")
    if not kept:
        shutil.rmtree(releases_folder(settings))
    told = history(COURSE_IRI, EVA, settings)
    assert [said.happened for said in told] == [Happened.PUBLISHED, Happened.REPLACED, Happened.REVERTED]
    first, replaced, reverted = told
    places = {one.fact.value: (str(one.place), one.written) for one in first.added}
    assert places == {
        "Course": ("course.yaml, line 5 (title.en)", "Course"),
        "2023": ("course.yaml, line 6 (start)", "2023"),
    }
    assert first.submission is not None
    assert (first.submission.steward, first.event.actor) == ("Jana", "Eva")
    assert [one.fact.value for one in replaced.added] == ["Lessons"]
    assert [one.fact.value for one in replaced.removed] == ["Course"]
    assert [one.fact.value for one in reverted.added] == ["Course"]
    assert reverted.event.details["reason"] == "Wrong title"


def test_an_entity_that_its_dataset_no_longer_describes_was_retired(settings: Settings) -> None:
    load_first(settings, FIRST.replace("id: access", "id: other"))
    told = history(f"{settings.base}project/first/access", EVA, settings)
    assert [said.happened for said in told] == [Happened.PUBLISHED, Happened.RETIRED]
    assert told[0].submission is None
    assert {one.fact.value for one in told[1].removed} == {"ACCESS", "2020"}


def test_an_entity_that_is_said_again_was_confirmed(settings: Settings) -> None:
    load_first(settings, FIRST.replace("Club", "Chess Club"))
    told = history("project/first/access", EVA, settings)
    assert [(said.happened, said.added, said.removed) for said in told][1:] == [(Happened.CONFIRMED, (), ())]


def test_all_mentions_of_what_is_decided_to_be_one_are_told_in_one_list(settings: Settings, hand_in: HandIn) -> None:
    put(settings, hand_in, course())
    access = "project/first/access"
    before = {iri: history(iri, EVA, settings) for iri in (COURSE_IRI, access)}
    seq = decide([Decision(COURSE_IRI, access, Judgement.SAME)], EVA, settings).event
    assert seq is not None
    told = history(access, EVA, settings)
    assert told == history(COURSE_IRI, EVA, settings)
    assert {said.entity for said in told} == {settings.base + iri for iri in (COURSE_IRI, access)}
    assert sorted(told, key=lambda said: said.entity) == [*before[COURSE_IRI], *before[access]]
    assert [said.event.seq for said in told] == sorted(said.event.seq for said in told)
    undo(seq.seq, EVA, settings, reason="a slip")
    assert history(access, EVA, settings) == before[access]


def test_what_can_no_longer_be_told_is_said(settings: Settings) -> None:
    shutil.rmtree(releases_folder(settings))
    event = open_journal(settings).events()[0]
    kept = open_inbox(settings).path(event.details["files"][0]["sha256"])
    Path(kept).unlink()
    (said,) = history("project/first/access", EVA, settings)
    assert said.happened is Happened.UNKNOWN
    assert "event 1: no release of it is left, and its file cannot be read" in said.unknown


def test_what_nobody_ever_described_has_no_history(settings: Settings) -> None:
    assert history("role:partner", EVA, settings) == ()
    assert history("project/first/none", EVA, settings) == ()
