"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.validation.written_dates import iso_date

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))
#: Ways of writing a day in which day and month cannot be mistaken for each other.
CLEAR = (
    "{0.day}.{0.month}.{0.year}",
    "{0.day}. {0.month}. {0.year}.",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}.{0.month:02}.{0.day:02}",
    "{0:%Y%m%d}",
    "{0:%Y-%m-%d}T00:00:00",
    "{0:%Y-%m-%d} 00:00",
    "{0.year} - {0.month:02} - {0.day:02}",
)
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
CZECH = [
    "ledna",
    "února",
    "března",
    "dubna",
    "května",
    "června",
    "července",
    "srpna",
    "září",
    "října",
    "listopadu",
    "prosince",
]


@given(DAYS, st.sampled_from(CLEAR))
def test_a_day_in_a_clear_form_is_that_day(day: date, form: str) -> None:
    assert iso_date(form.format(day)) == day.isoformat()


@given(DAYS)
def test_a_month_in_words_is_that_month(day: date) -> None:
    english, czech = ENGLISH[day.month - 1], CZECH[day.month - 1]
    for written in (
        f"{day.day} {english} {day.year}",
        f"{english} {day.day}, {day.year}",
        f"{day.day}-{english[:3]}-{day.year}",
        f"{day.day}. {czech} {day.year}",
        f"{day.day}.{czech.upper()} {day.year}",
    ):
        assert iso_date(written) == day.isoformat()
    assert iso_date(f"{english} {day.year}") == iso_date(f"{czech} {day.year}") == day.isoformat()[:7]


@given(DAYS, st.sampled_from("/-"))
def test_a_day_that_could_be_a_month_is_not_guessed(day: date, sign: str) -> None:
    told = {iso_date(f"{first}{sign}{second}{sign}{day.year}") for first, second in
            ((day.day, day.month), (day.month, day.day))}  # fmt: skip
    certain = day.day > 12 or day.day == day.month
    assert told == ({day.isoformat()} if certain else {""})


@given(st.text(max_size=20) | st.from_regex(r"[0-9./ -]{1,12}", fullmatch=True))
def test_whatever_comes_is_a_date_or_nothing(text: str) -> None:
    told = iso_date(text)
    assert not told or iso_date(told) == told


@pytest.mark.parametrize(
    "text",
    ["", "soon", "March", "12", "31.2.2024", "3.31.2024", "31.3.24", "2011/12", "2024-13", "1.-31.3.2024",
     "2024-03-31 12:30", "31. března", "listopad", "1700-01-01", "2023/2024", "31/3"],
)  # fmt: skip
def test_what_is_no_certain_date_stays(text: str) -> None:
    assert iso_date(text) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [("3/31/2024", "2024-03-31"), ("45382", "2024-03-31"), ("2024/3", "2024-03"), ("03-2024", "2024-03"),
     ("31st March 2024", "2024-03-31"), ("Mai 2020", "2020-05"), ("2024.", "2024")],
)  # fmt: skip
def test_other_ways_of_writing(text: str, told: str) -> None:
    assert iso_date(text) == told
