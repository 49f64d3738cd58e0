"""Tables read through a map: what is declared is done, what does not fit is told, and order does not matter."""

import csv
from contextlib import suppress
from io import StringIO
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding
from loaders.load import load_lines
from loaders.records import Cell, Record
from loaders.sources.look import Look
from loaders.sources.mapped import SOURCE
from loaders.sources.mapped.shipped import map_text
from loaders.sources.mapped.suggest import suggest

MAP = """
language: cs
project:
  key: [title, applicant.name]
organisations:
  applicant: {role: recipient, source_role: Žadatel, scheme: ico}
  partner: {role: partner, identity: [name]}
grant: {recipient: applicant}
amounts:
  total: {amount_kind: total-cost, currency: CZK}
  share: {amount_kind: own-share, currency: CZK, of: partner}
columns:
  Číslo: {fills: project.id, none: "-"}
  Název: project.title
  Žadatel: applicant.name
  IČO: applicant.id
  Partneři: {fills: partner.name, split: [";", "\\n"]}
  Podíl: {fills: share.value, number: "1 234,56"}
  Od: {fills: project.start, date: d.m.yyyy}
  Celkem: {fills: total.value, number: "1 234,56"}
left_out: {Telefon: telefonní čísla osob}
"""
HEADINGS = ["Číslo", "Název\nName", "Žadatel / Applicant", "IČO", "Partneři", "Podíl", "Od", "Celkem", "Telefon"]
FIRST = ["1", "Kurzy", "Řeka", "00123", "Most; Dům", "", "1.2.2020", "1 000,50 Kč", "777"]


def read(path: Path, text: str = MAP) -> tuple[list[Record], list[Finding]]:
    dataset = Dataset("mine", MappingProxyType({"en": "Mine"}), "mapped", "mine", map=text)
    items = list(SOURCE.read(path, dataset))
    return [item for item in items if isinstance(item, Record)], [item for item in items if isinstance(item, Finding)]


def written(folder: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def rules(findings: list[Finding]) -> set[str]:
    return {found.rule for found in findings} - {"csv-read-as", "map-left-out", "map-key-combined"}


def text(record: Record, *names: str) -> str:
    return next(record.fields[name][0].text for name in names if name in record.fields)


def of(records: list[Record], kind: str) -> list[Record]:
    return [record for record in records if record.kind == kind]


def keys(records: list[Record]) -> set[tuple[str, tuple[str, ...]]]:
    return {(record.kind, record.key) for record in records}


def test_a_row_becomes_project_organisations_and_amounts(tmp_path: Path) -> None:
    records, findings = read(written(tmp_path, ["Seznam projektů", "", "", "", "", "", "", "", ""], HEADINGS, FIRST))
    (project,) = of(records, "project")
    (amount,) = of(records, "amount")
    links = of(records, "participation")
    roles = [(text(record, "role"), record.fields["organisation"][0].source) for record in links]
    assert (project.key, project.source.row) == (("1",), 3)
    assert (project.fields["title"][0].text, project.fields["title"][0].language) == ("Kurzy", "cs")
    assert project.fields["start"][0]._replace(line=None) == Cell("2020-02-01", "G", source="1.2.2020")
    assert (amount.fields["value"][0].text, amount.fields["value"][0].source) == ("1000.50", "1 000,50 Kč")
    assert roles == [("recipient", "Řeka"), ("partner", "Most; Dům"), ("partner", "Most; Dům")]
    assert [record.fields["code"][0].text for record in of(records, "identifier")] == ["00123"]
    assert rules(findings) == set()


def test_without_declaration_a_name_counts_within_its_project_only(tmp_path: Path) -> None:
    other = ["2", "Dílna", "Řeka", "-", "Most", "", "", "", ""]
    third = ["3", "Sad", "Řeka", "", "most", "", "", "", ""]
    records, _ = read(written(tmp_path, HEADINGS, FIRST, other, third))
    names = [text(record, "name", "other_name") for record in of(records, "organisation")]
    found = {record.key for record in of(records, "organisation")}
    assert names.count("Řeka") == 3
    assert len(found) == 6  # Řeka three times, Dům, and Most in two spellings


def test_rows_without_an_id_are_told_apart_as_declared(tmp_path: Path) -> None:
    one, two = ["-", *FIRST[1:]], ["", "Kurzy 2", *FIRST[2:]]
    records, findings = read(written(tmp_path, HEADINGS, one, two, one))
    assert len({record.key for record in of(records, "project")}) == 2
    another = MAP.replace("project:\n", "project:\n  repeated: another\n")
    numbered, said = read(written(tmp_path, HEADINGS, one, two, one), another)
    assert len({record.key for record in of(numbered, "project")}) == 3
    assert "map-numbered" in rules(said) - rules(findings)


ROWS = [
    [str(number % 7), f"T{number % 5}", f"O{number % 3}", "", f"A{number % 4}; B", "", "1.2.2020", str(number % 3), ""]
    for number in range(12)
]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=st.permutations(ROWS), order=st.permutations(range(len(HEADINGS))))
def test_order_of_rows_and_columns_changes_no_identity(tmp_path: Path, rows: list[list[str]], order: list[int]) -> None:
    first, _ = read(written(tmp_path, HEADINGS, *ROWS))
    second, _ = read(written(tmp_path, *[[row[index] for index in order] for row in [HEADINGS, *rows]]))
    assert keys(first) == keys(second)


