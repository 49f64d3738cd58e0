"""How complete the facts are: bars with numbers, and how that went from release to release."""

from collections.abc import Sequence
from datetime import datetime

import altair as alt
import pandas as pd
import streamlit as st

from graph_app.components.altair_chart import LEGEND, show_chart
from graph_app.components.texts import language, text
from graph_app.network.palette import OKABE_ITO
from graph_app.questions.coverage import FACTS, Share

__all__ = ["draw_coverage", "draw_trend", "name_of"]


def draw_coverage(shares: Sequence[Share]) -> None:
    """Draw a bar for each fact.

    :param shares: how many projects state it, in the order in which they are shown.
    """
    fact, stated, share = (text(f"column.{key}") for key in ("fact", "stated", "share"))
    frame = pd.DataFrame(
        {
            fact: [name_of(found.fact) for found in shares],
            share: [100 * found.share for found in shares],
            stated: [f"{found.stated} / {found.of}" for found in shares],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        height="content",
        column_config={
            share: st.column_config.ProgressColumn(share, format="%.0f %%", min_value=0, max_value=100, width=110),
            stated: st.column_config.TextColumn(stated, width=70),
        },
        alt=text("overview.completeness"),
    )


def draw_trend(shares: Sequence[tuple[datetime, str, Share]], *, key: str, description: str) -> None:
    """Draw a line for each fact, with a step at each release that changed it.

    :param shares: when a release was made, its version, and how many projects stated a fact from then on.
    :param key: key of the chart.
    :param description: what it shows, for people who do not see it.
    """
    frame = pd.DataFrame(
        {
            "created": [created for created, _, _ in shares],
            "release": [release for _, release, _ in shares],
            "fact": [name_of(found.fact) for _, _, found in shares],
            "share": [found.share for _, _, found in shares],
            "stated": [f"{found.stated} / {found.of}" for _, _, found in shares],
        }
    )
    titles = {name: text(f"column.{name}") for name in ("created", "release", "fact", "share", "stated")}
    chart = (
        alt.Chart(frame)
        .mark_line(interpolate="step-after", point=True)
        .encode(
            alt.X("created:T", title=titles["created"]),
            alt.Y("share:Q", title=titles["share"], axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])),
            alt.Color("fact:N", title=titles["fact"], scale=alt.Scale(range=list(OKABE_ITO)), legend=LEGEND),
            alt.Shape("fact:N", title=titles["fact"]),
            [alt.Tooltip(name, title=title) for name, title in titles.items()],
        )
    )
    show_chart(chart, key=key, description=description)


def name_of(fact: str) -> str:
    """Return what the screen calls a fact.

    :param fact: one of :data:`graph_app.questions.coverage.FACTS`.
    """
    name = FACTS[fact][language()]
    return name[:1].upper() + name[1:]
