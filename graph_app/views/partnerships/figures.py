"""Figures of a whole network, side by side."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from graph_app.components.texts import in_language, number, text
from graph_app.network.measures import definitions
from graph_app.network.network import Network

__all__ = ["draw_figures"]

_SHARES = frozenset({"density"})


def draw_figures(network: Network, figures: Mapping[str, float], before: Mapping[str, float] | None = None) -> None:
    """Draw figures, and by how much they have changed.

    :param network: the network, whose projection says what its nodes are.
    :param figures: name of each measure to its value.
    :param before: what they were before, if that is to be told.
    """
    with st.grid(len(figures), min_column_width=130):
        for name, value in figures.items():
            places = 3 if name in _SHARES else 0
            # Of a single node there is no density; then there is no change of it either.
            delta = np.nan_to_num(value - before[name]) if before else 0
            one = definitions()[name]
            st.metric(
                text(f"partnerships.nodes.{network.projection}") if name == "nodes" else in_language(one.title),
                "–" if np.isnan(value) else number(value, places),
                f"{'+' if delta > 0 else ''}{number(delta, places)}" if delta else None,
                delta_color="off",
                help=in_language(one.says),
                border=True,
            )
