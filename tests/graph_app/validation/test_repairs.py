"""Repairs, written into the cell and checked again."""

import csv
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.validation.repairs import repaired, repaired_cell
from loaders.datasets import Dataset
from loaders.findings import Finding, Severity
from loaders.load import load
from loaders.mapping.entities import Mapper
from loaders.mapping.values import Names
from loaders.records import Cell, Record, SourceRef
from loaders.vocabulary import BASE, IG

DATASET = Dataset("submission", {"en": "Entry"}, "template", "submission")

#: A row of a sheet that is sound, and the column whose cell the faults come into.
ROWS = {
    "projects": {"Id": "a", "Title (en)": "A"},
    "organisations": {"Id": "o", "Name (en)": "O"},
    "participations": {"Project": "a", "Organisation": "o", "Role": "partner"},
    "grants": {"Id": "g", "Project": "a", "Amount: value": "5", "Amount: currency": "EUR", "Amount: kind": "Budget"},
    "beneficiaries": {"Project": "a", "Target group": "Migrants", "Number": "12"},
    "outputs": {"Id": "x", "Title (en)": "X", "Project": "a"},
}
MENDED = [
    ("projects", "Start", "31 March 2024", "2024-03-31"),
    ("projects", "Start", "31. března 2024", "2024-03-31"),
    ("projects", "Start", "2024/3/31", "2024-03-31"),
    ("projects", "Start", "3/31/2024", "2024-03-31"),
    ("projects", "End", "45382", "2024-03-31"),
    ("projects", "End", "31.3.2024.", "2024-03-31"),
    ("projects", "End", "2024 - 03", "2024-03"),
    ("projects", "Countries", "Czehia", "Czechia"),
    ("projects", "Countries", "Czehia; Slovakai; FR", "Czechia; Slovakai; FR"),
    ("projects", "Target groups", "Refugess", "Refugees"),
    ("projects", "Themes", "langauge", "language"),
    ("projects", "Status", "finnished", "Finished"),
    ("projects", "Website", "www.example.org/a", "https://www.example.org/a"),
    ("projects", "Website", "http//example.org", "http://example.org"),
    ("projects", "Website", "https:// example.org / a", "https://example.org/a"),
    ("projects", "Title (en)", "Inte\u00adgration", "Integration"),
    ("organisations", "Type", "univrsity", "University"),
    ("participations", "Role", "Koordinator", "Koordinátor"),
    ("participations", "Role", "lead parnter", "lead partner"),
    ("grants", "Amount: value", "1 234,50", "1234.50"),
    ("grants", "Amount: value", "1.234.567,5", "1234567.5"),
    ("grants", "Amount: value", "1,234.50", "1234.50"),
    ("grants", "Amount: value", "25.000.000", "25000000"),
    ("grants", "Amount: value", "1200,-", "1200"),
    ("grants", "Amount: value", "1'234'567.50", "1234567.50"),
    ("grants", "Amount: value", "10 000 ,50", "10000.50"),
    ("grants", "Amount: currency", "Eurro", "EUR"),
    ("grants", "Amount: currency", "ceska korna", "CZK"),
    ("grants", "Amount: kind", "Amount awardde", "Amount awarded"),
    ("beneficiaries", "Number", "1.250,0", "1250.0"),
    ("beneficiaries", "Approximate", "PRAVDA", "ano"),
    ("outputs", "Type", "brochrue", "Brochure"),
    ("outputs", "Languages", "Englsh", "en"),
]
LEFT = [
    ("projects", "Start", "03/04/2024"),
    ("projects", "Start", "31.2.2024"),
    ("projects", "Start", "next spring"),
    ("projects", "Start", "2011/12"),
    ("projects", "Countries", "Austrlia"),
    ("projects", "Countries", "Korea"),
    ("projects", "Countries", "Korae"),
    ("projects", "Target groups", "martians"),
    ("projects", "Website", "info@example.org"),
    ("projects", "Website", "www.a.cz, www.b.cz"),
    ("projects", "Website", "javascript:alert(1)"),
    ("projects", "Website", "not yet"),
    ("grants", "Amount: value", "1,234"),
    ("grants", "Amount: value", "1.234,-"),
    ("grants", "Amount: value", "1234 Kč"),
    ("grants", "Amount: value", "50 %"),
    ("grants", "Amount: value", "many"),
    ("grants", "Amount: currency", "$"),
    ("grants", "Amount: currency", "CZE"),
    ("beneficiaries", "Number", "12,5"),
    ("beneficiaries", "Approximate", "perhaps"),
]


@pytest.fixture
def faults(tmp_path: Path) -> Callable[[str, str, str], Sequence[Finding]]:
    """Give the findings at one cell of a sheet with one row."""

    def check(sheet: str, column: str, text: str) -> Sequence[Finding]:
        row = ROWS[sheet] | {column: text}
        path = tmp_path / f"{sheet}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerows([row.keys(), row.values()])
        letter = chr(ord("A") + list(row).index(column))
        found = [item for item in load(path, DATASET) if isinstance(item, Finding)]
        return [item for item in found if item.location is not None and item.location.column == letter]

    return check


