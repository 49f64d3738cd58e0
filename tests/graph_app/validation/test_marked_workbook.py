"""Marked copies of entries, read back with openpyxl."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from graph_app.validation import marks
from graph_app.validation.marked_workbook import write_marked_workbook
from loaders.datasets import Dataset
from loaders.findings import LANGUAGES, Finding, Location, Severity
from loaders.load import load

DATASET = Dataset("submission", {"en": "Entry"}, "template", "submission")
SEVERITIES = {"violation": "00F6B8B1", "warning": "00FFE699", "info": "00D6E6F4"}


def found(place: Location | None, severity: Severity = Severity.VIOLATION, value: str = "", rule: str = "r") -> Finding:
    return Finding(rule, severity, {"en": f"Wrong {severity}.", "cs": f"Špatně {severity}."}, place, value)


def marked(paths: Sequence[Path], findings: Sequence[Finding], language: str = "en") -> Workbook:
    stream = BytesIO()
    write_marked_workbook(paths, findings, stream, language)
    return load_workbook(stream, rich_text=True)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "projects.csv"
    path.write_text('id,title (en),start\na,"=1+1",31 March 2024\n@b,00123,03/04/2024\n', encoding="utf-8")
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Projects"
    for row in (["Id", "Title (en)", "Start"], ["a", "A", "31 March 2024"], ["b", "B", None]):
        page.append(row)
    page["C2"].font = Font(bold=True)
    page["C2"].comment = Comment("Please check.", "Jana")
    page["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
    page["D2"] = "=1+1"
    page["D2"].number_format = "0.00"
    page.merge_cells("B3:C3")
    book.create_sheet("Other")["A1"] = "kept"
    book.save(tmp_path / "entries.xlsx")
    return tmp_path / "entries.xlsx"


def test_every_faulty_cell_of_a_csv_is_coloured_and_says_its_fault_and_repair(table: Path) -> None:
    findings = [item for item in load(table, DATASET) if isinstance(item, Finding)]
    book = marked([table], findings, "cs")
    assert book.sheetnames == ["Nálezy", "projects"]
    start = book["projects"]["C2"]
    assert (start.value, start.fill.fgColor.rgb) == ("31 March 2024", SEVERITIES["violation"])
    assert start.comment.text.startswith("Chyba: „31 March 2024“ není datum.")
    assert start.comment.text.endswith("→ 2024-03-31")
    assert "→" not in book["projects"]["C3"].comment.text
    assert book["projects"]["B2"].comment is None


def test_texts_of_a_csv_stay_texts(table: Path) -> None:
    page = marked([table], [])["projects"]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert [cell.value for cell in cells][3:] == ["a", "=1+1", "31 March 2024", "@b", "00123", "03/04/2024"]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=4))
def test_any_text_comes_back_and_none_becomes_a_formula(cells: list[str]) -> None:
    from tempfile import TemporaryDirectory

    stream = StringIO()
    csv.writer(stream).writerow(["x", *cells])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(b"\xef\xbb\xbf" + stream.getvalue().encode())
        page = marked([path], [found(Location("a.csv", row=1, column="B"), value=cells[0])])["a"]
    assert page["B1"].comment is not None
    written = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in written)
    clean = all(cell.isprintable() and "_x" not in cell for cell in cells)
    if clean and page.max_row == 1:
        assert [page.cell(1, number).value or "" for number in range(2, len(cells) + 2)] == cells


def test_a_workbook_keeps_what_it_is_and_gets_its_marks(workbook: Path) -> None:
    name = workbook.name
    findings = [
        found(Location(name, "Projects", 2, "C"), value="31 March 2024", rule="date-unreadable"),
        found(Location(name, "Projects", 2, "C"), Severity.INFO),
        found(Location(name, "Projects", 2), Severity.WARNING),
        found(Location(name, "Projects", 3, "C")),
        found(Location(name, "Other"), Severity.INFO),
        found(None),
    ]
    book = marked([workbook], findings)
    page = book["Projects"]
    assert book.sheetnames == ["Findings", "Projects", "Other"]
    assert book.active is book["Findings"]
    assert (page["D2"].value, page["D2"].number_format, book["Other"]["A1"].value) == ("=1+1", "0.00", "kept")
    assert (page["C2"].font.b, page["B2"].fill.fgColor.rgb) == (True, "FF00FF00")
    assert page["C2"].fill.fgColor.rgb == SEVERITIES["violation"]
    said = "Violation: Wrong violation.\n\nNote: Wrong info.\n→ 2024-03-31"
    assert page["C2"].comment.text.partition("\n――――――――\n")[::2] == (said, "Please check.")
    assert (page["A2"].fill.fgColor.rgb, page["A2"].comment.text) == (SEVERITIES["warning"], "Advice: Wrong warning.")
    assert page["B3"].comment.text == "Violation: Wrong violation."


def test_the_list_has_every_finding_those_without_cell_first_and_links(workbook: Path) -> None:
    findings = [
        found(Location(workbook.name, "Projects", 2, "C"), value="=cmd|' /C calc'!A0", rule="date-unreadable"),
        found(Location(workbook.name, "Other"), Severity.INFO),
        found(Location(workbook.name, "Projects", 3), Severity.WARNING),
        found(None),
    ]
    page = marked([workbook], findings)["Findings"]
    rows = list(page.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == ["note", "violation", "violation", "advice"]
    links = [row[1].hyperlink.location if row[1].hyperlink else None for row in rows]
    assert links == [None, None, "'Projects'!C2", "'Projects'!A3"]
    assert (rows[2][2].value, rows[2][2].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:F5"


def test_marks_of_an_earlier_check_are_replaced(workbook: Path, tmp_path: Path) -> None:
    first = found(Location(workbook.name, "Projects", 2, "C"))
    again = tmp_path / "again.xlsx"
    write_marked_workbook([workbook], [first], again, "cs")
    book = marked([again], [found(Location(again.name, "Projects", 2, "A"))])
    assert book.sheetnames == ["Findings", "Projects", "Other"]
    page = book["Projects"]
    assert (page["C2"].fill.fill_type, page["C2"].comment.text) == (None, "Please check.")
    assert page["A2"].comment.text == "Violation: Wrong violation."
    assert page["A2"].fill.fill_type == "solid"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_marked_copy_can_be_repaired_and_checked(table: Path, language: str, tmp_path: Path) -> None:
    findings = [item for item in load(table, DATASET) if isinstance(item, Finding)]
    copy = tmp_path / "copy.xlsx"
    write_marked_workbook([table], findings, copy, language)
    again = [item for item in load(copy, DATASET) if isinstance(item, Finding) and item.severity is Severity.VIOLATION]
    assert [(item.rule, item.location.column) for item in again if item.location] == [
        ("date-unreadable", "C"),
        ("date-ambiguous", "C"),
    ]
    book = load_workbook(copy)
    book["projects"]["C2"], book["projects"]["C3"] = "2024-03-31", "2024-04-03"
    book.save(copy)
    assert not [
        item for item in load(copy, DATASET) if isinstance(item, Finding) and item.severity is Severity.VIOLATION
    ]


def test_files_of_a_folder_become_sheets_of_their_names(tmp_path: Path) -> None:
    names = ["a*b.csv", "a_b.csv", f"{'x' * 40}.csv", "Findings.csv"]
    for name in names:
        (tmp_path / name).write_text("sep=;\nid;title\n\nx;y\n", encoding="utf-8")
    paths = [tmp_path / name for name in names]
    book = marked(paths, [found(Location(names[1], row=4, column="B"))])
    assert book.sheetnames == ["Findings", "a_b", "a_b (2)", "x" * 31, "Findings (2)"]
    assert book["a_b (2)"]["B4"].comment is not None
    assert book["a_b (2)"]["B4"].value == "y"
    assert book["Findings"]["B2"].hyperlink.location == "'a_b (2)'!B4"


def test_what_cannot_be_opened_gives_the_list_alone(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    yaml = tmp_path / "entry.yaml"
    yaml.write_text("dataset: x\n", encoding="utf-8")
    for path, rule in ((broken, "xlsx-broken"), (yaml, "yaml-broken")):
        book = marked([path], [found(Location(path.name), rule=rule)])
        assert book.sheetnames == ["Findings"]
        assert book["Findings"]["F2"].value == rule


def test_rows_before_a_fault_that_ends_the_reading_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,title\na,b\nc,"open\n', encoding="utf-8")
    book = marked([path], [found(Location("a.csv", row=2, column="A")), found(Location("a.csv", line=3))])
    assert book["a"]["A2"].comment is not None


def test_beyond_the_comments_that_programs_open_cells_are_coloured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "MOST_COMMENTS", 2)
    path = tmp_path / "a.csv"
    path.write_text("a\nb\nc\n", encoding="utf-8")
    book = marked([path], [found(Location("a.csv", row=row, column="A")) for row in (1, 2, 3)])
    cells = [book["a"].cell(row, 1) for row in (1, 2, 3)]
    assert [cell.comment is not None for cell in cells] == [True, True, False]
    assert all(cell.fill.fill_type == "solid" for cell in cells)
    assert "comments" in book["Findings"]["D2"].value
    assert book["Findings"]["B3"].hyperlink.location == "'a'!A1"
