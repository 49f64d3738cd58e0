"""A template that a form fills is read back as it was typed, and gives the records that were typed."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from loaders.datasets import Dataset
from loaders.findings import LANGUAGES
from loaders.records import Record
from loaders.sources.template import read
from loaders.sources.template_filled import NoForm, read_filled
from loaders.template.filled import Filled, Part, rows_of
from loaders.template.sheets import Sheet, sheets
from loaders.template.workbook import write_workbook

DATASET = Dataset("own", {"en": "Own"}, "template", "own")
#: What people can type into a field and a file can keep: no control characters, and more of what means something.
TYPED = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("=+-@#;\"'<&>_x000D_\n"),
    min_size=1,
    max_size=30,
).filter(lambda typed: typed.strip() and not typed.strip().startswith("#"))


@st.composite
def cells(draw: st.DrawFn, sheet: Sheet, kind: str) -> dict[str, str]:
    keys = [column.key for column in sheet.columns if column.kind == kind and column.field != "id"]
    chosen = draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
    return {key: draw(TYPED).strip() for key in chosen}


@st.composite
def fillings(draw: st.DrawFn) -> Filled:
    parts: dict[str, tuple[Part, ...]] = {}
    for sheet in draw(st.lists(st.sampled_from(sheets()), min_size=1, unique=True)):
        own = draw(st.lists(cells(sheet, sheet.kind), min_size=1, max_size=3))
        identified = any(column.field == "id" for column in sheet.columns)
        ids = [{"id": f"{sheet.kind}-{number}"} if identified else {} for number in range(len(own))]
        more = st.lists(cells(sheet, sheet.further), max_size=3).map(tuple) if sheet.further else st.just(())
        parts[sheet.key] = tuple(Part(ident | said, draw(more)) for ident, said in zip(ids, own, strict=True))
    return Filled(draw(st.sampled_from(LANGUAGES)), parts)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(fillings())
def test_what_a_form_fills_in_is_read_back(filled: Filled) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write_workbook(path, filled.language, rows_of(filled))
        assert read_filled(path) == filled


def written(filled: Filled) -> bytes:
    stream = BytesIO()
    write_workbook(stream, filled.language, rows_of(filled))
    return stream.getvalue()


GRANT = Part(
    {"id": "grant-1", "project": "bridges", "donor": "organisation/curated/iom-prague"},
    ({"value": "1250000.50", "currency": "CZK"}, {"value": "7", "currency": "EUR"}),
)
ORGANISATION = Part(
    {"id": "club", "name (en)": "=Club", "name (uk)": "Клуб"}, ({"scheme": "CZ-ICO", "code": "00000001"},)
)
FILLED = Filled("cs", {"organisations": (ORGANISATION,), "grants": (GRANT,)})


def test_its_records_say_what_was_typed(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(written(FILLED))
    records = [item for item in read(tmp_path / "form.xlsx", DATASET) if isinstance(item, Record)]
    told = [
        (record.kind, {name: [(cell.text, cell.language) for cell in found] for name, found in record.fields.items()})
        for record in records
    ]
    assert told == [
        ("organisation", {"name": [("=Club", "en"), ("Клуб", "uk")]}),
        ("identifier", {"organisation": [("club", "")], "scheme": [("CZ-ICO", "")], "code": [("00000001", "")]}),
        ("grant", {"project": [("bridges", "")], "donor": [("organisation/curated/iom-prague", "")]}),
        ("amount", {"grant": [("grant-1", "")], "value": [("1250000.50", "")], "currency": [("CZK", "")]}),
        ("amount", {"grant": [("grant-1", "")], "value": [("7", "")], "currency": [("EUR", "")]}),
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("A4", "# a comment"), ("A1", "Identity"), ("Z2", "beyond"), ("B3", "=1+1")],
    ids=["comment", "heading", "no heading", "formula"],
)
def test_a_workbook_with_more_than_a_form_shows_is_no_form(tmp_path: Path, cell: str, value: str) -> None:
    book = load_workbook(BytesIO(written(FILLED)))
    book["Organizace"][cell] = value
    book.save(tmp_path / "form.xlsx")
    with pytest.raises(NoForm, match="Organizace"):
        read_filled(tmp_path / "form.xlsx")


def test_a_workbook_with_another_sheet_is_no_form(tmp_path: Path) -> None:
    book = load_workbook(BytesIO(written(FILLED)))
    book.create_sheet("Notes")
    book.save(tmp_path / "form.xlsx")
    with pytest.raises(NoForm, match="Notes"):
        read_filled(tmp_path / "form.xlsx")
