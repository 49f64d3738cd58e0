"""Rates of the European Central Bank, on days with a rate and on others."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.money.rates import in_euros, quoted


@pytest.mark.parametrize(
    ("currency", "day", "rate", "of", "reason"),
    [
        ("EUR", "NaT", 1.0, "NaT", ""),
        ("XEU", "1995-01-01", 1.0, "NaT", ""),
        ("USD", "1999-01-04", 1.1789, "1999-01-04", ""),
        ("USD", "1999-01-03", None, "NaT", "no_rate"),
        ("CZK", "1999-01-04", 35.107, "1999-01-04", ""),
        # A Saturday and a Sunday take the rate of the Friday.
        ("CZK", "2022-01-09", 24.439, "2022-01-07", ""),
        # Slovakia has had the euro since 2009.
        ("SKK", "2010-01-04", None, "NaT", "no_rate"),
        ("USD", "NaT", None, "NaT", "undated"),
        ("IQD", "2022-01-10", None, "NaT", "unquoted"),
    ],
)
def test_a_rate_is_of_the_day_or_the_last_before(
    currency: str, day: str, rate: float | None, of: str, reason: str
) -> None:
    found = in_euros(np.array([1000.0]), np.array([currency]), np.array([day], "datetime64[D]"))
    assert found.reasons.tolist() == [reason]
    assert str(found.days[0]) == of
    if rate is None:
        assert np.isnan(found.values[0])
    else:
        assert found.rates[0] == rate
        assert found.values[0] == 1000 / rate


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(-1e9, 1e9),
            st.sampled_from(["EUR", "USD", "CZK", "GBP", "SKK", "XXX"]),
            st.dates(min_value=date(1998, 1, 1), max_value=date(2026, 12, 31)),
        ),
        min_size=1,
    )
)
def test_each_sum_is_turned_as_if_it_stood_alone(rows: list[tuple[float, str, object]]) -> None:
    values, currencies = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    days = np.array([row[2] for row in rows], "datetime64[D]")
    found = in_euros(values, currencies, days)
    for place, (value, currency, _) in enumerate(rows):
        if found.reasons[place]:
            assert np.isnan(found.values[place])
        elif currency != "EUR":
            told = quoted()[currency]
            # The last quoted day that is not after, looked for one by one.
            last = max(day for day in told.days[-9000:].tolist() if day <= days[place].item())
            assert found.days[place].item() == last
            assert found.values[place] == value / told.rates[told.days.tolist().index(last)]
