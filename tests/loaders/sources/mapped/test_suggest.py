"""A draft names what headings and values tell, with its reasons, and can be read as it is."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from loaders.errors import SourceFault
from loaders.sources.mapped.check import check_map
from loaders.sources.mapped.column_map import LeftOut
from loaders.sources.mapped.heading_words import meaning_of, role_of
from loaders.sources.mapped.map_reader import parse_map
from loaders.sources.mapped.suggest import suggest

REAL = Path(__file__).resolve().parents[5] / "shared" / "real-data"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the real lists are not here")

#: What is right of the drafts for real lists: file, heading to what it fills.
DRAFTS = {
    "eu-structural-funds/DE-berlin-esf-2014-2020.csv": {
        "Name des Begünstigten": "recipient.name",
        "Bezeichnung des Vorhabens": "project.title",
        "Zusammenfassung des Vorhabens": "project.description",
        "Datum des Beginns": "project.start",
        "Datum des Endes": "project.end",
        "Gesamtbetrag förderfähiger Ausgaben": "total.value",
        "PLZ Begünstigter": "recipient.postcode",
    },
    "eu-structural-funds/DE-mv-esf-2014-2020.csv": {
        "ANTRAGSNUMMER": "project.id",
        "BEZEICHNUNG": "project.title",
        "BEGINN": "project.start",
        "GESAMTBETRAG 1)": "total.value",
    },
    "eu-structural-funds/CZ-2014-2020.xlsx": {
        "Registrační číslo projektu": "project.id",
        "Název projektu CZ": "project.title",
        "Žadatel": "recipient.name",
        "CZV projektu": "total.value",
        "Příspěvek EU": "union_share.value",
    },
    "eu-structural-funds/DE-nrw-esf-2014-2020.xlsx": {"Land": "project.country", "Ort des Vorhabens": "place.name"},
    "eutf-africa/EUTF-Projects-Database-2022-01.csv": {
        "ProjectID": "project.id",
        "ProjectBudget": "budget.value",
        "ProjectLocation": "project.country",
        "ProjectImplementor": "implementing_organisation.name",
    },
    "eutf-africa/processed/EUTF_projects_akvo.csv": {
        "iati_id": "project.id",
        "partner_funding": "funder.name",
        "partner_accountable": "accountable.name",
        "recipient_country": "project.country",
    },
}


@real
@pytest.mark.parametrize("file", DRAFTS)
def test_drafts_for_real_lists_are_right_and_readable(file: str) -> None:
    draft = parse_map(suggest(REAL / file))
    fills = {column.heading: f"{column.targets[0].part}.{column.targets[0].field}" for column in draft.columns}
    assert DRAFTS[file].items() <= fills.items()


@real
def test_the_draft_for_berlin_reads_the_whole_list() -> None:
    file = REAL / "eu-structural-funds" / "DE-berlin-esf-2014-2020.csv"
    found = check_map(suggest(file), file)
    assert (found.entities["project"], found.entities["amount"], found.rows, found.skipped) == (336, 336, 336, 0)
    forms = {column.heading: column.targets[0].reading for column in parse_map(suggest(file)).columns}
    assert forms["Datum des Beginns"].dates == ("d.m.yyyy",)
    assert forms["Gesamtbetrag förderfähiger Ausgaben"].number == "1.234,56"
    assert "currency: EUR" in suggest(file)


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Nom de l'opération", "title"),
        ("Résumé de l'opération", "description"),
        ("Date de début de l'opération", "start"),
        ("Total des dépenses éligibles attribué à l'opération", "total"),
        ("Code postal de l'opération", "postcode"),
        ("Nom du bénéficiaire", "organisation"),
        ("Nombre de la operación", "title"),
        ("Fecha de inicio", "start"),
        ("Importe de la ayuda UE", "union_share"),
        ("Denominazione operazione", "title"),
        ("Tytuł projektu", "title"),
        ("Nazwa beneficjenta", "organisation"),
        ("Data zakończenia", "end"),
        ("Datum zahájení realizace", "start"),
        ("Celkové způsobilé výdaje (CZK)", "total"),
        ("Beneficiary_Unique_Identifier", "organisation_id"),
        ("Operation_Unique_Identifier", "id"),
        ("Contact e-mail", "person"),
        ("ProjectStartDate", "start"),
        ("Partneři", "organisation"),
        ("Cílová skupina", "target_group"),
        ("Web", "website"),
        ("Farbe", ""),
    ],
)
def test_headings_in_seven_languages(heading: str, meaning: str) -> None:
    found = meaning_of(heading)
    assert (found.name if found is not None else "") == meaning


def test_roles_of_organisations() -> None:
    assert [role_of(text) for text in ("partner_funding", "Lead partner", "Partneři", "Žadatel", "Begünstigter")] == [
        "funder",
        "coordinator",
        "partner",
        "recipient",
        "recipient",
    ]


def test_a_draft_says_what_is_in_doubt(tmp_path: Path) -> None:
    path = tmp_path / "grants.csv"
    rows = [
        ["List of grants, 2020"],
        [
            "Grant number",
            "Title",
            "Start date",
            "Amount",
            "Partner 1",
            "Partner 2",
            "Contact",
            "Name",
            "Name",
            "Colour",
        ],
        ["1", "Courses: “A”", "03/04/2020", "1,234", "River", "Bridge", "J. Doe", "x", "y", "red"],
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    text = suggest(path)
    draft = parse_map(text)
    assert "mm/dd/yyyy would fit as well" in text
    assert "would fit as well" in next(line for line in text.splitlines() if "Amount:" in line)
    assert "add it, such as currency: EUR" in text
    assert {part.name for part in draft.parts.values() if part.kind == "organisation"} == {"partner", "partner2"}
    assert draft.left_out == (LeftOut("Contact", "natural persons are no part of the graph"),)
    assert draft.table.heading_row == 2
    assert "# Colour: ?" in text
    assert "J. Doe" not in text


def test_a_slip_in_a_short_table_keeps_no_column_out(tmp_path: Path) -> None:
    path = tmp_path / "projects.csv"
    rows = [
        ["Číslo projektu", "Název projektu", "Začátek", "Konec", "Rozpočet (Kč)", "Partneři", "Cílová skupina", "Web"],
        ["1", "Mosty", "1.1.2023", "2023-12-31", "1 250,50", "Most", "uprchlíci; ženy", "https://most.example"],
        ["2", "Most", "31.2.2023", "2023-11-30", "1.2 mil.", "Řeka", "uprchlíci", ""],
        ["3", "Lávka", "1.3.2023", "31.12.2023", "3 000,00", "Břeh", "uprchlíci", ""],
        ["4", "Brod", "15.5.2023", "2023-10-31", "900,00", "Brod", "uprchlíci", ""],
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    found = check_map(suggest(path), path)
    draft = parse_map(suggest(path))
    read = {column.heading: column.targets[0] for column in draft.columns}
    assert list(read) == rows[0]
    assert read["Začátek"].reading.dates == ("d.m.yyyy",)
    assert read["Rozpočet (Kč)"].reading.number == "1 234,56"
    assert read["Cílová skupina"].reading.split == (";",)
    told = {finding.location.column: finding.value for finding in found.findings if finding.location and finding.value}
    assert told == {"C": "31.2.2023", "E": "1.2 mil."}


@pytest.mark.parametrize("name", ["empty.xlsx", "empty.csv", "table.pdf"])
def test_what_holds_no_table_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("xlsx"):
        Workbook().save(path)
    else:
        path.write_text("\n\n", encoding="utf-8")
    with pytest.raises(SourceFault) as raised:
        suggest(path)
    assert raised.value.finding.rule in {"map-no-table", "file-format"}


def test_of_columns_with_the_same_heading_each_is_left_out_by_its_letter(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Project,Contact,Contact\nBridges,Ann,Bob\n", encoding="utf-8")
    text = suggest(path)
    persons = "natural persons are no part of the graph"
    assert parse_map(text).left_out == (LeftOut("Contact (B)", persons, "B"), LeftOut("Contact (C)", persons, "C"))
    told = {letter: (fills, why) for letter, _, fills, why in check_map(text, path).columns}
    assert told == {"A": ("project.title", ""), "B": ("", persons), "C": ("", persons)}
