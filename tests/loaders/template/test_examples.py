"""The example rows of the template: they may stay, nothing of them is taken in, and nothing typed over them is lost."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import LANGUAGES, Finding
from loaders.records import Record
from loaders.sources.template import read
from loaders.template.examples import example_row
from loaders.template.sheets import sheets
from loaders.template.workbook import write_workbook

DATASET = Dataset("own", {"en": "Own"}, "template", "own")
PROJECTS = sheets()[0]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def book(tmp_path: Path, language: str) -> Workbook:
    write_workbook(tmp_path / "template.xlsx", language)
    return load_workbook(tmp_path / "template.xlsx")


def read_back(book: Workbook, path: Path) -> tuple[list[Record], list[Finding]]:
    book.save(path)
    items = list(read(path, DATASET))
    return [item for item in items if isinstance(item, Record)], [item for item in items if isinstance(item, Finding)]


def letter(key: str) -> str:
    return "ABCDEFGHIJKLMNOPQ"[[column.key for column in PROJECTS.columns].index(key)]


def test_an_example_stands_where_people_begin_and_says_that_it_is_one(book: Workbook, language: str) -> None:
    shown = {sheet.key: [cell.value for cell in book[sheet.name[language]][2] if cell.value] for sheet in sheets()}
    assert [key for key, cells in shown.items() if cells] == ["projects", "organisations", "participations", "grants"]
    mark = {"en": "e.g. ", "cs": "např. "}[language]
    assert all(cell.removeprefix("# ").startswith(mark) for cells in shown.values() for cell in cells)


def test_a_template_that_nobody_filled_holds_no_entry(book: Workbook, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match="No entry was found"):
        read_back(book, tmp_path / "a.xlsx")


def test_rows_below_the_example_are_read_and_the_example_is_said_to_be_left_out(
    book: Workbook, tmp_path: Path, language: str
) -> None:
    page = book[PROJECTS.name[language]]
    page["A3"], page[f"{letter('title (en)')}3"] = "bridges", "Bridges"
    records, findings = read_back(book, tmp_path / "a.xlsx")
    assert [record.key for record in records] == [("bridges",)]
    skipped = [found.location for found in findings if found.rule == "comment-rows"]
    assert next((place.sheet, place.row) for place in skipped if place) == (PROJECTS.name[language], 2)


def test_typing_over_the_example_without_an_id_is_told(book: Workbook, tmp_path: Path, language: str) -> None:
    page = book[PROJECTS.name[language]]
    page[f"{letter('title (en)')}2"] = "Bridges"
    records, findings = read_back(book, tmp_path / "a.xlsx")
    told = [found.location for found in findings if found.rule == "example-overwritten"]
    assert [(place.row, place.column) for place in told if place] == [(2, letter("title (en)"))]
    assert records == []


def test_what_is_left_of_the_example_is_told_at_its_cell(book: Workbook, tmp_path: Path, language: str) -> None:
    page = book[PROJECTS.name[language]]
    page["A2"], page[f"{letter('title (en)')}2"] = "bridges", "Bridges"
    records, findings = read_back(book, tmp_path / "a.xlsx")
    left = [found.location.column for found in findings if found.rule == "example-left" and found.location]
    expected = [column.key for column in example_row(PROJECTS, language)]
    assert left == [letter(key) for key in expected if key not in {"id", "title (en)"}]
    (project,) = records
    assert {name: [cell.text for cell in cells] for name, cells in project.fields.items()} == {"title": ["Bridges"]}
