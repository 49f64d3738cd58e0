"""A steward's broken template: every fault is told once, at its cell, in both languages, and nothing is taken in."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

from graph_app.releases.release import current_release
from graph_app.settings import Settings
from graph_app.validation.entry import check_entry
from loaders.datasets import Dataset
from loaders.findings import Finding, Severity
from tests.loaders.template.broken import build

DATASET = Dataset("submission", {"en": "Submission"}, "template", "submission")
FAULTS = build.faults(in_workbook=True)
#: Each fault is told alone by the reader, as its own tests say, and together with the others by the command below. Here
#: those that the shapes tell and every fourth of the others are tried in every run, all in the long form.
ALONE = [
    fault if "shape" in fault or number % 4 == 0 else pytest.param(fault, marks=pytest.mark.soak)
    for number, fault in enumerate(FAULTS)
]


def violations(path: Path) -> list[Finding]:
    report = check_entry(path, DATASET, lambda _: Graph())
    found = [item for item in report.findings if item.severity is Severity.VIOLATION]
    assert report.accepted is not bool(found)
    return found


def test_the_template_without_fault_is_accepted_with_advice_only(tmp_path: Path) -> None:
    path = tmp_path / "entries.xlsx"
    build.write_entries(path)
    assert violations(path) == []


@pytest.mark.parametrize("fault", ALONE, ids=lambda fault: fault["name"])
def test_one_fault_is_told_once_at_its_place(tmp_path: Path, fault: dict[str, Any]) -> None:
    path = tmp_path / "entries.xlsx"
    (told,) = build.write_broken(path, [fault])
    (found,) = violations(path)
    assert found.location is not None
    assert (found.rule, found.location.sheet, found.location.row, found.location.column) == (
        told.rule or told.shape,
        told.sheet,
        told.row,
        told.column,
    )
    assert found.text("en") != found.text("cs")


def test_the_command_tells_all_faults_in_one_run_and_takes_nothing_in(
    tmp_path: Path, curated_settings: Settings
) -> None:
    path = tmp_path / "entries.xlsx"
    told = build.write_broken(path, FAULTS)
    before = current_release(curated_settings).sha256
    run = subprocess.run(
        [str(Path(sys.executable).with_name("intgraph")), "validate", str(path), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        env={"INTGRAPH_HOME": str(curated_settings.home), "INTGRAPH_DATA": str(curated_settings.data), "PATH": ""},
    )
    assert run.returncode == 1, run.stderr
    places = {
        (item["rule"], item["sheet"], item["row"] or None, item["column"])
        for item in json.loads(run.stdout)
        if item["severity"] == "violation"
    }
    assert {(one.rule or one.shape, one.sheet, one.row, one.column) for one in told} <= places
    assert len(places) >= 20
    assert current_release(curated_settings).sha256 == before
