import altair as alt
import pytest
import streamlit as st

from graph_app.components.altair_chart import number_axis, show_chart


@pytest.mark.parametrize(("values", "whole"), [([1.0, 3.0], True), ([], True), ([0.5, 2.0], False), ([1e9], True)])
def test_counts_have_no_ticks_between_whole_numbers(values: list[float], whole: bool) -> None:
    assert number_axis(values).to_dict() == ({"tickMinStep": 1, "format": ",d"} if whole else {})


@pytest.mark.parametrize(
    ("language", "decimal", "thousands", "sunday", "january"),
    [("en", ".", ",", "Sunday", "January"), ("cs", ",", "\u00a0", "neděle", "leden")],
)
def test_charts_write_numbers_and_days_as_the_reader_does(
    monkeypatch: pytest.MonkeyPatch, language: str, decimal: str, thousands: str, sunday: str, january: str
) -> None:
    drawn: list[alt.Chart] = []
    monkeypatch.setattr(st, "altair_chart", lambda chart, **_: drawn.append(chart))
    monkeypatch.setattr(st, "query_params", {"lang": language})
    bare = alt.Chart(alt.InlineData([])).mark_bar()
    show_chart(bare, key="key", description="A chart.")
    spoken = drawn[0].to_dict()["config"]["locale"]
    assert (spoken["number"]["decimal"], spoken["number"]["thousands"]) == (decimal, thousands)
    assert (spoken["time"]["days"][0], spoken["time"]["months"][0]) == (sunday, january)
    assert [len(spoken["time"][name]) for name in ("days", "shortDays", "months", "shortMonths")] == [7, 7, 12, 12]
