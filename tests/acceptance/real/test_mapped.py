"""Lists as authorities publish them, through the shipped maps: every row, name and sum of the real files arrives."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.load import load_lines
from loaders.normalise.names import lookup_key
from loaders.records import Record
from loaders.sources import detect
from loaders.sources.mapped import SOURCE
from loaders.sources.mapped.shipped import map_text

REAL = Path(__file__).resolve().parents[3].parent / "shared" / "real-data"
FUNDS, AFRICA = REAL / "eu-structural-funds", REAL / "eutf-africa"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real lists are not here")


class Expected(NamedTuple):
    """What a file gives; sums are told by kind of amount and currency."""

    file: Path
    projects: int
    organisations: int
    participations: int
    sums: dict[tuple[str, str], Decimal]


EXPECTED = {
    "esf-berlin-2014-2020": Expected(
        FUNDS / "DE-berlin-esf-2014-2020.csv", 336, 135, 672, {("total-cost", "EUR"): Decimal("84009108.53")}
    ),
    "esf-nrw-2014-2020": Expected(
        FUNDS / "DE-nrw-esf-2014-2020.xlsx", 19_389, 7_255, 38_778, {("total-cost", "EUR"): Decimal("386804991.07")}
    ),
    "esf-mecklenburg-2014-2020": Expected(
        FUNDS / "DE-mv-esf-2014-2020.csv", 1_445, 755, 2_889, {("total-cost", "EUR"): Decimal("143315147.421")}
    ),
    "esif-czechia-2014-2020": Expected(
        FUNDS / "CZ-2014-2020.xlsx",
        1_772,
        1_773,
        3_544,
        {("total-cost", "CZK"): Decimal("48011431146.78"), ("eu-contribution", "CZK"): Decimal("39706716730.40")},
    ),
    "eutf-projects": Expected(
        AFRICA / "EUTF-Projects-Database-2022-01.csv", 253, 152, 637, {("budget", "EUR"): Decimal("5256084987.34")}
    ),
    "eutf-akvo": Expected(
        AFRICA / "processed" / "EUTF_projects_akvo.csv",
        641,
        271,
        1976,
        {("budget", "EUR"): Decimal("13251075115.95")},
    ),
}


@cache
def loaded(name: str) -> tuple[list[Record], list[Finding]]:
    dataset = Dataset("real", MappingProxyType({"en": "Real"}), "mapped", "real", map=map_text(name))
    items = list(SOURCE.read(EXPECTED[name].file, dataset))
    return [item for item in items if isinstance(item, Record)], [item for item in items if isinstance(item, Finding)]


def of(name: str, kind: str) -> list[Record]:
    return [record for record in loaded(name)[0] if record.kind == kind]


def value(record: Record, field: str) -> str:
    return record.fields[field][0].text


def sheet(path: Path, first: int) -> Iterator[tuple[object, ...]]:
    book = load_workbook(path, read_only=True)
    yield from (row for row in book.worksheets[0].iter_rows(min_row=first, values_only=True) if any(row))
    book.close()


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", EXPECTED)
def test_everything_arrives(name: str) -> None:
    expected = EXPECTED[name]
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for record in {record.key: record for record in of(name, "amount")}.values():
        sums[value(record, "amount_kind"), value(record, "currency")] += Decimal(value(record, "value"))
    assert len({record.key for record in of(name, "project")}) == expected.projects
    assert len({record.key for record in of(name, "organisation")}) == expected.organisations
    assert len(of(name, "participation")) == expected.participations
    assert sums == expected.sums


@pytest.mark.parametrize("name", EXPECTED)
def test_the_file_is_recognised_by_its_headings(name: str) -> None:
    found = detect(EXPECTED[name].file)
    assert (found.source.name, name in found.reason) == ("mapped", True)


def test_sums_are_those_of_the_files() -> None:
    berlin = table(EXPECTED["esf-berlin-2014-2020"].file)
    plain = (row["Gesamtbetrag förderfähiger \nAusgaben"].removesuffix(" €") for row in berlin)
    assert sum(Decimal(text.replace(".", "").replace(",", ".")) for text in plain) == Decimal("84009108.53")
    north = table(EXPECTED["esf-mecklenburg-2014-2020"].file)
    assert sum(Decimal(row["GESAMTBETRAG 1)"]) for row in north) == Decimal("143315147.421")
    west = list(sheet(EXPECTED["esf-nrw-2014-2020"].file, 9))
    assert (len(west), sum(Decimal(str(row[5])) for row in west)) == (19_389, Decimal("386804991.07"))
    czech = [row for row in sheet(EXPECTED["esif-czechia-2014-2020"].file, 2) if row[2]]
    assert sum(Decimal(str(row[8])) for row in czech if row[8] is not None) == Decimal("48011431146.78")
    assert sum(Decimal(str(row[9])) for row in czech if row[9] is not None) == Decimal("39706716730.40")
    africa = table(EXPECTED["eutf-projects"].file)
    assert sum(Decimal(row["ProjectBudget"]) for row in africa) == Decimal("5256084987.34")


def test_rates_of_cofinancing_are_per_cents_as_written() -> None:
    def rates(name: str) -> Counter[tuple[str, str]]:
        cells = (record.fields["cofinancing_rate"][0] for record in of(name, "grant"))
        return Counter((cell.text, cell.source) for cell in cells)

    berlin = rates("esf-berlin-2014-2020")
    assert (berlin.total(), berlin["49.92", "49,92%"], berlin["50", "50%"]) == (336, 140, 142)
    west = rates("esf-nrw-2014-2020")
    assert (west.total(), west["50", "0.5"]) == (19_389, 19_389)


def test_berlin_is_read_with_its_signs_and_letters() -> None:
    first = of("esf-berlin-2014-2020", "project")[0]
    amount = of("esf-berlin-2014-2020", "amount")[0].fields["value"][0]
    organisation = of("esf-berlin-2014-2020", "organisation")[0]
    assert value(first, "title") == "Online-Marketing & Social Media mit integrierter Deutsch-Förderung"
    assert (value(first, "start"), value(first, "end")) == ("2016-04-04", "2016-09-30")
    assert first.fields["start"][0].source == "04.04.2016"
    assert (amount.text, amount.source, amount.column) == ("91100.16", "91.100,16 €", "F")
    assert (value(organisation, "name"), value(organisation, "postcode")) == ("A & QUA gGmbH", "10997")
    assert [value(place, "name") for place in of("esf-berlin-2014-2020", "place")] == ["Berlin"]


def test_programmes_and_letters_of_the_czech_list() -> None:
    name = "esif-czechia-2014-2020"
    programmes = {record.key[0]: value(record, "name") for record in of(name, "programme")}
    grants = Counter(programmes[value(record, "programme")] for record in of(name, "grant"))
    first = of(name, "project")[0]
    assert grants["OP Zaměstnanost"] == 986
    assert (first.key, value(first, "title")) == (
        ("CZ.03.1.48/0.0/0.0/15_004/0000004",),
        "Záruky pro mladé v Moravskoslezském kraji",
    )
    (asides,) = (found for found in loaded(name)[1] if found.rule == "map-asides")
    assert "9" in asides.text()


def test_countries_of_north_rhine_westphalias_list() -> None:
    countries = Counter(value(record, "country") for record in of("esf-nrw-2014-2020", "project"))
    assert (countries["Deutschland"], countries["Kanada"], countries["USA"]) == (19_288, 1, 1)
    assert sum(countries.values()) == 19_389


def test_applications_counted_together_are_told_apart_by_what_they_say() -> None:
    name = "esf-mecklenburg-2014-2020"
    without_id = [record for record in of(name, "project") if "/" not in record.key[0]]
    dates = {value(record, "start") for record in without_id}
    assert (len(without_id), dates) == (3, {"2014-01-01"})
    assert not any("800 Personen" in value(record, "name") for record in of(name, "organisation"))


def test_partners_by_role_in_the_akvo_export() -> None:
    roles = Counter(value(record, "role") for record in of("eutf-akvo", "participation"))
    names = {value(record, "name") for record in of("eutf-akvo", "organisation") if "name" in record.fields}
    listed = {row["name"].strip() for row in table(AFRICA / "processed" / "EUTF_akvo_orgs.csv")}
    rules = Counter(found.rule for found in loaded("eutf-akvo")[1])
    assert set(roles) == {"funder", "accountable", "intermediary", "implementing-organisation"}
    assert "SNV Netherlands Development Organisation, Ghana" in names
    assert {lookup_key(name) for name in names} == {lookup_key(name) for name in listed}
    assert rules["map-row-without-key"] == 2


def test_both_africa_files_name_the_same_projects() -> None:
    keys = [{record.key for record in of(name, "project")} for name in ("eutf-projects", "eutf-akvo")]
    assert len(keys[0] & keys[1]) == 252


def test_results_are_counted_and_left_out() -> None:
    dataset = Dataset("real", MappingProxyType({"en": "Real"}), "mapped", "real", map=map_text("eutf-akvo-results"))
    items = list(SOURCE.read(AFRICA / "processed" / "EUTF_akvo_results.csv", dataset))
    assert not any(isinstance(item, Record) for item in items)
    (counted,) = (item for item in items if isinstance(item, Finding) and item.rule == "map-rows-left-out")
    assert "15,278" in counted.text()


@pytest.mark.parametrize("name", ["esf-berlin-2014-2020", "eutf-projects", "eutf-akvo"])
def test_values_become_statements_without_faults(name: str) -> None:
    dataset = Dataset("real", MappingProxyType({"en": "Real"}), "mapped", "real", map=map_text(name))
    rules = Counter(item.rule for item in load_lines(EXPECTED[name].file, dataset) if isinstance(item, Finding))
    assert set(rules) <= {
        "csv-read-as",
        "map-left-out",
        "map-key-combined",
        "map-row-without-key",
        "map-project-again",
        "invisible-character",
    }
