"""Fields that open with a doubled quotation mark: those that lost their own marks get them back, all others stay."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.sources.cordis.quotes import repaired
from tests.loaders.sources.written import written

HEAD = b'"id";"title";"rcn"\n'


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"1";""The action ""X"" works"";"9"', '"1";"""The action ""X"" works""";"9"'),
        ('"1";""Title"" of x";"9"', '"1";"""Title"" of x";"9"'),
        ('1;""Title"" of x;9', '1;"""Title"" of x";9'),
        ('""A"" b;c', '"""A"" b";c'),
    ],
)
def test_lost_marks_are_put_back(line: str, expected: str, tmp_path: Path) -> None:
    file, found = repaired(written("lost.csv", HEAD + line.encode() + b"\n"), tmp_path)
    assert file.content == HEAD + expected.encode() + b"\n"
    assert [finding.location and finding.location.line for finding in found] == [2]


@pytest.mark.parametrize(
    "text",
    [
        '"1";"";"9"',
        '"1";"see;""Foo"" bar";"9"',
        '"1";"""ok"" x";"9"',
        '"1";"open\nsee;""Foo"" bar";"9"',
    ],
)
def test_what_is_right_is_left_alone(text: str, tmp_path: Path) -> None:
    file, found = repaired(written("right.csv", HEAD + text.encode() + b"\n"), tmp_path)
    assert file.content == HEAD + text.encode() + b"\n"
    assert not found


@given(st.lists(st.lists(st.text(alphabet='a";,\n\r é', max_size=8), min_size=1, max_size=4), min_size=1, max_size=6))
def test_no_well_formed_file_is_changed(rows: list[list[str]]) -> None:
    quoted = (";".join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in rows)
    file = written("quoted.csv", "\n".join(quoted).encode())
    assert repaired(file, Path())[1] == []


@pytest.mark.parametrize("piece", [b';""x', b'""a', b';""x"y', b'"";aa"', b'""'])
def test_a_line_made_to_be_slow_is_looked_at_quickly(piece: bytes, tmp_path: Path) -> None:
    file = written("slow.csv", HEAD + piece * 200_000 + b"\n")
    started = process_time()
    repaired(file, tmp_path)
    assert process_time() - started < 5
