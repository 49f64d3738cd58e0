"""What runs from when until when: a bar for each period, in rows, with a mark where it begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

import altair as alt
import pandas as pd

from graph_app.components.altair_chart import LEGEND, names_axis, show_chart
from graph_app.components.texts import text
from graph_app.network.palette import OKABE_ITO

__all__ = ["Bar", "draw_timeline"]

_ROW = 26
_HEAD = 60
_LINE = 22
#: Days from which on the axis says years alone.
_YEARS_FROM = 1_000
_TICKS = 6
#: Without yellow, which is faint on white.
_COLOURS = OKABE_ITO[:6]


@dataclass(frozen=True, slots=True)
class Bar:
    """One period.

    :param row: name of the row in which it stands.
    :param about: what runs then.
    :param start: year, month or day on which it begins, or empty.
    :param end: year, month or day on which it ends, or empty.
    :param kind: what its colour tells, or empty.
    """

    row: str
    about: str
    start: str
    end: str
    kind: str = ""


def draw_timeline(bars: Sequence[Bar], *, key: str, description: str, row: str, about: str) -> list[str]:
    """Draw bars by row, the earliest first; what has no stated end is a mark at its start.

    :param bars: the periods.
    :param key: key of the chart.
    :param description: what it shows, for people who do not see it.
    :param row: heading of the rows.
    :param about: heading of what runs.
    :returns: rows that are not drawn, as nobody states when their periods begin.
    """
    dated = [(bar, start) for bar in bars if (start := _day(bar.start, last=False)) is not None]
    if dated:
        frame = pd.DataFrame(
            {
                "row": [bar.row for bar, _ in dated],
                "about": [bar.about for bar, _ in dated],
                "kind": [bar.kind for bar, _ in dated],
                "start": [start for _, start in dated],
                "end": [_day(bar.end, last=True) or start for bar, start in dated],
                "told": [bar.start if bar.start == bar.end else f"{bar.start} – {bar.end or '?'}" for bar, _ in dated],
            }
        )
        rows = frame.groupby("row")["start"].min().sort_values().index.tolist()
        kinds = list(dict.fromkeys(bar.kind for bar, _ in dated if bar.kind))
        base = alt.Chart(frame).encode(
            y=alt.Y("row:N", sort=rows, title=None, axis=names_axis()),
            x=alt.X("start:T", title=None, axis=_axis(frame["end"].max() - frame["start"].min())),
            color=_colour(kinds),
            tooltip=[
                alt.Tooltip("row:N", title=row),
                alt.Tooltip("about:N", title=about),
                alt.Tooltip("told:N", title=text("time.period")),
            ],
        )
        bar = base.mark_bar(opacity=0.75, cornerRadius=3, height=_ROW * 0.6).encode(x2="end:T")
        mark = base.mark_tick(opacity=1, thickness=3, height=_ROW * 0.6)
        height = _ROW * len(rows) + _HEAD + _LINE * len(kinds)
        show_chart(alt.layer(bar, mark).properties(height=height), key=key, description=description)
    return sorted({bar.row for bar in bars} - {bar.row for bar, _ in dated})


def _axis(span: pd.Timedelta) -> alt.Axis:
    # Numbers, as names of months would be English ones.
    if span.days > _YEARS_FROM:
        return alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, labelOverlap=True)
    return alt.Axis(format="%Y-%m-%d", tickCount=_TICKS, labelOverlap=True)


def _colour(kinds: Sequence[str]) -> alt.Color:
    names = list(kinds) or [""]
    scale = alt.Scale(domain=names, range=list(islice(cycle(_COLOURS), len(names))))
    return alt.Color("kind:N", scale=scale, title=None, legend=LEGEND if kinds else None)


def _day(text_: str, *, last: bool) -> pd.Timestamp | None:
    """Return the first or last day of a year, month or day; nothing for what is none of them."""
    try:
        period = pd.Period(text_[:10])
    except ValueError:
        return None
    if not isinstance(period, pd.Period):  # an empty text is no time
        return None
    return (period.end_time if last else period.start_time).normalize()
