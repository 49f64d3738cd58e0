"""An answer that holds pairs of things as a network: what is in a row together is tied."""

from collections.abc import Mapping, Sequence

import streamlit as st

from graph_app.components.texts import text

__all__ = ["DRAWN_UP_TO", "draw_pairs"]

#: More things than this make a tangle; those with most ties stay.
DRAWN_UP_TO = 300
_LABELLED = 60
_LEAST, _MOST = 8, 34


def draw_pairs(pairs: Sequence[tuple[str, str]], labels: Mapping[str, str], *, key: str) -> None:
    """Draw pairs as a network.

    :param pairs: the two of each tie.
    :param labels: each of them to its name.
    :param key: key of the drawing on the page.
    """
    counts: dict[tuple[str, str], int] = {}
    for first, second in pairs:
        if first != second:
            counts[first, second] = counts.get((first, second), 0) + 1
    degrees: dict[str, int] = {}
    for pair in counts:
        for one in pair:
            degrees[one] = degrees.get(one, 0) + 1
    order = sorted(degrees, key=lambda one: (-degrees[one], labels.get(one, one)))
    kept = order[:DRAWN_UP_TO]
    place = {one: index for index, one in enumerate(kept)}
    most = max((degrees[one] for one in kept), default=1)
    nodes = [
        {
            "id": str(index),
            "name": labels.get(one, one),
            "value": degrees[one],
            "symbolSize": _LEAST + (_MOST - _LEAST) * degrees[one] / most,
            "label": {"show": index < _LABELLED},
        }
        for one, index in place.items()
    ]
    links = [
        {"source": str(place[first]), "target": str(place[second]), "value": count}
        for (first, second), count in counts.items()
        if first in place and second in place
    ]
    summary = text("pairs.summary", things=len(nodes), ties=len(links))
    series = {
        "type": "graph",
        "layout": "force",
        "roam": True,
        "draggable": True,
        "data": nodes,
        "links": links,
        "force": {"repulsion": 160, "edgeLength": 70, "layoutAnimation": False},
        "itemStyle": {"color": "#0072B2"},
        "label": {"position": "right", "overflow": "truncate", "width": 180},
        "labelLayout": {"hideOverlap": True},
        "lineStyle": {"opacity": 0.5},
        "emphasis": {"focus": "adjacency"},
    }
    spec = {"tooltip": {}, "series": [series], "animation": False}
    st.echarts_chart(spec, height=560, key=key, alt=summary)
    st.caption(summary)
    if len(order) > len(kept):
        st.caption(text("pairs.cut", shown=len(kept), all=len(order)))
