"""The page Funding, put together."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from graph_app.components.choices import choose_segment
from graph_app.components.escape import escape
from graph_app.components.header import header
from graph_app.components.links import page_link
from graph_app.components.messages import empty, problem
from graph_app.components.sparql import show_sparql
from graph_app.components.texts import text
from graph_app.money import totals
from graph_app.network.filters import FilterError
from graph_app.views.funding.asked import Asked, ask_funding
from graph_app.views.funding.donors_part import show_donors, show_groups
from graph_app.views.funding.flows_part import show_flows
from graph_app.views.funding.rule_part import show_rule
from graph_app.views.funding.sums_part import show_sums, show_years

__all__ = ["show"]

#: Part of the page to what draws it.
_PARTS: Mapping[str, Callable[[Asked], None]] = {
    "flows": show_flows,
    "years": show_years,
    "sums": show_sums,
    "donors": show_donors,
    "groups": show_groups,
    "rule": show_rule,
}


def show() -> None:
    """Draw the page."""
    header(text("page.funding"), text("funding.intro"))
    try:
        asked = ask_funding()
    except FilterError as error:
        problem(text("partnerships.bad_filter"), escape(error))
        page_link("funding", text("partnerships.anew"), icon=":material/restart_alt:")
        return
    if not asked.projects:
        empty(text("funding.nothing"))
        show_sparql(*asked.queries)
        return
    _summary(asked)
    part = choose_segment("part", text("funding.part"), list(_PARTS), lambda name: text(f"funding.part.{name}"))
    _PARTS[part](asked)
    show_sparql(*asked.queries)


def _summary(asked: Asked) -> None:
    counted = asked.counted
    total = totals.in_all(counted)
    donors = totals.by(counted, "donor").names
    figures = (
        ("total", f"{total.euros:,.2f}" if total.amounts else "–"),
        ("amounts", f"{total.amounts:,}"),
        ("projects", f"{asked.projects:,}"),
        ("donors", f"{len(donors):,}"),
    )
    for place, (name, value) in zip(st.columns([2, 1, 1, 1]), figures, strict=True):
        with place:
            st.metric(text(f"funding.{name}"), value, help=text("funding.total.help") if name == "total" else None)
    currencies = [
        f"{escape(name or '?')} {told[0]:,.2f} ({told[1]:,})" for name, told in totals.by_currency(counted).items()
    ]
    if currencies:
        st.caption(" · ".join(currencies))
    unrated = int(np.count_nonzero(counted.euros.reasons))
    left = sum(len(places) for places in counted.left_out.values())
    st.caption(text("funding.coverage", silent=counted.silent, projects=asked.projects, unrated=unrated, left=left))
    if not total.amounts:
        st.info(text("funding.no_sums"), icon=":material/info:")
