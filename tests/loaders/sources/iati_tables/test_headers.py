"""Headings of flattened IATI tables, as several exports write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from loaders.sources.iati_tables.headers import IDENTIFIER, Column, read_header

CASES = YAML(typ="safe").load(Path(__file__).with_name("headings.yaml"))
#: Cells of any kind between the parts of real headings.
HEADINGS = st.lists(st.text(max_size=12) | st.sampled_from([case[0] for case in CASES]), max_size=30)


@pytest.mark.parametrize("case", [case for case in CASES if case[1] is not None], ids=lambda case: case[0])
def test_a_heading_is_read(case: list[str]) -> None:
    heading, element, attribute, number, language = case
    header = read_header(["remark", "iati_identifier"] if heading == "remark" else ["", heading, "", "iati identifier"])
    assert header is not None
    assert header.columns[1] == Column(element, attribute, number, language)


@pytest.mark.parametrize("case", [case for case in CASES if case[1] is None], ids=lambda case: case[0])
def test_a_heading_is_known_to_be_left_out_or_is_unknown(case: list[str]) -> None:
    heading, _, group = case
    header = read_header(["iati_identifier", heading])
    assert header is not None
    groups = {"personal": header.personal, "left_out": header.left_out, "unknown": header.unknown}
    assert [name for name, indexes in groups.items() if 1 in indexes] == [group]
    assert set(header.columns) == {0}


def test_a_row_without_identifier_is_no_header() -> None:
    assert read_header(["title", "recipient_country_code"]) is None
    assert read_header([]) is None


def test_the_second_column_of_a_thing_is_not_read() -> None:
    header = read_header(["iati_identifier", "title_eng", "title_en", "sector_code", "sector_code_2"])
    assert header is not None
    assert dict(header.twice) == {2: "title_en"}
    assert [header.columns[index].number for index in (3, 4)] == [1, 2]


@given(HEADINGS)
def test_any_row_can_be_read_and_every_filled_cell_is_somewhere(cells: list[str]) -> None:
    header = read_header(cells)
    if header is None:
        return
    assert IDENTIFIER in header.columns.values()
    groups = [set(header.columns), set(header.personal), set(header.left_out), set(header.unknown), set(header.twice)]
    assert sum(map(len, groups)) == len(set().union(*groups))
    assert header.width == max(set().union(*groups)) + 1
