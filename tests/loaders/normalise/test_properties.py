"""What holds for every date, number, name and text."""

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import ValueFault
from loaders.normalise import countries, dates, languages, money, names

DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 12, 31))
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12)


def outcome(reader: Callable[[str], object], text: str) -> object:
    """What a reader gives: the value, or the fault with which it refuses the text."""
    try:
        return reader(text)
    except ValueFault as fault:
        return fault


@given(DAYS)
def test_every_way_to_write_a_day_means_that_day(day: date) -> None:
    expected = (day.isoformat(), "date")
    assert dates.partial_date(day.isoformat()) == expected
    assert dates.partial_date(f"{day.day}.{day.month}.{day.year}") == expected
    assert dates.partial_date(f"{day.day:02}. {day.month:02}. {day.year}") == expected
    assert dates.partial_date(f"{day.month}/{day.year}") == (day.isoformat()[:7], "gYearMonth")


@given(DAYS)
def test_a_day_with_slashes_is_right_or_refused(day: date) -> None:
    read = outcome(dates.partial_date, f"{day.day}/{day.month}/{day.year}")
    if isinstance(read, ValueFault):
        assert read.rule == "date-ambiguous"
        assert day.isoformat() in read.details.values()
    else:
        assert read == (day.isoformat(), "date")


@given(NUMBERS)
def test_numbers_come_back_exactly(number: Decimal) -> None:
    plain = format(number, "f")
    assert format(money.decimal(plain), "f") == plain
    for separator in " \u00a0\u202f":
        assert money.decimal(f"{number:,.2f}".replace(",", separator)) == number
    german = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    assert money.decimal(german, ",") == number


@given(NUMBERS)
def test_a_decimal_comma_is_refused_with_its_repair(number: Decimal) -> None:
    fault = outcome(money.decimal, format(number, "f").replace(".", ","))
    assert isinstance(fault, ValueFault)
    assert fault.rule == "decimal-comma"
    assert Decimal(fault.details["repaired"]) == number


@given(st.text())
def test_a_name_is_found_however_it_is_composed(name: str) -> None:
    key = names.lookup_key(name)
    assert names.lookup_key(key) == key
    assert names.lookup_key(unicodedata.normalize("NFD", name)) == names.lookup_key(unicodedata.normalize("NFC", name))
    assert names.lookup_key(f"  {name}\u00a0") == key


@given(st.text())
def test_no_text_makes_a_reader_fail_in_another_way(text: str) -> None:
    for reader in (dates.partial_date, dates.duration, money.decimal, money.currency, languages.language_code):
        outcome(reader, text)
    countries.country_code(text)
    names.suspicions(text)
