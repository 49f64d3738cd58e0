"""Names are compared in a process of its own, which gives what comparing them here gives."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.identity.candidates import candidates
from graph_app.identity.comparing import Comparison, comparison, earlier, forget
from graph_app.identity.kept import find_candidates, kept_candidates
from graph_app.questions.engine import Engine
from graph_app.releases.release import current_release
from graph_app.releases.reports import remove_reports
from graph_app.settings import Settings

_PATIENCE = 120.0


def test_the_process_finds_what_is_found_here(curated_settings: Settings) -> None:
    kind = "organisation"
    release = current_release(curated_settings)
    found = comparison(release, curated_settings, kind)
    assert found is comparison(release, curated_settings, kind), "it is done once"
    assert found.wait(_PATIENCE)
    with Engine(release, curated_settings) as engine:
        assert (found.fault, found.candidates) == ("", list(candidates(engine, kind)))
    assert found.names == release.entities["Organisation"]
    assert earlier(replace(release, version="the next one"), kind) is found
    assert earlier(release, kind) is None


def test_a_server_that_starts_anew_has_what_was_found_before(
    curated_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, kind = replace(curated_settings, home=tmp_path), "project"
    release = current_release(curated_settings)
    with Engine(release, settings) as engine:
        found = find_candidates(engine, settings, kind)
    monkeypatch.setattr(sys, "executable", "/nothing/that/compares")
    again = Comparison(release, settings, kind)
    assert again.wait(_PATIENCE)
    assert (again.fault, again.candidates) == ("", found)
    assert kept_candidates(replace(release, sha256="other content"), settings, kind) is None
    assert kept_candidates(release, replace(settings, base="https://elsewhere.example/id/"), kind) is None
    remove_reports(settings, release.version)
    assert kept_candidates(release, settings, kind) is None


def test_a_release_that_is_gone_is_a_fault_and_can_be_tried_again(curated_settings: Settings, tmp_path: Path) -> None:
    gone = replace(current_release(curated_settings), version="gone", path=tmp_path / "gone")
    found = comparison(gone, curated_settings, "organisation")
    assert found.wait(_PATIENCE)
    assert found.candidates is None
    assert str(gone.path) in found.fault
    forget(gone, "organisation")
    assert comparison(gone, curated_settings, "organisation") is not found
