"""A drawn network with its legend."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from graph_app.components.texts import text

__all__ = ["draw_legend", "draw_network"]

_MARK = "●"
#: What networks are drawn on, in the dark theme too, so that each colour looks the same beside them.
_PAPER = "#FFFFFF"


def draw_network(html: str, *, height: int, description: str) -> None:
    """Draw a network in a frame of its own.

    :param html: page made by :func:`graph_app.network.drawing.draw`, which lets no data become HTML.
    :param height: height of the drawing in pixels.
    :param description: what it shows, for people who do not see it; the table beside it says the same.
    """
    st.iframe(html, height=height + 20, alt=description)


def draw_legend(colours: Mapping[str, str], counts: Mapping[str, int]) -> None:
    """Draw which colour means what.

    :param colours: group to colour, in the order in which they are shown; the empty one is of those without a group.
    :param counts: group to number of organisations.
    """
    frame = pd.DataFrame(
        {
            " ": [_MARK] * len(colours),
            text("column.group"): [group or text("not_stated") for group in colours],
            text("column.number"): [counts.get(group, 0) for group in colours],
        }
    )
    styles = [f"color: {colour}; background-color: {_PAPER}" for colour in colours.values()]
    styled = frame.style.apply(lambda _: styles, subset=[" "])
    st.dataframe(
        styled,
        hide_index=True,
        width="stretch",
        height="content",
        column_config={
            " ": st.column_config.TextColumn(width=30),
            text("column.group"): st.column_config.TextColumn(),
            text("column.number"): st.column_config.NumberColumn(width=50),
        },
    )
