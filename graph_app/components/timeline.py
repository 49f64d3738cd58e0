"""Who works with an organisation from when until when, a bar for each project."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import text

__all__ = ["Bar", "draw_timeline"]

_ROW = 26
_HEAD = 40
_COLOUR = "#0072B2"


@dataclass(frozen=True, slots=True)
class Bar:
    """One project with one partner.

    :param partner: name of the partner.
    :param project: title of the project.
    :param start: first day, as an ISO date, or empty.
    :param end: last day, or empty.
    """

    partner: str
    project: str
    start: str
    end: str


def draw_timeline(bars: Sequence[Bar], *, key: str, description: str) -> None:
    """Draw bars by partner, the earliest first; a project whose end nobody states is a mark at its start.

    :param bars: the projects.
    :param key: key of the chart.
    :param description: what it shows, for people who do not see it.
    """
    dated = [bar for bar in bars if bar.start]
    undated = sorted({bar.partner for bar in bars} - {bar.partner for bar in dated})
    if dated:
        frame = pd.DataFrame(
            {
                "partner": [bar.partner for bar in dated],
                "project": [bar.project for bar in dated],
                "start": pd.to_datetime([bar.start for bar in dated]),
                "end": pd.to_datetime([bar.end or bar.start for bar in dated]),
                "told": [f"{bar.start} – {bar.end or '?'}" for bar in dated],
            }
        )
        rows = frame.groupby("partner")["start"].min().sort_values().index.tolist()
        base = alt.Chart(frame).encode(
            y=alt.Y("partner:N", sort=rows, title=None, axis=alt.Axis(labelLimit=320)),
            x=alt.X("start:T", title=None),
            tooltip=[
                alt.Tooltip("partner:N", title=text("column.partner")),
                alt.Tooltip("project:N", title=text("column.project")),
                alt.Tooltip("told:N", title=text("time.period")),
            ],
        )
        bar = base.mark_bar(color=_COLOUR, opacity=0.6, cornerRadius=3, height=_ROW * 0.6).encode(x2="end:T")
        mark = base.mark_tick(color=_COLOUR, thickness=3, height=_ROW * 0.6)
        chart = alt.layer(bar, mark).properties(height=_ROW * len(rows) + _HEAD)
        st.altair_chart(chart, width="stretch", key=key, alt=description)
    st.caption(text("time.timeline.read"))
    if undated:
        st.caption(text("time.timeline.undated", partners=escape(", ".join(undated))))