@pytest.mark.parametrize(
    ("column", "value", "rule", "place"),
    [
        (6, "2/1/2020", "map-date", "G2"),
        (6, "31.2.2020", "date-impossible", "G2"),
        (7, "1.000,50", "map-number", "H2"),
        (1, "a\x07b", "control-character", "B2"),
        (5, "1;2", "map-number", "F2"),
    ],
)
def test_a_value_that_does_not_fit_is_told_and_the_rest_is_read(
    tmp_path: Path, column: int, value: str, rule: str, place: str
) -> None:
    row = [value if index == column else text for index, text in enumerate(FIRST)]
    records, findings = read(written(tmp_path, HEADINGS, row))
    assert rules(findings) == {rule}
    assert [str(found.location) for found in findings if found.rule == rule] == [f"list.csv, {place}"]
    assert of(records, "project")


def test_a_single_share_of_several_partners_is_left_out_and_said(tmp_path: Path) -> None:
    row = [text or "110 00" for text in FIRST]
    _, findings = read(
        written(tmp_path, HEADINGS, row),
        MAP.replace('Podíl: {fills: share.value, number: "1 234,56"}', "Podíl: partner.postcode"),
    )
    assert rules(findings) == {"map-unpaired"}


def test_an_amount_can_belong_to_a_participation(tmp_path: Path) -> None:
    row = ["1", "Kurzy", "Řeka", "", "Most", "10,5", "", "", ""]
    dataset = Dataset("mine", MappingProxyType({"en": "Mine"}), "mapped", "mine", map=MAP)
    path = written(tmp_path, HEADINGS, row)
    lines = "".join(item for item in load_lines(path, dataset) if isinstance(item, str))
    (amount,) = (record for record in read(path)[0] if "participation" in record.fields)
    (participation,) = (record for record in of(read(path)[0], "participation") if "partner" in record.key[0])
    assert (amount.fields["participation"][0].text,) == participation.key
    assert "/participation/mine/" in lines


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (FIRST[:4], "map-row-width"),
        ([*FIRST, "more"], "map-row-width"),
        ([""] * 6 + ["1.1.2020", "", ""], "map-row-without-key"),
    ],
    ids=["short", "long", "no key"],
)
def test_a_row_that_cannot_be_trusted_is_left_out(tmp_path: Path, row: list[str], rule: str) -> None:
    records, findings = read(written(tmp_path, HEADINGS, row, FIRST))
    assert rules(findings) == {rule}
    assert [found.effect for found in findings if found.rule == rule] == ["record-skipped"]
    assert len(of(records, "project")) == 1


def test_columns_are_missing_unread_or_left_out(tmp_path: Path) -> None:
    headings = [*HEADINGS[:6], "Datum od", *HEADINGS[7:]]
    _, findings = read(written(tmp_path, headings, FIRST))
    told = {found.rule: found.text() for found in findings}
    assert "“Od”" in told["map-column-missing"]
    assert "G “Datum od”" in told["map-unread"]
    assert "I: telefonní čísla osob" in told["map-left-out"]
    assert "777" not in "".join(told.values())