@pytest.mark.parametrize(("sheet", "column", "written", "mended"), MENDED)
def test_a_repair_written_into_its_cell_ends_the_finding(
    sheet: str, column: str, written: str, mended: str, faults: Callable[[str, str, str], Sequence[Finding]]
) -> None:
    before = faults(sheet, column, written)
    assert before
    text = repaired_cell(written, before[:1])
    assert text == mended
    after = faults(sheet, column, text)
    assert (before[0].rule, before[0].value) not in {(found.rule, found.value) for found in after}
    assert len(after) == len(before) - 1


@pytest.mark.parametrize(("sheet", "column", "written"), LEFT)
def test_what_can_mean_two_things_or_nothing_is_left_to_people(
    sheet: str, column: str, written: str, faults: Callable[[str, str, str], Sequence[Finding]]
) -> None:
    found = faults(sheet, column, written)
    assert found
    assert [repaired(item) for item in found] == [""] * len(found)


def test_a_percentage_loses_its_sign_and_its_comma() -> None:
    mapper = Mapper(Names("x", BASE))

    def read(text: str) -> list[Finding]:
        fields = {"project": (Cell("a"),), "country": (Cell("CZE"),), "percentage": (Cell(text, "C"),)}
        record = Record("allocation", ("a", "CZE"), SourceRef("x", "x.csv", "0" * 64, row=2), fields)
        return [item for item in mapper.lines(record) if isinstance(item, Finding)]

    (found,) = read("12,5 %")
    assert (found.path, repaired(found)) == (str(IG.percentage), "12.5")
    assert not read("12.5")


def number(text: str) -> Finding:
    rule = "decimal-comma" if "," in text else "number-unreadable"
    return Finding(rule, Severity.VIOLATION, {"en": ""}, value=text, path=str(IG.value))


@given(
    st.integers(1_000, 10**12), st.integers(0, 99),
    st.sampled_from([(" ", ","), (".", ","), (",", "."), ("'", "."), ("’", ","), ("\u00a0", ","), ("\u202f", ",")]),
)  # fmt: skip
def test_a_number_keeps_its_worth_whatever_its_signs(whole: int, cents: int, signs: tuple[str, str]) -> None:
    groups, sign = signs
    text = f"{whole:,}".replace(",", groups) + f"{sign}{cents:02}"
    assert Decimal(repaired(number(text))) == Decimal(whole) + Decimal(cents) / 100


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from([".", ",", ". ", " ,"]), st.sampled_from(["", ",-"]))
def test_one_group_of_three_digits_is_never_guessed(first: int, second: int, sign: str, end: str) -> None:
    assert repaired(number(f"{first}{sign}{second:03}{end}")) == ""


@given(st.text(max_size=40), st.sampled_from(["not-a-web-address", "number-unreadable", "date-unreadable"]))
def test_a_repair_of_anything_is_read_or_nothing(text: str, rule: str) -> None:
    path = {"not-a-web-address": "http://xmlns.com/foaf/0.1/homepage", "date-unreadable": str(IG.startDate)}
    found = Finding(rule, Severity.VIOLATION, {"en": ""}, value=text, path=path.get(rule, str(IG.value)))
    mended = repaired(found)
    if mended:
        assert repaired(Finding(rule, Severity.VIOLATION, {"en": ""}, value=mended, path=found.path)) == ""


def test_a_date_that_its_map_does_not_declare_is_read_in_the_form_of_iso(tmp_path: Path) -> None:
    declared = "project: {key: [id]}\ncolumns:\n  Id: project.id\n  From: {fills: project.start, date: yyyymmdd}\n"
    dataset = Dataset("mine", {"en": "Mine"}, "mapped", "mine", map=declared)
    path = tmp_path / "list.csv"

    def read(text: str) -> list[Finding]:
        path.write_text(f"Id,From\na,{text}\nb,20240101\n", encoding="utf-8")
        return [item for item in load(path, dataset) if isinstance(item, Finding) and item.rule == "map-date"]

    (found,) = read("31.3.2024")
    assert repaired(found) == "2024-03-31"
    assert not read(repaired(found))
    assert [repaired(item) for item in read("03/04/2024")] == [""]


def test_a_date_of_a_yaml_record_is_mended_at_its_key(tmp_path: Path) -> None:
    path = tmp_path / "entry.yaml"
    dataset = Dataset("entry", {"en": "Entry"}, "curated", "entry")

    def read(text: str) -> list[Finding]:
        record = f"dataset: entry\nprojects:\n  - {{id: a, locator: line 1, title: {{en: A}}, start: {text}}}\n"
        path.write_text(record, encoding="utf-8")
        return [item for item in load(path, dataset) if isinstance(item, Finding)]

    (found,) = read("31 March 2024")
    assert not read(repaired(found))
