"""A filled-in template gives no finding; each fault gives one, at its place, and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import LANGUAGES, Finding, Severity
from loaders.mapping.entities import Mapper
from loaders.mapping.values import Names
from loaders.records import Record
from loaders.sources.template import read
from loaders.vocabulary import BASE
from tests.loaders.template.broken import build

DATASET = Dataset("submission", {"en": "Test"}, "template", "submission")

WORKBOOK_FAULTS = build.faults(in_workbook=True)
CSV_FAULTS = build.faults(in_workbook=False)


def findings(path: Path) -> list[Finding]:
    """What reading and mapping a template finds, beyond mere information."""
    mapper = Mapper(Names("submission", BASE, addresses=True))
    items: list[object] = []
    for item in read(path, DATASET):
        items += mapper.lines(item) if isinstance(item, Record) else [item]
    return [item for item in items if isinstance(item, Finding) and item.severity is not Severity.INFO]


def place(found: Finding) -> tuple[str, int | None, str]:
    assert found.location is not None
    return found.location.sheet, found.location.row, found.location.column


def test_there_are_faults_of_at_least_twenty_kinds() -> None:
    told = {fault.get("rule") or fault["shape"] for fault in WORKBOOK_FAULTS + CSV_FAULTS}
    assert len(told) >= 20
    assert len({fault["name"] for fault in WORKBOOK_FAULTS + CSV_FAULTS}) == len(WORKBOOK_FAULTS + CSV_FAULTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_without_fault_gives_no_finding(tmp_path: Path, language: str) -> None:
    build.write_entries(tmp_path / "entries.xlsx", language)
    assert findings(tmp_path / "entries.xlsx") == []


@pytest.mark.parametrize("fault", WORKBOOK_FAULTS, ids=lambda fault: fault["name"])
def test_one_fault_gives_one_finding_at_its_place(tmp_path: Path, fault: dict[str, Any]) -> None:
    path = tmp_path / "entries.xlsx"
    (told,) = build.write_broken(path, [fault])
    found = findings(path)
    if told.shape:
        assert found == []  # the shapes tell it
        return
    assert [(item.rule, *place(item)) for item in found] == [(told.rule, told.sheet, told.row, told.column)]
    assert found[0].severity is Severity.VIOLATION
    assert found[0].text("en") != found[0].text("cs")
    assert "{" not in found[0].text("en") + found[0].text("cs")


def test_all_faults_together_are_told_in_one_pass(tmp_path: Path) -> None:
    path = tmp_path / "entries.xlsx"
    told = build.write_broken(path, WORKBOOK_FAULTS)
    expected = sorted((one.rule, one.sheet, one.row or 0, one.column) for one in told if one.rule)
    found = sorted((item.rule, place(item)[0], place(item)[1] or 0, place(item)[2]) for item in findings(path))
    assert found == expected


@pytest.mark.parametrize("fault", CSV_FAULTS, ids=lambda fault: fault["name"])
def test_csv_faults_are_told_at_their_line(tmp_path: Path, fault: dict[str, Any]) -> None:
    path = build.write_broken_csv(tmp_path, fault)
    if fault.get("stops"):
        with pytest.raises(SourceFault) as raised:
            findings(path)
        found = raised.value.finding
    else:
        found = findings(path)[0]
    assert found.rule == fault["rule"]
    assert found.location is not None
    assert found.location.file == path.name
    assert found.location.line == fault.get("line", found.location.line)
