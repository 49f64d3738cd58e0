"""The store of a release, which follows its columns."""

import shutil
from pathlib import Path

import pytest

from graph_app.questions.engine import Engine
from graph_app.releases.build import build
from graph_app.releases.intact import intact, sound
from graph_app.releases.release import Release, current_release
from graph_app.releases.report import Kind
from graph_app.settings import Settings
from tests.graph_app.releases.conftest import Publish

SOME_GRAPH = "ASK { GRAPH ?graph { ?project a ig:Project } }"


class BrokenOff(Exception):
    """A build that ends here, as if it were killed."""


def break_off(step: str) -> None:
    if step.startswith("Storing"):
        raise BrokenOff


def leave_without_store(settings: Settings, publish: Publish) -> Release:
    with pytest.raises(BrokenOff):
        publish(break_off)
    return current_release(settings)


def test_a_release_is_current_before_its_store_is_there(settings: Settings, publish: Publish) -> None:
    seen: dict[str, bool] = {}

    def look(step: str) -> None:
        if step.startswith("Storing"):
            release = current_release(settings)
            seen[release.version] = release.complete
            assert sound(release)

    release = publish(look)
    assert seen == {release.version: False}
    assert release.complete
    assert current_release(settings) == release
    with Engine(release, settings) as engine:
        assert engine.ask(SOME_GRAPH)


def test_a_build_that_was_broken_off_is_completed_by_the_next_one(settings: Settings, publish: Publish) -> None:
    left = leave_without_store(settings, publish)
    assert not left.complete
    steps: list[str] = []
    release = build(settings, steps.append)
    assert (release.version, release.complete, sound(release)) == (left.version, True, True)
    assert steps == [
        f"Nothing has changed: {left.version} stays the current release",
        f"Storing {left.triples:,} statements; columns answer meanwhile",
    ]
    *before, last = release.report.steps
    assert (before, last) == (list(left.report.steps), f"Storing {left.triples:,} statements")
    assert release.report.seconds >= left.report.seconds


def test_what_is_published_after_a_release_without_store_gets_one(
    settings: Settings, records: Path, publish: Publish
) -> None:
    left = leave_without_store(settings, publish)
    records.write_text(records.read_text(encoding="utf-8").replace("2013-12", "2013-11"), encoding="utf-8")
    release = publish()
    assert release.version != left.version
    assert release.report.kind is Kind.INCREMENTAL
    assert sound(release)
    assert release.complete
    with Engine(release, settings) as engine:
        assert engine.ask(SOME_GRAPH)


def test_a_patched_store_comes_with_its_release(records: Path, publish: Publish) -> None:
    publish()
    records.write_text(records.read_text(encoding="utf-8").replace("2013-12", "2013-11"), encoding="utf-8")
    steps: list[str] = []
    release = publish(steps.append)
    assert (release.report.kind, release.complete) == (Kind.INCREMENTAL, True)
    assert not [step for step in steps if step.startswith("Storing")]


def test_a_store_that_lacks_something_is_noticed(built: Settings) -> None:
    release = current_release(built)
    (release.store / "CURRENT").unlink()
    assert intact(release.path) is None
    shutil.rmtree(release.store)
    without = intact(release.path)
    assert without is not None
    assert not without.complete


def test_a_store_of_another_release_is_noticed(built: Settings, records: Path, publish: Publish) -> None:
    first = current_release(built)
    records.write_text(
        records.read_text(encoding="utf-8").replace("start: 2013-12", "status: closed"), encoding="utf-8"
    )
    second = publish()
    assert sound(second)
    shutil.rmtree(second.store)
    shutil.copytree(first.store, second.store)
    assert intact(second.path) == second
    assert not sound(second)
