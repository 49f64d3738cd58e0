"""Tables of activities: joined wherever their rows stand, the same as from XML, and every fault with its place."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Effect, Finding, Severity
from loaders.load import load
from loaders.mapping.quads import Quad, data_graph
from loaders.records import Record
from loaders.sources import SOURCES, detect
from loaders.sources.iati_tables import reader
from loaders.sources.look import Look
from loaders.vocabulary import PROV

PAIR = Path(__file__).with_name("pair")
TABLES = PAIR / "tables"
READ = SOURCES["iati-tables"].read


def dataset(source: str = "iati-tables") -> Dataset:
    return Dataset("invented", {"en": "Invented"}, source, "iati", language="en")


def rows_of(folder: Path = TABLES) -> dict[str, list[list[str]]]:
    """The tables of the pair, each as its rows with the header."""
    return {
        path.stem: list(csv.reader(path.read_text(encoding="utf-8").splitlines())) for path in sorted(folder.iterdir())
    }


def written(folder: Path, tables: Mapping[str, Iterable[Sequence[object]]]) -> Path:
    """Write tables as CSV files."""
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


def workbook(path: Path, sheets: Mapping[str, Iterable[Sequence[object]]]) -> Path:
    """Write tables as the sheets of one workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def facts(path: Path, source: str = "iati-tables") -> set[tuple[str, str, str]]:
    """What the data graph says of a file, without where it says it."""
    graph = data_graph("invented")
    quads = [item for item in load(path, dataset(source)) if isinstance(item, Quad)]
    return {
        (str(quad.subject), str(quad.predicate), quad.object.n3())
        for quad in quads
        if quad.graph == graph and quad.predicate != PROV.wasDerivedFrom
    }


def findings(path: Path) -> list[Finding]:
    return [item for item in load(path, dataset()) if isinstance(item, Finding)]


def told(path: Path, *without: str) -> list[tuple[str, str]]:
    """Rule and place of each finding, but for some rules."""
    usual = {"csv-read-as", "iati-columns-left-out", "iati-contacts-dropped", "iati-left-out", *without}
    return [(found.rule, str(found.location)) for found in findings(path) if found.rule not in usual]


def test_tables_and_xml_of_the_same_activities_say_the_same() -> None:
    tables, xml = facts(TABLES), facts(PAIR / "activities.xml", "iati")
    assert tables - xml == set()
    assert xml - tables == set()
    assert len(tables) > 200


def test_a_workbook_with_all_tables_says_the_same_as_a_folder(tmp_path: Path) -> None:
    path = workbook(tmp_path / "all.xlsx", {"Notes": [], **rows_of()})
    assert facts(path) == facts(TABLES)
    assert told(path) == [("iati-table-empty", "all.xlsx, Notes")]


@pytest.mark.parametrize("step", [1, 2, 3])
def test_the_order_of_rows_and_tables_changes_nothing(tmp_path: Path, step: int) -> None:
    def shuffled(items: list[Any]) -> list[Any]:
        return [item for start in range(step) for item in items[::-1][start::step]]

    tables = {name: [rows[0], *shuffled(rows[1:])] for name, rows in rows_of().items()}
    folder = written(tmp_path / "t", {f"{n}-{name}": tables[name] for n, name in enumerate(shuffled(list(tables)))})
    assert facts(folder) == facts(TABLES)


def test_each_value_is_traced_to_the_row_of_its_own_table() -> None:
    records = [item for item in READ(TABLES, dataset()) if isinstance(item, Record)]
    transaction = next(record for record in records if record.kind == "transaction" and "B~" in record.key[0])
    assert (transaction.source.file, transaction.source.row) == ("iati_transaction.csv", 4)
    assert [cell.column for cell in transaction.fields["project"]] == ["A"]
    apart = [record for record in records if record.kind == "project" and "related" in record.fields]
    assert [(record.source.file, record.source.row) for record in apart] == [("iati_related_activity.csv", 3)]


