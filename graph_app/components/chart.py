"""The chart of an answer: a sensible first choice, others to choose, and all of it kept in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from graph_app.components.altair_chart import LEGEND, names_axis, number_axis, show_chart
from graph_app.components.choices import choose_segment, choose_value
from graph_app.components.frame import Column, frame_of
from graph_app.components.texts import text

__all__ = ["Chart", "choose_chart", "draw_chart", "every_year", "first_choice"]

BAR, LINE, SCATTER = KINDS = ("bar", "line", "scatter")
#: How values that share a place are put together.
_TOGETHER = ("sum", "mean", "count")
_ROWS = "rows"
#: No variable has a blank in its name.
_VALUE = "the value"
#: Years that stand side by side at most, with those between of which nothing is told.
_YEARS = 60
_TYPES = {"name": "N", "year": "O", "day": "T", "number": "Q"}
#: Heights of a chart, of a bar beside its name, and of a line of the legend.
_HEIGHT, _BAR_HEIGHT, _LINE = 340, 20, 22
#: Okabe and Ito's colours, which people tell apart whatever they see of colours; yellow fails on white.
_PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8c6d31", "#7f7f7f"]
#: More bars than this nobody can read, and colours are not given twice; the largest stay.
_BARS, _COLOURS = 40, len(_PALETTE)


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows.

    :param kind: ``bar``, ``line`` or ``scatter``.
    :param x: name of the column along which it goes.
    :param y: name of the column whose values it shows; empty for the number of rows.
    :param colour: name of the column that colours tell, or empty.
    :param together: ``sum``, ``mean`` or ``count``.
    """

    kind: str
    x: str
    y: str = ""
    colour: str = ""
    together: str = "sum"


def first_choice(columns: Sequence[Column]) -> Chart:
    """Choose a chart by what the columns hold.

    :param columns: the columns, at least one.
    """
    times = [column for column in columns if column.kind in {"year", "day"}]
    names = [column for column in columns if column.kind == "name"]
    numbers = [column for column in columns if column.kind == "number"]
    if len(numbers) > 1 and not times and not names:
        return Chart(SCATTER, numbers[0].name, numbers[1].name)
    along = (times or names or list(columns))[0]
    value = next((column.name for column in numbers if column is not along), "")
    # Amounts of several currencies are no sum: colours keep them apart.
    groups = sorted(names, key=lambda column: "currency" not in column.name.lower())
    colour = next((column.name for column in groups if column is not along and 1 < _different(column) <= _COLOURS), "")
    return Chart(LINE if times and value else BAR, along.name, value, colour)


def choose_chart(columns: Sequence[Column]) -> Chart:
    """Draw the choices of a chart, each kept in the address.

    :param columns: the columns of the answer.
    :returns: what was chosen.
    """
    first = first_choice(columns)
    by_name = {column.name: column for column in columns}
    headings = {name: column.heading for name, column in by_name.items()} | {_ROWS: text("chart.rows")}
    numbers = [column.name for column in columns if column.kind == "number"]
    kind = choose_segment("chart", text("chart.kind"), KINDS, lambda one: text(f"chart.{one}"), unless=first.kind)
    with st.container(horizontal=True):
        x = _choose("x", list(by_name), first.x, headings)
        y = _choose("y", [_ROWS, *numbers], first.y or _ROWS, headings)
        colour = _choose("colour", ["none", *by_name], first.colour or "none", headings | {"none": text("chart.none")})
        together = _choose("together", _TOGETHER, "sum", {one: text(f"chart.{one}") for one in _TOGETHER})
    return Chart(kind, x, "" if y == _ROWS else y, "" if colour == "none" else colour, together)


