"""Curated YAML: text stays text, nested entries know their parent, and every fault has a line."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import LANGUAGES, Finding
from loaders.records import Cell, Record
from loaders.sources.curated import read

DATASET = Dataset("docs", {"en": "Test"}, "curated", "docs")

FAULTS: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("yaml_faults.yaml"))
ENTRIES = """\
dataset: docs
organisations:
  - id: iom
    locator: line 1
    name: {en: IOM, cs: [MOM, Mezinárodní organizace]}
    seat: NO
    identifiers: [{scheme: CZ-ICO, code: 00123456}]
projects:
  - id: access
    locator: lines 2-3
    start: 2013-12
    country: [CZE, FIN]
    participations:
      - {organisation: iom, role: partner, locator: line 3}
    grants:
      - donor: ec
        amounts: [{value: 1200.50, currency: EUR, amount_kind: awarded}]
    beneficiaries: [{target_group: refugees, count: 75}]
    results: [{count: 100, approximate: yes, description: {en: new jobs}}]
partnerships:
  - {id: net, locator: line 9, participations: [{organisation: iom, role: coordinator}]}
"""


def items_of(path: Path) -> list[object]:
    """What a file gives, with the fault that stops the reading as its last finding."""
    items: list[object] = []
    try:
        items.extend(read(path, DATASET))
    except SourceFault as fault:
        items.append(fault.finding)
    return items


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return tmp_path / "docs.yaml"


def entries(path: Path, text: str) -> list[Record]:
    path.write_text(text, encoding="utf-8")
    items = list(read(path, DATASET))
    assert not [item for item in items if isinstance(item, Finding)]
    return [item for item in items if isinstance(item, Record)]


def test_text_folded_over_lines_is_one_text(document: Path) -> None:
    start = "dataset: docs\nprojects:\n- id: p\n  locator: line 1\n  title:\n    en: >-\n"
    (record,) = entries(document, f"{start}      one\n      two\n\n      three\n")
    assert record.fields["title"][0].text == "one two\nthree"


def test_entries_come_in_file_order_with_keys_lines_and_locators(document: Path) -> None:
    records = entries(document, ENTRIES)
    assert [(record.kind, record.key, record.source.line, record.source.locator) for record in records] == [
        ("organisation", ("iom",), 3, "line 1"),
        ("identifier", ("iom", "CZ-ICO", "00123456"), 7, "line 1"),
        ("project", ("access",), 9, "lines 2-3"),
        ("participation", ("access", "iom", "partner"), 14, "line 3"),
        ("grant", ("access~ec",), 16, "lines 2-3"),
        ("amount", ("access~ec", "1200.50", "EUR", "awarded", "_", "_"), 17, "lines 2-3"),
        ("beneficiaries", ("access", "refugees", "75"), 18, "lines 2-3"),
        ("result", ("access", "100", "new jobs"), 19, "lines 2-3"),
        ("partnership", ("net",), 21, "line 9"),
        ("participation", ("partnership", "net", "iom", "coordinator"), 21, "line 9"),
    ]


def test_every_value_is_the_text_that_was_written(document: Path) -> None:
    records = {record.kind: record for record in entries(document, ENTRIES)}
    assert records["organisation"].fields["seat"] == (Cell("NO", "seat", 6),)
    assert records["organisation"].fields["name"] == (
        Cell("IOM", "name.en", 5, "en"),
        Cell("MOM", "name.cs", 5, "cs"),
        Cell("Mezinárodní organizace", "name.cs", 5, "cs"),
    )
    assert records["project"].fields["start"] == (Cell("2013-12", "start", 11),)
    assert [cell.text for cell in records["project"].fields["country"]] == ["CZE", "FIN"]
    assert records["result"].fields["approximate"][0].text == "yes"


def test_nested_entries_point_to_their_parent(document: Path) -> None:
    records = entries(document, ENTRIES)
    parents = {record.kind: record.fields for record in records}
    assert parents["identifier"]["organisation"][0].text == "iom"
    assert parents["grant"]["project"][0].text == "access"
    assert parents["amount"]["grant"][0].text == "access~ec"
    assert parents["participation"]["partnership"][0].text == "net"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"])
def test_every_fault_is_told_at_its_line(document: Path, fault: dict[str, Any]) -> None:
    document.write_text(fault["text"], encoding="utf-8")
    if fault.get("stops"):
        with pytest.raises(SourceFault) as raised:
            list(read(document, DATASET))
        found = raised.value.finding
    else:
        (found,) = [item for item in read(document, DATASET) if isinstance(item, Finding)]
    assert found.rule == fault["rule"]
    assert found.location is not None
    assert (found.location.file, found.location.line) == ("docs.yaml", fault["line"])
    assert found.location.column == fault.get("column", found.location.column)
    assert all(found.text(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    "bomb", ["[" * 1_000_000, "- " * 100_000, "{a: " * 10_000, "dataset: docs\nprojects: " + "[" * 20]
)
def test_deep_nesting_is_refused_before_it_costs_anything(document: Path, bomb: str) -> None:
    document.write_text(bomb, encoding="utf-8")
    with pytest.raises(SourceFault) as raised:
        list(read(document, DATASET))
    assert raised.value.finding.rule == "yaml-deep"


@pytest.mark.parametrize(
    ("content", "rule"),
    [(b"", "file-empty"), ("dataset: Žižkov".encode("cp1250"), "not-utf8"), (b"#" * 5_000_001, "file-too-large")],
    ids=["empty", "cp1250", "large"],
)
def test_files_that_are_not_read(document: Path, content: bytes, rule: str) -> None:
    document.write_bytes(content)
    with pytest.raises(SourceFault) as raised:
        list(read(document, DATASET))
    assert raised.value.finding.rule == rule


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(SourceFault) as raised:
            list(read(path, DATASET))
        assert raised.value.finding.rule == "file-unreadable"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.one_of(st.text(), st.text(alphabet="abc:-[]{}&*!|>'\"#%,?@ \n\t").map("dataset: docs\n".__add__)))
def test_any_text_gives_records_findings_or_a_located_fault(document: Path, text: str) -> None:
    document.write_text(text, encoding="utf-8", newline="")
    assert all(isinstance(item, Record | Finding) for item in items_of(document))
