"""The page Funding, put together."""

from collections.abc import Callable, Mapping

import streamlit as st

from graph_app.components.choices import choose_segment
from graph_app.components.escape import escape
from graph_app.components.header import header
from graph_app.components.links import page_link
from graph_app.components.messages import empty, problem
from graph_app.components.sparql import show_sparql
from graph_app.components.texts import number, text
from graph_app.money import totals
from graph_app.network.filters import FilterError
from graph_app.views.funding.asked import Asked, ask_funding
from graph_app.views.funding.donors_part import show_donors, show_groups
from graph_app.views.funding.flows_part import show_flows
from graph_app.views.funding.rule_part import show_rule
from graph_app.views.funding.sums_part import show_sums, show_years
from graph_app.views.funding.told import say_counted

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
        ("total", number(total.euros, 2) if total.amounts else "–"),
        ("amounts", number(total.amounts)),
        ("projects", number(asked.projects)),
        ("donors", number(len(donors))),
    )
    for place, (name, value) in zip(st.columns([2, 1, 1, 1]), figures, strict=True):
        with place:
            st.metric(text(f"funding.{name}"), value, help=text("funding.total.help") if name == "total" else None)
    say_counted(asked)
    if not total.amounts:
        st.info(text("funding.no_sums"), icon=":material/info:")
