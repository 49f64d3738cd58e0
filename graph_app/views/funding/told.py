"""What stands under a total: the currencies of its sources, and what does not count."""

import numpy as np
import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import number, text
from graph_app.money import totals
from graph_app.views.funding.asked import Asked

__all__ = ["say_counted"]


def say_counted(asked: Asked) -> None:
    """Draw the sums in each currency, and how much is not counted.

    :param asked: what the total is about.
    """
    counted = asked.counted
    sums = [
        f"{escape(currency or '?')} {number(value, 2)} ({number(amounts)})"
        for currency, (value, amounts, _) in totals.by_currency(counted).items()
    ]
    if sums:
        st.caption(" · ".join(sums))
    unrated = int(np.count_nonzero(counted.euros.reasons))
    left = sum(len(places) for places in counted.left_out.values())
    st.caption(text("funding.coverage", silent=counted.silent, projects=asked.projects, unrated=unrated, left=left))
