import json
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from graph_app.releases.content import read_graph
from graph_app.releases.release import Release, current_release
from graph_app.settings import Settings
from graph_app.validation import released
from graph_app.validation.check import results_on_columns
from graph_app.validation.released import check_release
from graph_app.validation.results import Result
from loaders.findings import Finding
from loaders.mapping.quads import ontology_graph
from tests.reference import by_pyshacl

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LINES = f"""\
<urn:p> {TYPE} <https://w3id.org/integration-graph/ontology#Project> <urn:g> .
<urn:p> {TYPE} <urn:other> <urn:g> .
"""


@pytest.fixture
def settings(curated_settings: Settings, tmp_path: Path) -> Settings:
    """A home whose current release holds one project without title."""
    home = tmp_path / "home"
    made = current_release(curated_settings)
    shutil.copytree(made.path, home / "releases" / made.version)
    (home / "releases" / "current").symlink_to(made.version)
    settings = replace(curated_settings, home=home)
    release = current_release(settings)
    for path in release.content_files:
        path.write_text(LINES if path.name == "derived.nq" else "", encoding="utf-8")
    shutil.rmtree(release.columns)
    build_columns(release.columns, *release.content_files)
    return settings


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Sizes of the graphs that are checked, while all work is done as ever."""
    sizes: list[int] = []

    def check(columns: ColumnStore, content: Callable[[], Graph]) -> Iterator[tuple[Result, Finding]]:
        sizes.append(columns.catalogue.triples)
        return results_on_columns(columns, content)

    monkeypatch.setattr(released, "results_on_columns", check)
    return sizes


def report(settings: Settings, release: Release) -> Path:
    return settings.home / "reports" / f"{release.version}.json"


def rules(findings: tuple[Finding, ...]) -> set[str]:
    return {found.rule for found in findings}


def test_a_release_is_checked_once(settings: Settings, checks: list[int]) -> None:
    release = current_release(settings)
    first = check_release(release, settings)
    assert "ProjectTitleGiven" in rules(first)
    assert check_release(release, settings) == first
    assert checks == [2]
    assert [path.name for path in report(settings, release).parent.iterdir()] == [f"{release.version}.json"]


def test_other_content_and_other_rules_are_checked_anew(
    settings: Settings, checks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    release = current_release(settings)
    check_release(release, settings)
    check_release(replace(release, sha256="0" * 64), settings)
    monkeypatch.setattr(released, "_rules", lambda: "other rules")
    check_release(replace(release, sha256="0" * 64), settings)
    check_release(replace(release, sha256="0" * 64), replace(settings, base="https://elsewhere.example/id/"))
    assert len(checks) == 4


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", "5"])
def test_a_damaged_report_is_made_anew(damage: str, settings: Settings, checks: list[int]) -> None:
    release = current_release(settings)
    first = check_release(release, settings)
    report(settings, release).write_text(damage, encoding="utf-8")
    assert check_release(release, settings) == first
    assert json.loads(report(settings, release).read_text(encoding="utf-8"))["content"]
    assert len(checks) == 2


def test_findings_of_a_damaged_report_are_not_believed(settings: Settings, checks: list[int]) -> None:
    release = current_release(settings)
    first = check_release(release, settings)
    kept = report(settings, release)
    document = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(json.dumps(document | {"content": [{"rule": "made-up"}]}), encoding="utf-8")
    assert check_release(release, settings) == first
    assert len(checks) == 2


def test_where_nothing_can_be_written_the_check_is_made_all_the_same(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.home / "reports").write_text("in the way", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert "ProjectTitleGiven" in rules(check_release(current_release(settings), settings))
    assert "cannot be kept" in caplog.text


def test_columns_and_pyshacl_find_the_same_at_the_same_cells(curated_settings: Settings, tmp_path: Path) -> None:
    release = current_release(curated_settings)
    found = check_release(release, replace(curated_settings, home=tmp_path))
    graph = read_graph(release, leave_out=frozenset({str(ontology_graph(curated_settings.base))}))
    assert found == by_pyshacl(graph)
    assert any(finding.location for finding in found)


def test_what_columns_cannot_check_exactly_is_left_to_pyshacl(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    release = current_release(settings)
    ontology = "https://w3id.org/integration-graph/ontology#"
    month = '"2024-13"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    with release.content_files[0].open("a", encoding="utf-8") as lines:
        lines.write(f"<urn:a> {TYPE} <{ontology}Amount> <urn:g> .\n<urn:a> <{ontology}value> {month} <urn:g> .\n")
        lines.write(f"<urn:b> {TYPE} <{ontology}Grant> <urn:g> .\n<urn:b> <{ontology}amount> <urn:a> <urn:g> .\n")
    shutil.rmtree(release.columns)
    build_columns(release.columns, *release.content_files)
    with caplog.at_level(logging.INFO):
        found = check_release(release, settings)
    assert "Left to pySHACL" in caplog.text
    assert "Failed to convert" not in caplog.text
    assert found == by_pyshacl(read_graph(release))
    assert {"ProjectTitleGiven", "AmountValue"} <= rules(found)
