"""What is begun at once by several people, or was broken off, ends as if one person had done it once."""

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_app.journal.deployment import open_journal
from graph_app.journal.events import EventType
from graph_app.releases.build import build
from graph_app.settings import Settings
from graph_app.stewardship.described import Stated
from graph_app.stewardship.errors import Conflict
from graph_app.stewardship.publication import publish
from graph_app.stewardship.review import approve, reject
from graph_app.stewardship.states import State
from graph_app.stewardship.submission import submissions
from graph_app.stewardship.submit import submit
from tests.graph_app.stewardship.conftest import EVA, FIRST, JANA, HandIn, course


def at_once(*calls: Callable[[], object]) -> list[Exception]:
    """Make calls in threads of their own, and return what went wrong."""
    failed: list[Exception] = []

    def run(call: Callable[[], object]) -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
            failed.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def counted(settings: Settings) -> Counter[EventType]:
    return Counter(event.type for event in open_journal(settings).events() if "submission" in event.details)


def test_the_same_file_handed_in_by_several_at_once_is_one_submission(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "course.yaml"
    path.write_text(course(), encoding="utf-8")
    calls = [lambda actor=actor: submit(path, actor, settings, Stated("course")) for actor in (JANA, EVA, JANA)]
    assert at_once(*calls) == []
    assert counted(settings) == {EventType.RECEIVED: 1, EventType.VALIDATED: 1, EventType.SUBMITTED: 1}


def test_of_two_that_decide_at_once_one_decides(settings: Settings, hand_in: HandIn) -> None:
    ident = hand_in().submission.id
    calls = [lambda: approve(ident, EVA, settings), lambda: reject(ident, EVA, settings, reason="No")]
    failed = at_once(*calls)
    counts = counted(settings)
    state = submissions(open_journal(settings).events())[ident].state
    if failed:  # it was rejected first, and then there was nothing to approve
        assert (state, counts[EventType.APPROVED], counts[EventType.REJECTED]) == (State.REJECTED, 0, 1)
    else:
        assert (state, counts[EventType.APPROVED], counts[EventType.REJECTED]) == (State.REJECTED, 1, 1)


def test_several_that_publish_at_once_publish_once(settings: Settings, hand_in: HandIn) -> None:
    ident = hand_in().submission.id
    approve(ident, EVA, settings)
    assert at_once(*[lambda: publish(ident, EVA, settings)] * 3) == []
    assert counted(settings)[EventType.PUBLISHED] == 1


def test_of_two_that_replace_the_same_at_once_one_does_and_the_other_is_told(
    settings: Settings, hand_in: HandIn
) -> None:
    idents = [hand_in(FIRST.replace("Club", name), "first").submission.id for name in ("Chess Club", "Reading Club")]
    for ident in idents:
        approve(ident, EVA, settings)
    failed = at_once(*[lambda ident=ident: publish(ident, EVA, settings) for ident in idents])
    assert [type(error) for error in failed] == [Conflict]
    assert counted(settings)[EventType.PUBLISHED] == 1


def test_what_was_not_reached_is_done_by_the_next_try(settings: Settings, hand_in: HandIn) -> None:
    outcome = hand_in()
    path = open_journal(settings).path
    whole = path.read_bytes().splitlines(keepends=True)
    for kept in range(1, len(whole) + 1):  # as if the process had ended after so many events, in the middle of the next
        path.write_bytes(b"".join(whole[:kept]) + b'{"actor":"Ja' * (kept < len(whole)))
        again = hand_in()
        assert again.submission.id == outcome.submission.id
        assert again.submission.state is State.SUBMITTED
        assert counted(settings) == {EventType.RECEIVED: 1, EventType.VALIDATED: 1, EventType.SUBMITTED: 1}


@pytest.mark.parametrize("built", [True, False])
def test_a_publication_whose_release_was_not_made_is_in_the_next_one(
    settings: Settings, hand_in: HandIn, built: bool
) -> None:
    ident = hand_in().submission.id
    approve(ident, EVA, settings)
    publish(ident, EVA, settings)
    if built:
        build(settings)
    other = hand_in(course("other"), "other").submission.id
    approve(other, EVA, settings)
    publish(other, EVA, settings)
    assert {"course", "other"} <= {dataset.key for dataset in build(settings).datasets}
