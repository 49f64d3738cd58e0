"""XLSX workbooks: cells as people see them, and nothing parsed that could hurt."""

import zipfile
from collections.abc import Callable
from datetime import datetime, time
from hashlib import shake_256
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from loaders.errors import SourceFault
from loaders.findings import Finding
from loaders.sources.files import SourceFile
from loaders.sources.tables import PUBLISHED, Row
from loaders.sources.xlsx_table import read_workbook
from tests.loaders.sources.written import written

SHEET = "xl/worksheets/sheet1.xml"


def file(content: bytes) -> SourceFile:
    return written("book.xlsx", content)


def workbook(fill: Callable[[Worksheet], object]) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Data"
    fill(page)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(content: bytes, **parts: Callable[[bytes], bytes]) -> bytes:
    """Copy an archive, some of its parts changed; keys are parts with ``/`` and ``.`` as ``_``."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = parts.get(name.replace("/", "_").replace(".", "_"), bytes)
            new.writestr(name, change(old.read(name)))
    return stream.getvalue()


def items(content: bytes) -> list[Row | Finding]:
    return [item for table in read_workbook(file(content)) for item in table.rows]


def one_cell(value: Any, number_format: str = "") -> Row | Finding:
    def fill(page: Worksheet) -> None:
        page["B2"] = value
        if number_format:
            page["B2"].number_format = number_format

    found = items(workbook(fill))
    findings = [item for item in found if isinstance(item, Finding)]
    return findings[0] if findings else found[-1]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        ("00123", "@", "00123"),
        ("NA", "General", "NA"),
        (2024, "General", "2024"),
        (2024.0, "0", "2024"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.5, "#,##0.00", "1234567.5"),
        (537705, "00000000", "00537705"),
        (1e-7, "General", "0.0000001"),
        (999999999999999, "General", "999999999999999"),
        (True, "General", "true"),
        (datetime(2024, 3, 31), "dd.mm.yyyy", "2024-03-31"),  # noqa: DTZ001 - workbooks know no time zones
        (datetime(2024, 3, 1), "mmm yyyy", "2024-03"),  # noqa: DTZ001
        (datetime(2024, 3, 9), "mmm yyyy", "2024-03-09"),  # noqa: DTZ001
        (datetime(2024, 1, 1), "yyyy", "2024"),  # noqa: DTZ001
    ],
    ids=str,
)
def test_cells_come_as_they_are_shown(value: Any, number_format: str, text: str) -> None:
    row = one_cell(value, number_format)
    assert isinstance(row, Row)
    assert (row.number, row.cells) == (2, ("", text))


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("=1+1", "xlsx-formula"),
        ("#REF!", "xlsx-error"),
        ("#N/A", "xlsx-error"),
        (12345678901234567890, "xlsx-long-number"),
        (1.5e300, "xlsx-long-number"),
        (datetime(2024, 3, 31, 10, 30), "xlsx-time"),  # noqa: DTZ001
        (time(10, 30), "xlsx-time"),
    ],
    ids=str,
)
def test_a_cell_that_cannot_be_trusted_is_told(value: Any, rule: str) -> None:
    found = one_cell(value)
    assert isinstance(found, Finding)
    assert (found.rule, str(found.location)) == (rule, "book.xlsx, Data!B2")


def test_a_formula_with_a_stored_result_gives_the_result() -> None:
    content = workbook(lambda page: page.append(["=1+1"]))
    stored = changed(
        content,
        xl_worksheets_sheet1_xml=lambda xml: xml.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>"),
    )
    (row,) = items(stored)
    assert isinstance(row, Row)
    assert row.cells == ("2",)


def test_a_doctype_is_refused_in_any_encoding() -> None:
    content = workbook(lambda page: page.append(["x"]))
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        doctype = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'.encode(encoding)
        with pytest.raises(SourceFault) as raised:
            items(changed(content, xl_worksheets_sheet1_xml=doctype.__add__))
        assert raised.value.finding.rule == "xlsx-doctype"
        assert SHEET in raised.value.finding.text()


def test_a_bomb_is_refused_from_the_directory() -> None:
    content = workbook(lambda page: page.append(["x"]))
    with pytest.raises(SourceFault) as raised:
        items(changed(content, xl_worksheets_sheet1_xml=lambda xml: xml + b" " * 5_000_000))
    assert raised.value.finding.rule == "xlsx-too-large"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"PK\x03\x04 but no more", "xlsx-broken"),
        (b"id,title\n1,2\n", "xlsx-broken"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100), "xlsx-protected"),
    ],
    ids=["torn", "csv", "old"],
)
def test_what_is_no_workbook_is_told(content: bytes, rule: str) -> None:
    with pytest.raises(SourceFault) as raised:
        items(content)
    assert raised.value.finding.rule == rule


def test_an_archive_without_workbook_parts_is_told() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(SourceFault) as raised:
        items(stream.getvalue())
    assert raised.value.finding.rule == "xlsx-broken"


def test_cells_far_outside_are_refused_not_dropped() -> None:
    def far_right(page: Worksheet) -> None:
        page.cell(1, 600, "x")

    def far_below(page: Worksheet) -> None:
        page.cell(200_005, 1, "x")

    for fill in (far_right, far_below):
        with pytest.raises(SourceFault) as raised:
            items(workbook(fill))
        assert raised.value.finding.rule == "table-too-large"


def test_what_others_publish_may_be_wider_and_longer() -> None:
    def far(page: Worksheet) -> None:
        page.cell(200_005, 600, "x")

    (table,) = (list(table.rows) for table in read_workbook(file(workbook(far)), limits=PUBLISHED))
    last = table[-1]
    assert isinstance(last, Row)
    assert (last.number, len(last.cells)) == (200_005, 600)


@pytest.mark.parametrize("before", range(4_000_000 - 12, 4_000_000 + 2, 3))
def test_a_declaration_is_found_wherever_a_part_is_cut_in_pieces(before: int) -> None:
    noise = shake_256(b"noise").hexdigest(2_000_010).encode()  # hardly shrinks, so that it is no bomb
    content = workbook(lambda page: page.append(["x"]))
    with pytest.raises(SourceFault) as raised:
        items(changed(content, xl_theme_theme1_xml=lambda _: noise[:before] + b"<!DOCTYPE a>" + noise))
    assert raised.value.finding.rule == "xlsx-doctype"


def test_a_row_beyond_any_spreadsheet_is_refused_without_counting_up_to_it() -> None:
    content = changed(
        workbook(lambda page: page.append(["x"])),
        xl_worksheets_sheet1_xml=lambda xml: xml.replace(b"</sheetData>", b'<row r="4000000000"/></sheetData>'),
    )
    with pytest.raises(SourceFault) as raised:
        items(content)
    assert raised.value.finding.rule == "table-too-large"


def test_a_number_larger_than_any_float_is_told() -> None:
    content = changed(
        workbook(lambda page: page.append([1])),
        xl_worksheets_sheet1_xml=lambda xml: xml.replace(b"<v>1<", b"<v>" + b"9" * 400 + b"<"),
    )
    assert [item.rule for item in items(content) if isinstance(item, Finding)] == ["xlsx-long-number"]


def test_a_column_beyond_any_spreadsheet_is_refused() -> None:
    beyond = b'<row r="2"><c r="ZZZ2"/><c><v>1</v></c></row></sheetData>'  # the second has no letters
    content = changed(
        workbook(lambda page: page.append(["x"])),
        xl_worksheets_sheet1_xml=lambda xml: xml.replace(b"</sheetData>", beyond),
    )
    with pytest.raises(SourceFault) as raised:
        items(content)
    assert raised.value.finding.rule == "table-too-large"


@pytest.mark.parametrize(
    "more",
    [
        b'<row r="1"><c r="A1" t="n"><v>2</v></c></row>',
        b'<row r="3"/><row r="2"><c r="A2"><v>2</v></c></row>',
        b'<row r="2"><c r="A2"><v>2</v></c><c r="A2"><v>3</v></c></row>',
    ],
    ids=["row twice", "row out of order", "cell twice"],
)
def test_what_openpyxl_would_drop_is_refused(more: bytes) -> None:
    content = changed(
        workbook(lambda page: page.append(["x"])),
        xl_worksheets_sheet1_xml=lambda xml: xml.replace(b"</sheetData>", more + b"</sheetData>"),
    )
    with pytest.raises(SourceFault) as raised:
        items(content)
    assert raised.value.finding.rule == "xlsx-order"


WHOLE = workbook(lambda page: page.append(["id", "title", 3, "=1+1"]))


@given(data=st.data())
def test_a_damaged_workbook_gives_rows_findings_or_a_fault(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = items(bytes(content))
    except SourceFault as fault:
        found = [fault.finding]
    assert all(isinstance(item, Row | Finding) for item in found)
