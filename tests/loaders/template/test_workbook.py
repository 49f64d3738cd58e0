"""The template that people download: every sheet, heading, help and list, in their language."""

import csv
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from loaders.fields import ValueKind
from loaders.findings import LANGUAGES
from loaders.model import ENTITIES
from loaders.normalise.names import lookup_key
from loaders.schemes import scheme
from loaders.template.choices import choices, list_name
from loaders.template.csv_folder import write_csv_folder
from loaders.template.sheets import sheets
from loaders.template.workbook import write_workbook


@pytest.fixture(params=LANGUAGES, scope="module")
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def content(language: str) -> bytes:
    stream = BytesIO()
    write_workbook(stream, language)
    return stream.getvalue()


def test_every_field_of_a_sheets_kind_has_a_column() -> None:
    for sheet in sheets():
        fields = {column.field for column in sheet.columns if column.kind == sheet.kind} - {"id"}
        assert fields == {field.name for field in ENTITIES[sheet.kind].fields if field.entered}


def test_every_heading_names_one_column_and_is_found_again() -> None:
    for sheet in sheets():
        for language in LANGUAGES:
            headings = [lookup_key(column.heading[language]) for column in sheet.columns]
            assert len(set(headings)) == len(headings)
            assert [sheet.column(heading) for heading in headings] == list(sheet.columns)


def test_every_column_is_explained_in_every_language() -> None:
    for sheet in sheets():
        for column in sheet.columns:
            assert all(column.heading[language] and column.help[language] for language in LANGUAGES)


def test_the_workbook_has_all_sheets_with_headings_frozen_and_cells_as_text(content: bytes, language: str) -> None:
    book = load_workbook(BytesIO(content))
    for sheet in sheets():
        page = book[sheet.name[language]]
        assert [str(cell.value).removesuffix(" *") for cell in page[1]] == [c.heading[language] for c in sheet.columns]
        assert page.freeze_panes == "B2"
        for cell, column in zip(page[1], sheet.columns, strict=True):
            assert cell.comment is not None
            assert column.help[language] in cell.comment.text
            assert page.column_dimensions[cell.column_letter].number_format == "@"


def test_lists_to_choose_from_hold_the_labels_of_their_scheme(content: bytes, language: str) -> None:
    book = load_workbook(BytesIO(content))
    offered = 0
    for sheet in sheets():
        page = book[sheet.name[language]]
        offers = {str(offer.sqref).split(":")[0]: str(offer.formula1) for offer in page.data_validations.dataValidation}
        for cell, column in zip(page[1], sheet.columns, strict=True):
            if name := list_name(column):
                at, cells = offers[f"{cell.column_letter}2"].split("!")
                labels = [row[0].value for row in book[at.strip("'")][cells.replace("$", "")]]
                assert labels == list(choices(name, language, language))
                assert not column.choices or labels == scheme(column.choices).choices(language)
                offered += 1
    assert offered > 10
    assert book.worksheets[-1].sheet_state == "hidden"


def test_currencies_in_use_are_offered_by_their_codes() -> None:
    codes = choices("currencies", "en", "cs")
    assert {"CZK", "EUR", "UAH"} <= set(codes)
    assert "CSK" not in codes
    assert codes["CZK"] == "CZK – česká koruna"


def test_the_forms_of_dates_and_numbers_are_hinted_at(content: bytes, language: str) -> None:
    for sheet in sheets():
        page = load_workbook(BytesIO(content))[sheet.name[language]]
        hints = {str(hint.sqref).split(":")[0]: hint for hint in page.data_validations.dataValidation}
        for cell, column in zip(page[1], sheet.columns, strict=True):
            if column.values in {ValueKind.DATE, ValueKind.DECIMAL, ValueKind.INTEGER}:
                hint = hints[f"{cell.column_letter}2"]
                assert hint.errorStyle == "information"
                assert ("2024-03-31" if column.values is ValueKind.DATE else "1234.50") in hint.prompt


def test_the_read_me_explains_every_column_and_shows_an_example(content: bytes, language: str) -> None:
    page = load_workbook(BytesIO(content)).worksheets[1]
    text = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None)
    for sheet in sheets():
        for column in sheet.columns:
            assert column.help[language] in text
    assert "2023-09" in text


def test_csv_files_open_in_a_spreadsheet_with_the_same_headings(tmp_path: Path, language: str) -> None:
    paths = write_csv_folder(tmp_path / "template", language)
    assert [path.stem for path in paths] == [sheet.key for sheet in sheets()]
    for path, sheet in zip(paths, sheets(), strict=True):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert list(csv.reader(stream)) == [[column.heading[language] for column in sheet.columns]]
