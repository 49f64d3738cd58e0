"""What tells parts of an activity apart: equal values however written, and never an order."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.records import Cell, SourceRef
from loaders.sources.iati.activity import OrganisationMention
from loaders.sources.iati.codes import as_concept, as_country, as_day, as_decimal, code_of
from loaders.sources.iati.identity import exact, main_name, mention_key, numbered, split_identifier

PLACE = SourceRef("aid", "file.xml", "0" * 64)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10.00", "10"),
        (" 10 ", "10"),
        ("+10", "10"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-0.0", "0"),
        ("ten", "ten"),
        ("", ""),
    ],
)
def test_equal_numbers_are_one(written: str, meant: str) -> None:
    assert exact(Cell(written)) == meant


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=4), st.integers(0, 6))
def test_numbers_stay_exact(number: Decimal, zeros: int) -> None:
    assert exact(Cell(format(number, "f") + "0" * zeros)) == exact(Cell(format(number, "f")))
    assert Decimal(exact(Cell(format(number, "f")))) == number


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("GB-CHC-202918", ("GB-CHC", "202918")),
        ("XI-IATI-EC_NEAR", ("XI-IATI", "EC_NEAR")),
        ("XM-DAC-6-4", ("XM-DAC", "6-4")),
        ("CH-4", ("IATI", "CH-4")),
        ("EC-GOV", ("IATI", "EC-GOV")),
        ("41114", ("IATI", "41114")),
        ("GB-CHC-", ("IATI", "GB-CHC-")),
    ],
)
def test_an_identifier_is_split_where_it_names_its_register(written: str, parts: tuple[str, str]) -> None:
    assert split_identifier(written) == parts


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=12))
def test_equal_links_are_numbered_whatever_their_order(links: list[tuple[str, str]]) -> None:
    items = [((key,), rest, (key, rest)) for key, rest in links]
    told = sorted(numbered(items))
    assert len({key for key, _ in told}) == len(links)
    assert sorted(numbered(items[::-1])) == told
    assert [item for _, item in numbered(items)] == links


def test_a_name_is_that_in_english_in_any_order() -> None:
    names = (Cell("Banque", "", None, "fr"), Cell(" Bank ", "", None, "en"), Cell("Banka", "", None, "cs"))
    assert main_name(names) == main_name(names[::-1]) == "Bank"
    assert main_name(names[::2]) == "Banka"


def test_nothing_names_nobody() -> None:
    assert mention_key(None, "P") == ""
    assert mention_key(OrganisationMention(source=PLACE, ref=Cell("n/a"), name=(Cell(" "),)), "P") == ""


def test_codes_are_read_and_still_shown() -> None:
    assert as_concept(Cell("Funding"), "roles") == Cell("funder", source="Funding")
    assert as_concept(Cell("7"), "roles") == Cell("7")
    assert as_country(Cell("SR")) == Cell("SUR", source="SR")
    assert as_country(Cell("QQ")) == Cell("QQ")
    assert as_day(Cell("2020-01-31T00:00:00Z")) == Cell("2020-01-31", source="2020-01-31T00:00:00Z")
    assert as_decimal(Cell("-.5")) == Cell("-0.5", source="-.5")
    assert code_of(Cell("Start-Planned"), "dates") == "1"
    # A letter of an earlier version means nothing where that version had none.
    assert code_of(Cell("C")) == "C"