def test_persons_are_left_out_without_their_names(tmp_path: Path) -> None:
    marked = MAP.replace("scheme: ico}", "scheme: ico, persons: {column: Forma, values: [fyzická osoba]}}")
    person = ["2", "Kurz", "Jan Novák", "", "", "", "", "", "", "Fyzická osoba"]
    path = written(tmp_path, [*HEADINGS, "Forma"], [*FIRST, "spolek"], person)
    records, findings = read(path, marked)
    assert rules(findings) == {"map-person"}
    assert "Novák" not in repr([record for record in records if record.kind != "project"]) + repr(findings)
    assert len(of(records, "project")) == 2
    with pytest.raises(SourceFault) as raised:
        read(written(tmp_path, HEADINGS, FIRST), marked)
    assert raised.value.finding.rule == "map-column-persons"


@pytest.mark.parametrize("content", ["", "a;b\n1;2\n", "\x00\x00\x00"], ids=["empty", "other headings", "zeros"])
def test_another_table_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, encoding="utf-8")
    for text in (MAP, ""):
        with pytest.raises(SourceFault) as raised:
            read(path, text)
        assert raised.value.finding.rule in {"file-empty", "map-headings", "map-missing"}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    for before in (b"", ";".join(f'"{heading}"' for heading in HEADINGS).encode() + b"\n"):
        path.write_bytes(before + content)
        for act in (read, suggest):
            with suppress(SourceFault):
                act(path)


def test_a_stated_encoding_and_separator_are_used(tmp_path: Path) -> None:
    stated = MAP + 'table: {encoding: cp1250, separator: ";"}\n'
    records, findings = read(written(tmp_path, HEADINGS, FIRST, encoding="cp1250"), stated)
    assert of(records, "project")
    assert rules(findings) == set()
    with pytest.raises(SourceFault) as raised:
        read(written(tmp_path, HEADINGS, FIRST, encoding="cp1250"), MAP + "table: {encoding: utf-8}\n")
    assert raised.value.finding.rule == "csv-encoding-wrong"


def test_the_sheet_with_the_headings_is_found_behind_an_empty_one(tmp_path: Path) -> None:
    book = Workbook()
    page = book.create_sheet("Data")
    for row in (HEADINGS, FIRST):
        page.append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    records, findings = read(path)
    assert [record.source.sheet for record in of(records, "project")] == ["Data"]
    assert rules(findings) == set()


KOHESIO = {
    "Operation_Unique_Identifier": "Q1",
    "Operation_Name_English": "Courses\nfor newcomers",
    "Operation_Start_Date": "03/04/2016",
    "Operation_End_Date": "31/12/2019",
    "Country": "Czechia",
    "NUTS3_Code": "CZ010|CZ020",
    "Cofinancing_Rate": "85",
    "Total_Eligible_Expenditure_amount": "1000.50",
    "Total_Eligible_Expenditure_Currency": "CZK",
    "Project_EU_Budget": "35.2",
    "Beneficiary_Unique_Identifier": "Q7",
    "Beneficiary_Name": "Řeka",
    "Fund_Code": "ESF",
    "Programme_Name": "OP Zaměstnanost",
    "Category_Label": "Access|Inclusion",
}


def test_kohesio_keeps_total_and_share_of_the_union_apart(tmp_path: Path) -> None:
    path = tmp_path / "kohesio.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerows([KOHESIO.keys(), KOHESIO.values(), KOHESIO.values()])
    records, findings = read(path, map_text("kohesio"))
    (project,) = of(records, "project")
    names = ("amount_kind", "value", "currency")
    amounts = {tuple(text(record, name) for name in names) for record in of(records, "amount")}
    assert amounts == {("total-cost", "1000.50", "CZK"), ("eu-contribution", "35.2", "EUR")}
    assert (project.fields["start"][0].text, project.fields["country"][0].text) == ("2016-04-03", "Czechia")
    assert {text(record, "cofinancing_rate") for record in of(records, "grant")} == {"85"}
    assert [cell.text for cell in project.fields["place"]] == ["nuts~cz010", "nuts~cz020"]
    assert len({record.key for record in of(records, "classification")}) == 3
    assert rules(findings) == set()
    assert "kohesio" in SOURCE.recognise(Look(path))
