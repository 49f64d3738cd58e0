"""Releases that are made of the one before them, and what that must not change."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import Phase, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from graph_app.journal.deployment import open_journal
from graph_app.journal.intake import take_in
from graph_app.journal.loads import loads_in_force
from graph_app.journal.revert import revert
from graph_app.releases import patch
from graph_app.releases.build import build
from graph_app.releases.findings import read_findings
from graph_app.releases.fingerprint import fingerprint
from graph_app.releases.release import Release, current_release
from graph_app.releases.report import Kind
from graph_app.settings import Settings
from loaders.datasets import Dataset
from tests.graph_app.columns.encoding.decoding import Triple, decoded, parsed
from tests.graph_app.releases.conftest import Publish
from tests.graph_app.search.reading import indexed

_PARTNERS = "[{organisation: iom, role: partner}, {organisation: athens, role: coordinator}]"
_GRANT = "grants: [{{id: g, donor: {}, amounts: [{{value: '{}', currency: EUR, amount_kind: awarded}}]}}]"
#: Two datasets tell of the same things: what one of them takes back, the other may still say. Amounts in two spellings
#: are two statements and one value.
ORGANISATIONS = [
    "{id: iom, locator: line 1, name: {en: IOM}}",
    "{id: iom, locator: line 2, name: {en: IOM, cs: IOM}, seat: CZE}",
    "{id: athens, locator: line 3, name: {en: Athens}}",
]
PROJECTS = [
    "{id: access, locator: line 4, title: {en: ACCESS}, start: 2013-12}",
    f"{{id: access, locator: line 5, title: {{cs: ACCESS}}, start: 2012, participations: {_PARTNERS}}}",
    f"{{id: access, locator: line 6, title: {{en: ACCESS}}, {_GRANT.format('iom', '1.50')}}}",
    f"{{id: access, locator: line 7, title: {{en: ACCESS}}, {_GRANT.format('athens', '1.5')}}}",
]
#: No document tells of one thing twice.
DOCUMENTS = st.builds(
    lambda *chosen: [entry for entry in chosen if entry],
    st.sampled_from(["", *ORGANISATIONS[:2]]),
    st.sampled_from(["", ORGANISATIONS[2]]),
    st.sampled_from(["", *PROJECTS]),
).filter(bool)
STEPS = st.lists(st.one_of(st.tuples(st.sampled_from("ab"), DOCUMENTS), st.just("revert")), min_size=2, max_size=5)


def everything(release: Release) -> tuple[list[str], list[str]]:
    store = ox.Store.read_only(str(release.store))
    return sorted(map(str, store)), sorted(map(str, store.named_graphs()))


def stated(release: Release) -> list[Triple]:
    return parsed(b"".join(path.read_bytes() for path in release.content_files))


@contextmanager
def copied(home: Path) -> Iterator[Path]:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "home"
        shutil.copytree(home, folder, symlinks=True)
        yield folder


def take(settings: Settings, key: str, document: list[str]) -> None:
    path = settings.home / f"{key}.yaml"
    lists = []
    for name, known in (("organisations", ORGANISATIONS), ("projects", PROJECTS)):
        entries = [f"  - {entry}\n" for entry in document if entry in known]
        lists += [f"{name}:\n", *entries] if entries else []
    path.write_text(f"dataset: {key}\n" + "".join(lists), encoding="utf-8")
    intake = take_in(path, Dataset(key, {"en": key}, "curated", "curated"), settings)
    assert intake.event, intake.findings


def undo(settings: Settings) -> None:
    journal = open_journal(settings)
    loads = loads_in_force(journal.events())
    if len(loads) > 1:
        latest = max(load.event.seq for load in loads)
        revert(journal, latest, reason="a test", actor="test")


@pytest.mark.parametrize("number", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_built_step_by_step_or_at_once_gives_the_same(number: int, built_home: Path) -> None:
    @examples(max_examples=number, deadline=None, phases=[Phase.reuse, Phase.generate])
    @given(steps=STEPS)
    def check(steps: list[str | tuple[str, list[str]]]) -> None:
        same_at_once(steps, built_home)

    check()


def same_at_once(steps: list[str | tuple[str, list[str]]], built_home: Path) -> None:
    with copied(built_home) as home:
        settings = Settings(home=home)
        first = current_release(settings)
        for step in steps:
            undo(settings) if step == "revert" else take(settings, *step)
            release = build(settings)
            assert release.report.kind is Kind.INCREMENTAL or release == first
        with copied(home) as other:
            shutil.rmtree(other / "releases")
            anew = build(replace(settings, home=other))
            assert anew.report.kind is Kind.FULL
            assert (release.sha256, release.files, release.entities) == (anew.sha256, anew.files, anew.entities)
            assert everything(release) == everything(anew)
            assert decoded(release.columns) == decoded(anew.columns) == stated(anew)
            assert indexed(release.search) == indexed(anew.search)


def test_a_small_change_patches_the_store_and_links_the_rest(built: Settings, records: Path, publish: Publish) -> None:
    first = current_release(built)
    before, columns = everything(first), decoded(first.columns)
    records.write_text(records.read_text(encoding="utf-8").replace("2013-12", "2013-11"), encoding="utf-8")
    second = publish()
    assert second.report.kind is Kind.INCREMENTAL
    assert second.report.added == second.report.removed > 0
    old, new = (
        {line for path in release.content_files for line in path.read_text(encoding="utf-8").splitlines()}
        for release in (first, second)
    )
    assert (second.report.added, second.report.removed) == (len(new - old), len(old - new))
    assert (second.content / "ontology.nq").samefile(first.content / "ontology.nq")
    assert not (second.content / "small.nq").samefile(first.content / "small.nq")
    assert second.journal.seq == first.journal.seq + 1
    assert everything(first) == before
    assert decoded(first.columns) == columns != decoded(second.columns) == stated(second)
    steps = " ".join(second.report.steps)
    assert "Patching" in steps
    assert "ontology" not in steps


def test_where_what_was_derived_is_damaged_all_is_made_anew(built: Settings) -> None:
    derived = current_release(built).content / "derived.nq"
    text = derived.read_bytes()
    assert b"ACCESS" in text
    derived.write_bytes(text.replace(b"ACCESS", b"EXCESS"))
    take(built, "a", ORGANISATIONS[:1])
    release = build(built)
    assert release.report.kind is Kind.FULL
    assert (release.content / "derived.nq").read_bytes() == text
    assert decoded(release.columns) == stated(release)


@pytest.mark.parametrize(("name", "value"), [("SHARE_CHANGED", 0.0), ("MOST_CHANGED", 3)])
def test_a_large_change_makes_everything_derived_anew(
    name: str, value: float, built: Settings, records: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = current_release(built)
    monkeypatch.setattr(patch, name, value)
    records.write_text(records.read_text(encoding="utf-8").replace("2013-12", "2013-11"), encoding="utf-8")
    second = publish()
    assert second.report.kind is Kind.FULL
    assert (second.content / "ontology.nq").samefile(first.content / "ontology.nq")


def test_what_no_event_has_changed_is_not_loaded_again(built: Settings) -> None:
    take(built, "a", ORGANISATIONS[:1])
    steps: list[str] = []
    second = build(built, steps.append)
    assert [step for step in steps if step.startswith(("Loading", "Reading"))] == ["Loading a"]
    assert [note.key for note in second.datasets] == ["a", "small"]
    undo(built)
    third = build(built, steps.append)
    assert [note.key for note in third.datasets] == ["small"]
    assert set(third.files) == {"derived.nq", "ontology.nq", "small.nq"}
    assert {path.name for path in third.content.iterdir()} == set(third.files)


def test_the_same_bytes_published_again_are_no_change(built: Settings) -> None:
    take(built, "a", ORGANISATIONS[:1])
    first = build(built)
    take(built, "a", ORGANISATIONS[1:2])
    take(built, "a", ORGANISATIONS[:1])
    steps: list[str] = []
    assert build(built, steps.append) == first
    assert len(steps) == 1


def test_what_is_undone_makes_the_release_before_it_current_again(built: Settings) -> None:
    first = current_release(built)
    take(built, "a", ORGANISATIONS[:1])
    second = build(built)
    undo(built)
    steps: list[str] = []
    assert build(built, steps.append) == first == current_release(built)
    assert len(steps) == 1
    take(built, "a", ORGANISATIONS[:1])
    assert build(built) == second
    undo(built)
    (first.content / "small.nq").write_bytes(b"")  # of what is not as it was, another one is made
    assert build(built).path != first.path


def test_findings_of_what_is_not_loaded_again_are_kept(built: Settings, records: Path, publish: Publish) -> None:
    records.write_text(records.read_text(encoding="utf-8").replace("{en: IOM}", '{en: "I\u200bOM"}'), encoding="utf-8")
    first = publish()
    take(built, "a", ORGANISATIONS[:1])
    second = build(built)
    assert second.report.kind is Kind.INCREMENTAL
    assert read_findings(second) == read_findings(first)
    assert second.findings == first.findings == {"violation": 0, "warning": 1, "info": 0}


def test_another_version_of_the_program_makes_everything_anew(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    first = current_release(built)
    assert first.fingerprint == fingerprint(built)
    monkeypatch.setattr("graph_app.releases.build.fingerprint", lambda _: "another version")
    steps: list[str] = []
    second = build(built, steps.append)
    assert (second.sha256, second.version, second.report.kind) == (first.sha256, f"{first.version}.2", Kind.FULL)
    assert "Reading the ontology" in steps
    assert build(built) == second
