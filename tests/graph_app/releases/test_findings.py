from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.releases.findings import count_by_severity, read_findings, write_findings
from graph_app.releases.release import NoRelease, current_release
from graph_app.settings import Settings
from loaders.findings import Finding, Location, Severity

FINDINGS = (
    Finding("first", Severity.WARNING, {"en": "One.", "cs": "Jedna."}, Location("a.csv", row=2, column="B"), "x"),
    Finding("second", Severity.INFO, {"en": "Two."}, None, focus="urn:a", path="urn:b"),
)


def test_findings_come_back_as_they_were_kept(built: Settings, tmp_path: Path) -> None:
    write_findings(FINDINGS, tmp_path, "small")
    assert read_findings(replace(current_release(built), path=tmp_path)) == FINDINGS


def test_severities_without_a_finding_are_counted_too() -> None:
    assert count_by_severity(FINDINGS) == {"violation": 0, "warning": 1, "info": 1}


@pytest.mark.parametrize("text", ["", "{", "5", "[1]", "[{}]", '[{"severity": "grave", "location": null}]', None])
def test_findings_that_cannot_be_read_are_said_to_be_so(text: str | None, built: Settings) -> None:
    release = current_release(built)
    path = release.path / "findings" / "small.json"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    with pytest.raises(NoRelease, match=r"cannot be read .* Run `intgraph build` again"):
        read_findings(release)