def test_a_transaction_in_each_row_of_the_only_table(tmp_path: Path) -> None:
    head = ["IATI Identifier", "title", "start-planned", "participating-org (Funding)", "recipient-country-code"]
    head += ["transaction_transaction_type_code", "transaction_value", "transaction_value_currency"]
    rows = [
        ["X-1", "One", "2020-01-01", "Ministry", "CZ", "11", "10", "EUR"],
        ["X-2", "Two", "", "", "", "11", "5", "EUR"],
        ["X-1", "One", "2020-01-01", "Ministry", "CZ", "11", "20", "EUR"],
    ]
    path = written(tmp_path / "t", {"all": [head, *rows]}) / "all.csv"
    assert told(path) == []
    records = [item for item in READ(path, dataset()) if isinstance(item, Record)]
    kinds = [record.kind for record in records]
    assert [kinds.count(kind) for kind in ("project", "transaction", "participation", "allocation")] == [2, 3, 1, 1]
    (planned,) = next(record for record in records if record.kind == "project").fields["planned_start"]
    assert (planned.text, planned.column, planned.line) == ("2020-01-01", "C", 2)


FAULTS = {
    "a row of an unknown activity": (
        {"iati_tag": [["iati_identifier", "tag_code"], ["XX-TEST-1-a", "1"]]},
        [("iati-row-without-activity", "iati_tag.csv, A2")],
    ),
    "a row without identifier": (
        {"iati_tag": [["iati_identifier", "tag_code"], [" ", "1"]]},
        [("iati-row-without-identifier", "iati_tag.csv, row 2")],
    ),
    "a table without identifier": (
        {"iati_tag": [["tag_code"], ["1"]]},
        [("iati-table-without-identifier", "iati_tag.csv")],
    ),
    "titles above the headings": (
        {"iati_tag": [["Tags of all", ""], ["iati_identifier", "tag_code"]]},
        [("rows-above-header", "iati_tag.csv, row 2")],
    ),
    "a column that nobody knows": (
        {"iati_tag": [["iati_identifier", "mood"], ["XX-TEST-1-A", "good"], ["XX-TEST-1-B", ""]]},
        [("iati-columns-unknown", "iati_tag.csv, row 1")],
    ),
    "a column that comes twice": (
        {"iati_tag": [["iati_identifier", "tag_code", "Tag Code"], ["XX-TEST-1-A", "1", "2"]]},
        [("iati-columns-twice", "iati_tag.csv, row 1")],
    ),
    "a row that is too short": (
        {"iati_tag": [["iati_identifier", "tag_code"], ["XX-TEST-1-A"]]},
        [("iati-row-short", "iati_tag.csv, row 2")],
    ),
    "a row that is too long": (
        {"iati_tag": [["iati_identifier", "tag_code"], ["XX-TEST-1-A", "1", "2"]]},
        [("iati-row-long", "iati_tag.csv, C2")],
    ),
    "a control character": (
        {"iati_tag": [["iati_identifier", "tag_code", "tag_desc"], ["XX-TEST-1-A", "1", "a\x07b"]]},
        [("control-character", "iati_tag.csv, C2")],
    ),
    "an activity that comes twice": (
        {"iati_activity": [*rows_of()["iati_activity"], rows_of()["iati_activity"][1]]},
        [("iati-row-of-activity-twice", "iati_activity.csv, row 4")],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    changed, expected = FAULTS[name]
    path = written(tmp_path / "t", {**rows_of(), **changed})
    found = [(rule, place) for rule, place in told(path)]
    if name == "a row of an unknown activity":
        expected = [("iati-row-without-activity", "iati_tag.csv, row 2")]
    assert found == expected
    assert len([line for line in facts(path) if line[1].endswith("title")]) == 3


def test_traps_of_spreadsheets_are_told_at_their_cells(tmp_path: Path) -> None:
    head = ["iati_identifier", "title_eng", "activity_date_1", "activity_date_type_1", "recipient_country_code", "note"]
    rows: list[list[object]] = [
        ["X-1", "One", 45323, "1", "CZ", None],
        ["X-2", "=A1", None, None, "#REF!", None],
        [12345678901234567890, "Three", None, None, None, None],
        ["X-4", "Four", None, None, None, "beside"],
    ]
    path = tmp_path / "iati_activity.xlsx"
    book = Workbook()
    book.worksheets[0].title = "Cover"
    sheet = book.create_sheet("Activities")
    sheet.append(["All about the activities"])
    sheet.merge_cells("A1:F1")
    for row in [head, *rows]:
        sheet.append(row)
    book["Activities"]["E4"].data_type = "e"
    book.save(path)
    assert sorted(told(path)) == [
        ("date-serial", "iati_activity.xlsx, Activities!C3"),
        ("iati-columns-unknown", "iati_activity.xlsx, Activities!row 2"),
        ("iati-row-without-identifier", "iati_activity.xlsx, Activities!row 5"),
        ("iati-table-empty", "iati_activity.xlsx, Cover"),
        ("rows-above-header", "iati_activity.xlsx, Activities!row 2"),
        ("xlsx-error", "iati_activity.xlsx, Activities!E4"),
        ("xlsx-formula", "iati_activity.xlsx, Activities!B4"),
        ("xlsx-long-number", "iati_activity.xlsx, Activities!A5"),
    ]
    assert all(found.severity is not Severity.VIOLATION for found in findings(path))


def test_contacts_are_counted_and_never_kept() -> None:
    found = [found for found in findings(TABLES) if found.rule == "iati-contacts-dropped"]
    assert [str(each.location) for each in found] == ["iati_activity.csv, row 2"]
    assert found[0].effect is Effect.VALUE_SKIPPED
    assert not [item for item in load(TABLES, dataset()) if "desk@" in str(item)]


def test_tables_without_activities_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "t", {"iati_tag": rows_of()["iati_tag"]})
    with pytest.raises(SourceFault) as raised:
        list(READ(path, dataset()))
    assert raised.value.finding.rule == "iati-no-activities"


def test_tables_are_recognised_by_their_headings(tmp_path: Path) -> None:
    assert detect(TABLES).source.name == "iati-tables"
    assert detect(TABLES / "iati_activity.csv").source.name == "iati-tables"
    assert detect(workbook(tmp_path / "all.xlsx", rows_of())).source.name == "iati-tables"
    other = written(tmp_path / "t", {"projects": [["id", "title"], ["1", "One"]]})
    assert SOURCES["iati-tables"].recognise(Look(other)) == ""
    (other / "broken.xlsx").write_bytes(b"no workbook")
    assert SOURCES["iati-tables"].recognise(Look(other / "broken.xlsx")) == ""
    assert SOURCES["iati-tables"].recognise(Look(other / "missing.csv")) == ""


def test_an_activity_that_fills_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MOST_CELLS", 300)
    rows = [["A", "1", "x"]] * 200
    tables = {"a": [["iati_identifier", "title"], ["A", "One"]], "b": [["iati_identifier", "tag_code", "tag"], *rows]}
    with pytest.raises(SourceFault) as raised:
        list(READ(written(tmp_path / "t", tables), dataset()))
    assert raised.value.finding.rule == "iati-activity-too-large"
    assert str(raised.value.finding.location).startswith("b.csv, row ")


HEADINGS = sorted({heading for rows in rows_of().values() for heading in rows[0]})
CELLS = st.sampled_from(["", "A", "B", "1", "2", "CZ", "100", "2021-01-01", "EUR", "-", "12,5", "\x07"]) | st.text(
    max_size=6
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Tables whose headings are mostly known and whose cells are anything."""
    header = ["iati_identifier", *draw(st.lists(st.sampled_from(HEADINGS) | st.text(max_size=6), max_size=8))]
    width = len(header) + draw(st.sampled_from([0, 0, 0, -1, 1]))
    return [header, *draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))]


@settings(max_examples=150, deadline=None)
@given(st.lists(tables(), min_size=1, max_size=3))
def test_whatever_tables_hold_they_are_read_or_refused_with_a_reason(made: list[list[list[str]]]) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder) / "t", {f"t{number}": rows for number, rows in enumerate(made)})
        items: list[Quad | Finding] = []
        with suppress(SourceFault):
            items.extend(load(path, dataset()))
    assert all(item.location is not None for item in items if isinstance(item, Finding))
    assert not [item for item in items if isinstance(item, Finding) and item.severity is Severity.VIOLATION]


def test_a_folder_may_be_made_of_links(tmp_path: Path) -> None:
    # The inbox lends what it keeps under its old names.
    for path in TABLES.iterdir():
        (tmp_path / path.name).symlink_to(path)
    assert facts(tmp_path) == facts(TABLES)
