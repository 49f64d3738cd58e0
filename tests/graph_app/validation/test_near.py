"""Misspelt names of a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.validation.near import NearNames
from loaders.normalise.countries import country_code, country_names

COUNTRIES = NearNames(country_names().items())
NAMES = NearNames([("coordinator", "C"), ("partner", "P"), ("donor", "D"), ("donér", "D"), ("author", "A")])


@pytest.mark.parametrize(
    ("word", "code"),
    [("Czehcia", "CZE"), ("Cesko", "CZE"), ("slovakai", "SVK"), ("Untied Kingdm", "GBR"), ("Deutschlnad", "DEU"),
     ("Bosnia and Hercegovna", "BIH"), ("Sýrije", "SYR")],
)  # fmt: skip
def test_a_slip_or_two_are_seen_through(word: str, code: str) -> None:
    found = COUNTRIES.find(word)
    assert found is not None
    assert found[0] == code


@pytest.mark.parametrize("word", ["Austrlia", "Irap", "Nigera", "CZX", "Atlantis", "", "x" * 5_000])
def test_between_two_countries_or_near_none_nothing_is_guessed(word: str) -> None:
    assert COUNTRIES.find(word) is None


def test_a_name_that_two_countries_share_names_neither() -> None:
    assert country_code("Korea") is None
    assert COUNTRIES.find("Korae") == ("", "korea")


@given(st.sampled_from(["coordinator", "partner", "author"]), st.data())
def test_any_one_slip_finds_the_name(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyzáčěý"))
    slips = (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    for slip in slips:
        assert NAMES.find(slip) == (name[0].upper(), name)


@given(st.text(max_size=80))
def test_any_text_is_looked_up(text: str) -> None:
    found = NAMES.find(text)
    assert found is None or found[0] in "CPDA"
