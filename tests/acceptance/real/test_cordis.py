"""CORDIS as published: every project, participation and euro of the real files arrives, and nothing besides."""

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

from loaders.datasets import Dataset
from loaders.findings import Finding, Severity
from loaders.load import load_lines
from loaders.records import Record
from loaders.schemes import scheme
from loaders.sources.cordis import SOURCE
from loaders.sources.look import Look

REAL = Path(__file__).resolve().parents[3].parent / "shared" / "real-data" / "cordis"
DASHBOARD, JOINED, PROJECTS, ORGANISATIONS = (
    "dashboard-export-2021.csv",
    "cordis-plus-2014.csv",
    "h2020-projects.xlsx",
    "h2020_organizations_updated_2023-05-29.csv",
)
DATASET = Dataset("real", MappingProxyType({"en": "Real"}), "cordis", "cordis")

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files of CORDIS are not here")


@cache
def loaded(name: str) -> tuple[list[Record], list[Finding]]:
    items = list(SOURCE.read(REAL / name, DATASET))
    return [item for item in items if isinstance(item, Record)], [item for item in items if isinstance(item, Finding)]


def of(name: str, kind: str) -> list[Record]:
    return [record for record in loaded(name)[0] if record.kind == kind]


def texts(records: list[Record], field: str) -> Counter[str]:
    return Counter(record.fields[field][0].text for record in records if field in record.fields)


def pics(name: str) -> set[str]:
    codes = [record.fields for record in of(name, "identifier")]
    return {fields["code"][0].text for fields in codes if fields["scheme"][0].text == "PIC"}


def shares(name: str) -> Counter[str]:
    """The sums of the amounts of participations, by kind."""
    sums: Counter[str] = Counter()
    for record in of(name, "amount"):
        if "participation" in record.fields:
            sums[record.fields["amount_kind"][0].text] += Decimal(record.fields["value"][0].text)  # type: ignore[assignment]
    return sums


def rows(name: str) -> Iterator[dict[str, str]]:
    with (REAL / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def total(name: str, *columns: str) -> Decimal:
    """Sum a column as it is written, apart from the code under test: the first column that has a value counts."""
    given = (next((row[column] for column in columns if row[column] not in {"", "-", "NA"}), "0") for row in rows(name))
    return sum((Decimal(value.replace(",", ".")) for value in given), Decimal(0))


@pytest.mark.parametrize(
    ("name", "participations", "projects", "identifiers"),
    # One of the 5,753 values in the column of PICs is NA.
    [(DASHBOARD, 2570, 131, 2016), (JOINED, 12584, 3321, 5752), (ORGANISATIONS, 5153, 602, 3114)],
)
def test_every_participation_project_and_pic_is_there(
    name: str, participations: int, projects: int, identifiers: int
) -> None:
    found = [record.key for record in of(name, "participation")]
    assert len(found) == len(set(found)) == participations
    assert len({record.key for record in of(name, "project")}) == projects
    assert len(pics(name)) == identifiers


def test_roles_are_those_of_the_source() -> None:
    assert texts(of(JOINED, "participation"), "role") == {
        "partner": 9035 + 22,
        "coordinator": 3324,
        "affiliated-entity": 203,
    }
    assert texts(of(JOINED, "participation"), "source_role") == {
        "Participant": 9035,
        "Coordinator": 3324,
        "Thirdparty": 203,
        "Partner": 22,
    }
    assert texts(of(DASHBOARD, "participation"), "role") == {
        "partner": 2226 + 1,
        "coordinator": 132,
        "affiliated-entity": 211,
    }
    assert texts(of(ORGANISATIONS, "participation"), "role") == {
        "partner": 4030 + 160 + 3,
        "coordinator": 568,
        "affiliated-entity": 392,
    }


def test_every_euro_is_there() -> None:
    assert shares(DASHBOARD) == {
        "eu-contribution": total(DASHBOARD, "eu_contribution"),
        "net-eu-contribution": total(DASHBOARD, "h2020_net_eu_contribution"),
        "total-cost": total(DASHBOARD, "h2020_total_cost"),
    }
    assert shares(ORGANISATIONS) == {
        "eu-contribution": total(ORGANISATIONS, "ecContribution"),
        "net-eu-contribution": total(ORGANISATIONS, "netEcContribution"),
        "total-cost": total(ORGANISATIONS, "totalCost"),
    }
    assert shares(JOINED) == {
        "eu-contribution": total(JOINED, "ec_contribution", "eu_contribution"),
        "net-eu-contribution": total(JOINED, "net_ec_contribution"),
    }


def test_every_country_is_known() -> None:
    for name in (DASHBOARD, JOINED, ORGANISATIONS):
        codes = texts(of(name, "organisation"), "seat")
        assert [code for code in codes if scheme("countries").find(code) is None] == []
        assert {"UK", "EL"} <= set(codes)
    # Where nothing is known, the joined table says NA and Namibia; the dashboard names six participants from there.
    assert texts(of(JOINED, "organisation"), "seat")["NA"] == 0
    assert texts(of(DASHBOARD, "organisation"), "seat")["NA"] == 5


def test_who_left_early_stays_and_that_is_said() -> None:
    ended = [row for row in rows(ORGANISATIONS) if row["endOfParticipation"] == "True"]
    assert len([record for record in of(ORGANISATIONS, "participation") if "description" in record.fields]) == len(
        ended
    )
    assert len(ended) == 168


def test_findings_are_few_and_located() -> None:
    expected = {
        DASHBOARD: {"cordis-row-contradicts": 14},
        JOINED: {"cordis-row-contradicts": 18, "cordis-no-name": 341},
        ORGANISATIONS: {},
    }
    for name, rules in expected.items():
        found = [finding for finding in loaded(name)[1] if finding.severity is not Severity.INFO]
        assert Counter(finding.rule for finding in found) == rules
        assert all(finding.location is not None and finding.location.column for finding in found)


@pytest.mark.soak  # the workbook of all projects takes most of a minute
def test_horizon_projects_of_every_file_find_their_titles() -> None:
    titled = {record.key for record in of(PROJECTS, "project") if "title" in record.fields}
    assert len(titled) == len(of(PROJECTS, "project")) == 35381
    # Of the 3,321 projects of the joined table 2,941 are of FP7, of which no file here has titles.
    horizon = {(row["project_id"],) for row in rows(JOINED) if row["framework_programme"] == "H2020"}
    assert len(horizon) == 380
    assert horizon == {record.key for record in of(JOINED, "project")} & titled
    # One project is younger than the workbook.
    assert {record.key for record in of(ORGANISATIONS, "project")} - titled == {("101031543",)}


def test_all_files_are_recognised() -> None:
    assert SOURCE.recognise(Look(REAL))
    assert all(SOURCE.recognise(Look(REAL / name)) for name in (DASHBOARD, JOINED, ORGANISATIONS))


@pytest.mark.parametrize(
    "name", [DASHBOARD, pytest.param("h2020_projects_updated_2023-05-29.csv", marks=pytest.mark.soak)]
)
def test_files_map_without_a_violation(name: str) -> None:
    found = [item for item in load_lines(REAL / name, DATASET) if isinstance(item, Finding)]
    assert [item for item in found if item.severity is Severity.VIOLATION] == []
