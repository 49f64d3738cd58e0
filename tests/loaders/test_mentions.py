"""Mentions of organisations: when two are the same, and when nobody may say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.mentions import identifier_of, organisation_key


@pytest.mark.parametrize(
    "text", ["", " ", "-", "–", "--", "n/a", "N.A.", "none", "NULL", "0", "00000", "unknown", "TBC", "?"]
)
def test_what_stands_for_no_identifier(text: str) -> None:
    assert not identifier_of(text)


@pytest.mark.parametrize("text", ["XM-DAC-41114", "GB-CHC-0", "-1", "NA-REG-7", "nan"])
def test_what_is_an_identifier(text: str) -> None:
    assert identifier_of(f" {text} ") == text


def test_one_identifier_with_several_names_is_several_mentions() -> None:
    keys = {organisation_key("EC-GOV", name, "p") for name in ("DG HOME", "Frontex", "EEAS", "")}
    assert len(keys) == 4


def test_spacing_makes_no_difference_and_letters_do() -> None:
    assert organisation_key("X-1", "Člověk  v tísni", "a") == organisation_key(" X-1 ", "C\u030clověk v tísni ", "b")
    assert organisation_key("X-1", "Člověk v tísni", "a") != organisation_key("X-1", "ČLOVĚK V TÍSNI", "a")


def test_a_name_alone_counts_within_its_project() -> None:
    assert organisation_key("-", "Ministry of Health", "p1") != organisation_key("", "Ministry of Health", "p2")
    assert organisation_key("-", "Ministry of Health", "p1") == organisation_key("n/a", " Ministry  of Health", "p1")


def test_nothing_is_no_mention() -> None:
    with pytest.raises(ValueError, match="without identifier and name"):
        organisation_key("-", " ", "p")


_words = st.text("aZ~%/-:. é", max_size=6)


@given(st.lists(st.tuples(_words, _words, _words), min_size=2, max_size=2, unique=True))
def test_keys_are_injective(pair: list[tuple[str, str, str]]) -> None:
    def meant(identifier: str, name: str, within: str) -> tuple[str, ...]:
        called = " ".join(name.split())
        return (identifier_of(identifier), called) if identifier_of(identifier) else ("", within, called)

    known = [one for one in pair if identifier_of(one[0]) or one[1].strip()]
    keys = [organisation_key(*one) for one in known]
    assert len(set(keys)) == len({meant(*one) for one in known})
