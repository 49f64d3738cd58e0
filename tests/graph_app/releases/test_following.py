"""What follows a release: search index, counts of what projects state, and store."""

from pathlib import Path

import pytest

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryRefused
from graph_app.questions.searching import search
from graph_app.releases.build import build
from graph_app.releases.coverage import PROJECTS, coverage_history
from graph_app.releases.release import Release, current_release
from graph_app.settings import Settings
from tests.graph_app.releases.conftest import RECORDS, Publish


class BrokenOff(Exception):
    """A build that ends here, as if it were killed."""


def break_off(step: str) -> None:
    if step.startswith("Indexing"):
        raise BrokenOff


@pytest.fixture
def without_index(settings: Settings, publish: Publish) -> Release:
    with pytest.raises(BrokenOff):
        publish(break_off)
    return current_release(settings)


def test_texts_are_found_before_there_is_an_index(settings: Settings, without_index: Release) -> None:
    assert not without_index.search.exists()
    with Engine(without_index, settings) as engine:
        found = search(engine, "athens")
        assert [hit.iri.rpartition("/")[2] for hit in found.hits] == ["athens"]
        assert not found.indexed
        with pytest.raises(QueryRefused, match="search index"):
            search(engine, "athens", {"type": ["https://w3id.org/integration-graph/Organisation"]})


def test_the_next_build_makes_what_a_broken_one_left_out(settings: Settings, without_index: Release) -> None:
    release = build(settings)
    assert release.version == without_index.version
    assert release.complete
    with Engine(release, settings) as engine:
        assert search(engine, "athens").indexed
    assert {one.release for one in coverage_history(settings)} == {release.version}


def test_only_changes_of_what_projects_state_are_noted(settings: Settings, publish: Publish) -> None:
    first = publish()
    noted = {(one.dataset.rpartition("/")[2], one.fact): one.projects for one in coverage_history(settings)}
    assert noted["small", PROJECTS] == noted["", PROJECTS] == noted["small", "start"] == 1
    assert ("small", "end") not in noted
    build(settings)
    assert len(coverage_history(settings)) == len(noted)
    _add_end(settings.data)
    second = publish()
    later = [one for one in coverage_history(settings) if one.release == second.version]
    assert second.version != first.version
    assert [(one.dataset.rpartition("/")[2], one.fact, one.projects) for one in later] == [
        ("", "end", 1),
        ("", "period", 1),
        ("small", "end", 1),
        ("small", "period", 1),
    ]


def test_a_damaged_table_is_begun_anew(settings: Settings, publish: Publish) -> None:
    release = publish()
    table = release.path.parent / "coverage.csv"
    table.write_text("release\nnothing\n", encoding="utf-8")
    assert coverage_history(settings) == ()
    _add_end(settings.data)
    again = publish()
    assert {one.release for one in coverage_history(settings)} == {again.version}


def _add_end(data: Path) -> None:
    changed = RECORDS.replace("start: 2013-12\n", "start: 2013-12\n    end: 2014-05\n")
    assert changed != RECORDS
    (data / "small.yaml").write_text(changed, encoding="utf-8")
