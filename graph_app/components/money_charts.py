"""Charts of money: flows as a Sankey diagram, sums by year, donors that pay together."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd
import streamlit as st

from graph_app.components.altair_chart import names_axis, show_chart
from graph_app.network.palette import OKABE_ITO

__all__ = ["Band", "draw_bars", "draw_pairs", "draw_sankey"]

#: One a column of a diagram.
_COLOURS = OKABE_ITO[:4]
_LABEL = 28
_ROW = 30
#: From more names on than this, each stands on a line of its own, away from the circle.
_AROUND = 8
_LEAST = 320


class Band(NamedTuple):
    """A band of a Sankey diagram.

    :param depth: number of the column in which it begins.
    :param source: key of the node that it comes from.
    :param target: key of the node that it goes to.
    :param value: its width.
    """

    depth: int
    source: str
    target: str
    value: float


def draw_sankey(bands: Sequence[Band], labels: Mapping[str, str], *, key: str, description: str) -> None:
    """Draw flows from column to column.

    :param bands: the flows; a node of one column is no node of another.
    :param labels: key of a node to its name.
    :param key: key of the chart.
    :param description: what it shows, for people who do not see it.
    """
    depth = {band.source: band.depth for band in bands} | {band.target: band.depth + 1 for band in bands}
    columns = [sum(place == column for place in depth.values()) for column in range(len(_COLOURS))]
    nodes = [
        {
            "name": node,
            "depth": place,
            "itemStyle": {"color": _COLOURS[place]},
            "label": {"formatter": _short(labels[node]), "position": "left" if place == len(_COLOURS) - 1 else "right"},
        }
        for node, place in depth.items()
    ]
    links = [{"source": band.source, "target": band.target, "value": round(band.value, 2)} for band in bands]
    series = {
        "type": "sankey",
        "data": nodes,
        "links": links,
        "lineStyle": {"color": "source", "opacity": 0.3},
        "emphasis": {"focus": "adjacency"},
        "nodeGap": 12,
        "left": 8,
        "right": 8,
        "top": 8,
        "bottom": 8,
        "label": {"fontSize": 12},
        "draggable": False,
        "animation": False,
    }
    spec = {"series": [series], "tooltip": {"valueFormatter": "localized"}, "aria": {"enabled": False}}
    with st.container(key=f"wide-{key}"):
        st.echarts_chart(spec, height=max(_LEAST, _ROW * max(columns)), key=key, alt=description)


def draw_pairs(pairs: Sequence[tuple[str, str, int]], *, key: str, description: str) -> None:
    """Draw names with lines between those that belong together, thicker for more.

    :param pairs: two names and how much they have in common.
    :param key: key of the chart.
    :param description: what it shows, for people who do not see it.
    """
    most = max(number for _, _, number in pairs)
    sums: dict[str, int] = {}
    for one, other, number in pairs:
        sums[one] = sums.get(one, 0) + number
        sums[other] = sums.get(other, 0) + number
    biggest = max(sums.values())
    nodes = [
        {"name": name, "value": total, "symbolSize": 8 + 22 * total / biggest, "label": {"formatter": _short(name)}}
        for name, total in sums.items()
    ]
    links = [
        {"source": one, "target": other, "value": number, "lineStyle": {"width": 1 + 5 * number / most}}
        for one, other, number in pairs
    ]
    many = len(sums) > _AROUND
    series = {
        "type": "graph",
        "layout": "circular",
        "circular": {"rotateLabel": many},
        "data": nodes,
        "links": links,
        "itemStyle": {"color": _COLOURS[0]},
        "lineStyle": {"color": _COLOURS[1], "curveness": 0.2, "opacity": 0.7},
        "label": {"show": True, "position": "right" if many else "bottom", "fontSize": 11},
        "emphasis": {"focus": "adjacency"},
        "top": 130 if many else 40,
        "bottom": 130 if many else 40,
        "left": 150 if many else 40,
        "right": 150 if many else 40,
        "animation": False,
    }
    spec = {"series": [series], "tooltip": {}, "aria": {"enabled": False}}
    with st.container(key=f"wide-{key}" if many else None):
        st.echarts_chart(spec, height=640 if many else 320, key=key, alt=description)


def draw_bars(
    values: Mapping[str, float], *, across: str, up: str, key: str, description: str, sideways: bool = False
) -> None:
    """Draw a bar for each name or year.

    :param values: name to its value, in the order in which bars stand.
    :param across: heading of the names.
    :param up: heading of the values.
    :param key: key of the chart.
    :param description: what it shows, for people who do not see it.
    :param sideways: whether bars lie beside their names, which may be long.
    """
    frame = pd.DataFrame({"name": list(values), "value": list(values.values())})
    tooltip = [alt.Tooltip("name:N", title=across), alt.Tooltip("value:Q", title=up, format=",.0f")]
    size = alt.Axis(format=",.0f", tickCount=5, tickMinStep=1)
    if sideways:
        chart = (
            alt.Chart(frame)
            .mark_bar(color=_COLOURS[0])
            .encode(
                y=alt.Y("name:N", sort=None, title=None, axis=names_axis()),
                x=alt.X("value:Q", title=up, axis=size),
                tooltip=tooltip,
            )
            .properties(height=26 * len(values) + 40)
        )
    else:
        chart = (
            alt.Chart(frame)
            .mark_bar(color=_COLOURS[0])
            .encode(
                x=alt.X("name:O", sort=None, title=across),
                y=alt.Y("value:Q", title=up, axis=size),
                tooltip=tooltip,
            )
            .properties(height=340)
        )
    show_chart(chart, key=key, description=description)


def _short(name: str) -> str:
    # Braces are ECharts' own place-holders.
    plain = name.replace("{", "(").replace("}", ")")
    return plain if len(plain) <= _LABEL else plain[: _LABEL - 1].rstrip() + "…"