def draw_chart(chart: Chart, columns: Sequence[Column], *, key: str, description: str) -> None:
    """Draw a chart.

    :param chart: what it shows.
    :param columns: the columns of the answer.
    :param key: key of the chart on the page.
    :param description: what it shows, for people who do not see it.
    """
    by_name = {column.name: column for column in columns}
    frame = frame_of(columns).dropna(subset=[chart.x])
    if chart.kind == SCATTER and chart.y:
        value, shown = chart.y, frame.dropna(subset=[chart.y])
    else:
        value, shown = _VALUE, _together(frame, chart)
    heading = by_name[chart.y].heading if chart.y else text("chart.rows")
    shown = _largest(shown, chart.colour, value, _COLOURS) if chart.colour else shown
    along = by_name[chart.x]
    if along.kind == "name":
        shown = _largest(shown, chart.x, value, _BARS)
    axis = number_axis(shown[value])
    x = alt.X(f"{chart.x}:{_TYPES[along.kind]}", title=along.heading, scale=every_year(along))
    y = alt.Y(f"{value}:Q", title=heading, axis=axis)
    encoding: dict[str, Any] = {"x": x, "y": y}
    beside = along.kind == "name" and chart.kind == BAR
    if beside:
        encoding = {
            "y": alt.Y(f"{chart.x}:N", sort="-x", title=None, axis=names_axis()),
            "x": alt.X(f"{value}:Q", title=heading, axis=axis),
        }
    tips = [alt.Tooltip(f"{chart.x}:{_TYPES[along.kind]}", title=along.heading)]
    if chart.colour:
        title = by_name[chart.colour].heading
        scale = alt.Scale(range=_PALETTE)
        encoding["color"] = alt.Color(f"{chart.colour}:N", title=title, scale=scale, legend=LEGEND)
        tips.append(alt.Tooltip(f"{chart.colour}:N", title=title))
    else:
        encoding["color"] = alt.value(_PALETTE[0])
    tips.append(alt.Tooltip(f"{value}:Q", title=heading, format=",.10~g"))
    drawn = _mark(alt.Chart(shown), chart.kind).encode(**encoding, tooltip=tips)
    rows = shown[chart.x].nunique() if beside else 0
    colours = shown[chart.colour].nunique() if chart.colour else 0
    height = max(_HEIGHT, rows * _BAR_HEIGHT) + colours * _LINE
    show_chart(drawn.properties(height=height), key=key, description=description)
    _say_cut(frame, shown, chart, by_name)


def _choose(name: str, options: Sequence[str], usual: str, words: Mapping[str, str]) -> str:
    asked = st.query_params.get(name, "")
    if asked and asked not in options:  # of another answer, whose columns were others
        del st.query_params[name]
    return choose_value(name, text(f"chart.{name}"), options, usual, words=lambda one: words.get(one, one)) or usual


def every_year(column: Column) -> alt.Scale:
    """Return the scale of a column: one of years has those between too, so that a gap looks like one.

    :param column: the column.
    """
    if column.kind != "year":
        return alt.Scale()
    told = sorted({int(str(value)) for value in column.values if value is not None})
    years = range(told[0], told[-1] + 1)
    return alt.Scale(domain=[f"{year:04}" for year in years]) if len(years) <= _YEARS else alt.Scale()


def _together(frame: pd.DataFrame, chart: Chart) -> pd.DataFrame:
    keys = list(dict.fromkeys([chart.x, *([chart.colour] if chart.colour else [])]))
    groups = frame.groupby(keys, sort=True, dropna=True)
    if not chart.y or chart.together == "count":
        return groups.size().rename(_VALUE).reset_index()
    return groups[chart.y].agg(chart.together).rename(_VALUE).reset_index().dropna()


def _largest(frame: pd.DataFrame, name: str, value: str, most: int) -> pd.DataFrame:
    totals = frame.groupby(name)[value].sum().sort_values(ascending=False)
    return frame if len(totals) <= most else frame[frame[name].isin(totals.index[:most])]


def _say_cut(frame: pd.DataFrame, shown: pd.DataFrame, chart: Chart, columns: Mapping[str, Column]) -> None:
    for name in {chart.x, chart.colour} - {""}:
        there, drawn = frame[name].nunique(), shown[name].nunique()
        if drawn < there and columns[name].kind == "name":
            st.caption(text("chart.cut", shown=drawn, all=there, column=columns[name].heading))


def _mark(chart: alt.Chart, kind: str) -> alt.Chart:
    if kind == BAR:
        drawn: alt.Chart = chart.mark_bar()
    elif kind == LINE:
        drawn = chart.mark_line(point=True)
    else:
        drawn = chart.mark_circle(size=70, opacity=0.8)
    return drawn


def _different(column: Column) -> int:
    return len({value for value in column.values if value is not None})
