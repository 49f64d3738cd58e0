"""Workbooks with some cells changed: read as before with those cells changed, and all else in them as it was."""

import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from graph_app.stewardship.edits.edited import texts_of
from graph_app.stewardship.edits.workbook import write_workbook
from graph_app.stewardship.errors import Refused
from tests.graph_app.stewardship.edits.test_csv_file import Rows, changed, trimmed

letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
texts = st.text(letters, max_size=6)
values = st.one_of(texts, st.integers(-(10**9), 10**9), st.booleans(), st.dates(date(1950, 1, 1)), st.none())
tables = st.lists(st.lists(values, max_size=4), min_size=1, max_size=5)
edits = st.dictionaries(st.tuples(st.integers(1, 8), st.integers(0, 30)), texts, min_size=1, max_size=5)


def read(path: Path) -> dict[str, Rows]:
    return texts_of.__wrapped__(path)


@given(first=tables, second=tables, cells=edits)
def test_reading_the_edited_workbook_is_reading_the_original_with_those_cells_changed(
    first: list[list[object]], second: list[list[object]], cells: dict[tuple[int, int], str]
) -> None:
    book = Workbook()
    for name, table in (("One & <two>", first), ("Druhý", second)):
        sheet = book.create_sheet(name)
        for number, row in enumerate(table, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.xlsx", Path(folder) / "b.xlsx"
        book.save(source)
        before = read(source)
        write_workbook(source, {"One & <two>": cells}, target)
        after = read(target)
    assert trimmed(after.pop("One & <two>")) == trimmed(changed(before.pop("One & <two>"), cells))
    assert after == before


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CHAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
CHAIN_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
#: Part, what the library writes there, and what a spreadsheet program writes instead.
ADDED = [
    ("xl/worksheets/sheet1.xml", b"<f>1+1</f><v></v>", b'<f t="shared" ref="C2:C3" si="0">1+1</f><v>2</v>'),
    ("xl/worksheets/sheet1.xml", b"<f>2+2</f><v></v>", b'<f t="shared" si="0"/><v>4</v>'),
    (
        "xl/_rels/workbook.xml.rels",
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{CHAIN}" Target="calcChain.xml"/></Relationships>'.encode(),
    ),
    (
        "[Content_Types].xml",
        b"</Types>",
        f'<Override PartName="/xl/calcChain.xml" ContentType="{CHAIN_KIND}"/></Types>'.encode(),
    ),
]


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """A workbook with formulas and their results, a comment, a drop-down and a merged cell."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Projects"
    for row in (["Id", "Title", "Sum"], ["a", "Bridges", "=1+1"], ["b", "Roads", "=2+2"]):
        sheet.append(row)
    sheet["B2"].comment = Comment("look", "Jana")
    choice = DataValidation(type="list", formula1='"x,y"')
    choice.add("A2:A9")
    sheet.add_data_validation(choice)
    sheet.merge_cells("E1:F1")
    plain = tmp_path / "plain.xlsx"
    book.save(plain)
    path = tmp_path / "rich.xlsx"
    # The library writes no results of formulas; a spreadsheet program does, and an order of computing.
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(path, "w") as copy:
        for part in archive.infolist():
            content = archive.read(part)
            for name, old, new in ADDED:
                if part.filename == name:
                    assert old in content, content
                    content = content.replace(old, new)
            copy.writestr(part, content)
        copy.writestr("xl/calcChain.xml", f'<calcChain xmlns="{MAIN}"><c r="C2" i="1"/></calcChain>')
    return path


def test_formulas_comments_and_choices_stay(rich: Path, tmp_path: Path) -> None:
    target = tmp_path / "edited.xlsx"
    before = read(rich)["Projects"]
    assert before[2] == ("a", "Bridges", "2")
    write_workbook(rich, {"Projects": {(2, 1): "Mosty", (5, 0): "c"}}, target)
    after = read(target)["Projects"]
    assert trimmed(after) == trimmed(changed(before, {(2, 1): "Mosty", (5, 0): "c"}))
    sheet = load_workbook(target)["Projects"]
    assert sheet["B2"].comment.text == "look"
    assert sheet["C2"].value == "=1+1"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["A2:A9"]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["E1:F1"]
    with zipfile.ZipFile(rich) as one, zipfile.ZipFile(target) as other:
        assert one.namelist() == other.namelist()
        differ = {name for name in one.namelist() if one.read(name) != other.read(name)}
    assert differ == {"xl/worksheets/sheet1.xml"}


def test_a_formula_that_becomes_a_text_leaves_the_results_of_the_others(rich: Path, tmp_path: Path) -> None:
    target = tmp_path / "edited.xlsx"
    write_workbook(rich, {"Projects": {(2, 2): "three"}}, target)
    assert read(target)["Projects"][2] == ("a", "Bridges", "three")
    assert read(target)["Projects"][3] == ("b", "Roads", "4")
    with zipfile.ZipFile(target) as archive:
        assert "xl/calcChain.xml" not in archive.namelist()
        assert b"calcChain" not in archive.read("[Content_Types].xml") + archive.read("xl/_rels/workbook.xml.rels")


def test_the_same_edits_give_the_same_bytes(rich: Path, tmp_path: Path) -> None:
    targets = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for target in targets:
        write_workbook(rich, {"Projects": {(2, 1): "Mosty"}}, target)
    assert targets[0].read_bytes() == targets[1].read_bytes()


def test_a_sheet_that_is_not_there_is_refused(rich: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no sheet Other"):
        write_workbook(rich, {"Other": {(1, 0): "x"}}, tmp_path / "edited.xlsx")
