"""CSV files: cells are what was written, and the way of reading is said."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from loaders.errors import SourceFault
from loaders.findings import Finding
from loaders.sources.csv_table import read_csv
from loaders.sources.files import SourceFile
from loaders.sources.tables import PUBLISHED, Row
from tests.loaders.sources.written import written

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("tables.yaml"))
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def file(content: bytes) -> SourceFile:
    return written("table.csv", content)


def rows(content: bytes) -> list[list[str]]:
    return [list(item.cells) for item in read_csv(file(content)).rows if isinstance(item, Row)]


def findings(content: bytes) -> list[Finding]:
    return [item for item in read_csv(file(content)).rows if isinstance(item, Finding)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_cells_come_as_written(case: dict[str, Any], encoding: str) -> None:
    content = case["text"].encode(encoding)
    assert rows(content) == case["rows"]
    (told,) = findings(content)
    assert told.rule == "csv-read-as"
    assert case["separator"] in told.text()


def test_rows_know_their_row_and_line() -> None:
    table = read_csv(file(b'a,b\n"1\n2",3\n\n4,5\n'))
    assert [(row.number, row.line) for row in table.rows if isinstance(row, Row)] == [(1, 1), (2, 2), (3, 4), (4, 5)]


def test_a_guessed_encoding_must_be_confirmed_and_shows_what_came_out() -> None:
    guessed, _ = findings("název,město\nŽižkov,Příbram\n".encode("cp1250"))
    assert guessed.rule == "encoding-guessed"
    assert guessed.severity == "violation"
    assert "cp1250" in guessed.text("cs")
    assert "Žižkov" in guessed.text("cs").replace(",", " ")


@pytest.mark.parametrize("beginning", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_under_the_name_of_a_csv_file_is_told_as_that(beginning: bytes) -> None:
    with pytest.raises(SourceFault, match=r"Give it its own ending back, such as \.xlsx"):
        read_csv(file(beginning + b"\x00,\xff\n" * 9))


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b'a,b\n1,"2\n3,4\n', "csv-quotes", 2),
        (b'a,b\n1,"2" x\n', "csv-quotes", 2),
        (b'a,b\n1,"' + b"x" * 200_000 + b'"\n', "csv-cell-too-long", 2),
        (b"a,b\n" + b"," * 600 + b"\n", "table-too-large", 2),
    ],
    ids=["open quote", "text after quote", "long cell", "wide row"],
)
def test_a_table_that_cannot_be_trusted_stops(content: bytes, rule: str, line: int) -> None:
    with pytest.raises(SourceFault) as raised:
        rows(content)
    assert raised.value.finding.rule == rule
    assert raised.value.finding.location is not None
    assert raised.value.finding.location.line == line


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_what_the_csv_module_writes_is_read_back(table: list[list[str]], separator: str) -> None:
    stream = StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["first", "second"])
    writer.writerows(table)
    assert rows(stream.getvalue().encode()) == [["first", "second"], *table]


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_give_rows_findings_or_a_located_fault(content: bytes) -> None:
    try:
        items = list(read_csv(file(content)).rows)
    except SourceFault as fault:
        items = [fault.finding]
    assert all(isinstance(item, Row | Finding) for item in items)


def published(content: bytes, **stated: str) -> list[list[str]]:
    table = read_csv(written("large.csv", content), limits=PUBLISHED, **stated)
    return [list(item.cells) for item in table.rows if isinstance(item, Row)]


def test_what_others_publish_may_be_larger() -> None:
    long = "x" * 10_000_000
    assert published(f'a,b\n1,"{long}"\n'.encode()) == [["a", "b"], ["1", long]]
    assert len(published(b"a,b\n" + b"1,2\n" * 200_001)) == 200_002
    assert len(published(b"," * 600)[0]) == 601


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b'a,b\n1,"' + b"x" * 17_000_000, "csv-cell-too-long"),
        (b"x" * 33_000_000, "csv-cell-too-long"),
        (b"," * 17_000, "csv-too-wide"),
    ],
    ids=["never closed", "never broken", "wide"],
)
def test_what_is_too_large_even_so_is_refused(content: bytes, rule: str) -> None:
    with pytest.raises(SourceFault) as raised:
        published(content)
    assert raised.value.finding.rule == rule
    assert raised.value.finding.location is not None
    assert raised.value.finding.location.line in {1, 2}


def test_line_ends_may_be_mixed_and_zeros_stay_for_the_reader_to_judge() -> None:
    assert rows(b"a,b\r\n1,2\r3,4\n\x005,6") == [["a", "b"], ["1", "2"], ["3", "4"], ["\x005", "6"]]


def test_a_stated_encoding_is_certain_and_a_wrong_one_is_told() -> None:
    content = "název;město\nŽižkov;Příbram\n".encode("cp1250")
    table = read_csv(file(content), encoding="cp1250", separator=";")
    (told, *found) = list(table.rows)
    assert isinstance(told, Finding)
    assert told.rule == "csv-read-as"
    assert [row.cells for row in found if isinstance(row, Row)] == [("název", "město"), ("Žižkov", "Příbram")]
    for wrong in ("utf-8", "utf-16", "undefined"):
        with pytest.raises(SourceFault) as raised:
            published(content, encoding=wrong)
        assert raised.value.finding.rule == "csv-encoding-wrong"


def test_a_stated_separator_needs_no_guess() -> None:
    assert published(b"a|b\n1|2,3\n", separator="|") == [["a", "b"], ["1", "2,3"]]


def test_titles_with_commas_do_not_hide_the_separator() -> None:
    content = b"List of operations, as of 1, 2, 2020\nName;Town\nA, B;C\nD;E\n"
    assert rows(content)[1:] == [["Name", "Town"], ["A, B", "C"], ["D", "E"]]
