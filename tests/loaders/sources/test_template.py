"""The filled-in template: which sheet a table is, which column a heading, and which record a row."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Severity
from loaders.records import Cell, Record
from loaders.sources import detect
from loaders.sources.template import read
from loaders.template.csv_folder import write_csv_folder
from loaders.template.sheets import Sheet, sheets

DATASET = Dataset("submission", {"en": "Test"}, "template", "submission")


NAUGHTY = Path(__file__).resolve().parents[4] / "shared" / "suites" / "blns" / "blns.json"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def split(path: Path) -> tuple[list[Record], list[str]]:
    """The records of a file, and the rules of its findings beyond mere information."""
    items = list(read(path, DATASET))
    told = [item.rule for item in items if isinstance(item, Finding) and item.severity is not Severity.INFO]
    return [item for item in items if isinstance(item, Record)], told


def test_a_row_becomes_a_record_with_the_place_of_every_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "projects.csv", "id,title (en),title (uk),country\np1, One ,Перший,CZE; FRA;\n")
    (record,), told = split(path)
    assert told == []
    assert (record.kind, record.key, record.source.file, record.source.row) == ("project", ("p1",), "projects.csv", 2)
    assert record.fields == {
        "title": (Cell("One", "B", 2, "en"), Cell("Перший", "C", 2, "uk")),
        "country": (Cell("CZE", "D", 2), Cell("FRA", "D", 2)),
    }


@pytest.mark.parametrize(
    "header",
    ["Id,Title (en),Start", "ID , title (EN),start", "Id,Název (en),Začátek", "\ufeffid,Title (en) *,Start"],
)
def test_headings_in_either_language_or_by_field_name(tmp_path: Path, header: str) -> None:
    (record,), told = split(write(tmp_path / "projekty.csv", f"{header}\np1,One,2024\n"))
    assert told == []
    assert (record.fields["title"][0].language, record.fields["start"][0].text) == ("en", "2024")


def test_comments_blank_rows_and_titles_are_not_read(tmp_path: Path) -> None:
    text = "Our projects,,\n# a note,,\nid,title (en),start\n,,\np1,One,2024\n# p2,Two,2024\n"
    records, told = split(write(tmp_path / "projects.csv", text))
    assert told == []
    assert [(record.key, record.source.row) for record in records] == [(("p1",), 5)]


def test_comments_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "projects.csv", "id,title (en)\n#p1,One\np2,Two\n# #MeToo,\n")
    told = [item for item in read(path, DATASET) if isinstance(item, Finding) and item.rule == "comment-rows"]
    assert [(str(item.location), item.severity) for item in told] == [("projects.csv, row 2", Severity.INFO)]
    assert "2" in told[0].text("cs")


def test_a_value_in_a_column_without_heading_is_told(tmp_path: Path) -> None:
    records, told = split(write(tmp_path / "projects.csv", "id,,title (en)\np1,secret,One\np2,,Two\n"))
    assert told == ["cell-without-heading"]
    assert [record.key for record in records] == [("p2",)]


def test_a_row_that_happens_to_hold_one_heading_is_no_header(tmp_path: Path) -> None:
    text = "id,title (en),our remark\np1,One,good\nid,,\n"
    records, told = split(write(tmp_path / "projects.csv", text))
    assert told == ["unknown-column"]
    assert [record.key for record in records] == [("p1",), ("id",)]


def test_a_single_file_of_any_name_is_told_by_its_header(tmp_path: Path) -> None:
    (record,), told = split(write(tmp_path / "export-3.csv", "project;organisation;role\np1;o1;partner\n"))
    assert told == []
    assert (record.kind, record.key) == ("participation", ("p1", "o1", "partner"))


def test_a_folder_is_one_template(tmp_path: Path) -> None:
    write_csv_folder(tmp_path, "en")
    with (tmp_path / "projects.csv").open("a", encoding="utf-8") as stream:
        stream.write("p1,One" + "," * 15 + "\n")
    write(tmp_path / "Projekty.csv", "id,title (en)\np1,Same\n")
    write(tmp_path / ".hidden.csv", "x")
    assert detect(tmp_path).source.name == "template"
    records, told = split(tmp_path)
    assert [record.key for record in records] == [("p1",)]
    assert told == ["duplicate-id"]


def test_a_grant_row_gives_a_grant_and_its_amount(tmp_path: Path) -> None:
    text = "id,project,value,currency\ng,p,100.50,EUR\ng,,90.00,EUR\nh,p,,\n"
    records, told = split(write(tmp_path / "grants.csv", text))
    assert told == []
    assert [(record.kind, record.key[0], record.source.row) for record in records] == [
        ("grant", "g", 2),
        ("grant", "h", 4),
        ("amount", "g", 2),
        ("amount", "g", 3),
    ]
    assert records[2].fields["grant"] == (Cell("g", "A", 2),)


def test_a_row_of_another_table_may_continue_a_grant(tmp_path: Path) -> None:
    write(tmp_path / "grants.csv", "id,project\ng,p\n")
    write(tmp_path / "more grants.csv", "id,project,value,currency\ng,,90.00,EUR\n")
    records, told = split(tmp_path)
    assert told == ["sheet-misnamed"]
    assert [(record.kind, record.source.file) for record in records] == [
        ("grant", "grants.csv"),
        ("amount", "more grants.csv"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("projects.csv", "id,title (en)\n", "no-rows"),
        ("notes.txt", "x", "file-format"),
        ("projects.csv", 'id,title (en)\np1,"One\n', "csv-quotes"),
    ],
)
def test_files_that_give_nothing_say_why(tmp_path: Path, name: str, text: str, rule: str) -> None:
    with pytest.raises(SourceFault) as raised:
        split(write(tmp_path / name, text))
    assert raised.value.finding.rule == rule


def test_what_is_no_template_at_all_is_told_and_gives_no_record(tmp_path: Path) -> None:
    records, told = split(write(tmp_path / "shopping.csv", "what,how many\nbread,2\n"))
    assert (records, told) == ([], ["table-unknown"])


def test_a_name_that_hides_its_ending_is_shown_harmless(tmp_path: Path) -> None:
    path = write(tmp_path / "evil\u202excslx.csv", "id,title (en)\np1,One\n")
    (record,), _ = split(path)
    assert record.source.file == "evil\ufffdxcslx.csv"


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the list of naughty strings is not beside this checkout")
def test_naughty_strings_are_kept_or_told(tmp_path: Path) -> None:
    strings: list[str] = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["id", "title (en)"])
    writer.writerows([f"p{number}", text] for number, text in enumerate(strings))
    items = list(read(write(tmp_path / "projects.csv", stream.getvalue()), DATASET))
    titles = {
        item.key[0]: "".join(cell.text for cell in item.fields.get("title", ()))
        for item in items
        if isinstance(item, Record)
    }
    refused = {
        item.location.row
        for item in items
        if isinstance(item, Finding) and item.location and item.rule == "control-character"
    }
    for number, text in enumerate(strings):
        assert titles[f"p{number}"] == ("" if number + 2 in refused else text.strip())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    sheet=st.sampled_from(sheets()),
    rows=st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=8), max_size=6),
)
def test_any_cells_give_records_findings_or_a_located_fault(
    tmp_path: Path, sheet: Sheet, rows: list[list[str]]
) -> None:
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([column.heading["cs"] for column in sheet.columns[:8]])
    writer.writerows(rows)
    path = write(tmp_path / f"{sheet.key}.csv", stream.getvalue())
    items: list[object] = []
    try:
        items.extend(read(path, DATASET))
    except SourceFault as fault:
        items.append(fault.finding)
    assert all(isinstance(item, Record | Finding) for item in items)
