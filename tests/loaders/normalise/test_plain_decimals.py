"""Numbers that are written as they would be written anew are known by their look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.normalise.money import are_plain_decimals, decimal


@given(st.lists(st.from_regex(r"[-+]?[0-9 ]{0,20}([.,][0-9]{0,20})?", fullmatch=True), max_size=3))
def test_plain_numbers_are_read_as_they_are_written(texts: list[str]) -> None:
    if are_plain_decimals(texts):
        assert [format(decimal(text), "f") for text in texts] == texts


@pytest.mark.parametrize("text", ["0", "7", "10", "1234567", "0.5", "12.00", "9" * 18 + "." + "9" * 18])
def test_usual_numbers_are_plain(text: str) -> None:
    assert are_plain_decimals([text, "1"])


@pytest.mark.parametrize("text", ["", "-1", "007", "1,5", "1 000", ".5", "5.", "1\n2", "٣", "9" * 19, "0." + "1" * 19])
def test_others_are_looked_at(text: str) -> None:
    assert not are_plain_decimals(["1", text])
