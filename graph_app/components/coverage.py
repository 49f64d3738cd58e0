"""How complete the facts are, as bars with numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from graph_app.components.texts import text

__all__ = ["Share", "draw_coverage"]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some things have a fact.

    :param label: the fact.
    :param having: how many have it.
    :param total: how many there are.
    """

    label: str
    having: int
    total: int


def draw_coverage(shares: Sequence[Share]) -> None:
    """Draw a bar for each fact.

    :param shares: in the order in which they are shown.
    """
    fact, stated, share = (text(f"column.{key}") for key in ("fact", "stated", "share"))
    frame = pd.DataFrame(
        {
            fact: [found.label[:1].upper() + found.label[1:] for found in shares],
            share: [100 * found.having / found.total if found.total else 0.0 for found in shares],
            stated: [f"{found.having} / {found.total}" for found in shares],
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
