"""This year against an earlier one."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.choices import choose_value
from graph_app.components.links import Reference
from graph_app.components.listing import draw_listing
from graph_app.components.messages import empty
from graph_app.components.texts import text
from graph_app.network.network import Network
from graph_app.network.questions.change import change
from graph_app.network.time import in_year, working
from graph_app.views.networks import node, years_now
from graph_app.views.partnerships.figures import draw_figures
from graph_app.views.partnerships.time_part import this_year, years_of_projects

__all__ = ["show_change"]

_APART = 3


def show_change(network: Network) -> None:
    """Answer who came and left, and which ties are new, between two years."""
    years = [str(year) for year in years_of_projects()]
    if not years:
        empty(text("question.no_years"))
        return
    now = this_year(years)
    then = max(years[0], str(int(now) - _APART))
    left, right = st.columns(2)
    with left:
        before = choose_value("before", text("question.before"), years, then)
    with right:
        after = choose_value("after", text("question.after"), years, now)
    if not before or not after:
        return
    first, second = (in_year(network, years_now(), int(year)) for year in (before, after))
    found = change(first.subset(working(first)), second.subset(working(second)))
    draw_figures(network, found.after, found.before)
    st.caption(text("question.change.kept", ties=found.kept))
    projects = {"before": first.coverage.projects, "after": second.coverage.projects}
    st.caption(text("question.change.undated", undated=second.coverage.left_out.get("period", 0), **projects))
    left, right = st.columns(2)
    with left:
        _organisations("entered", [node(network, network.number[iri]) for iri in found.entered])
        _ties("begun", [tuple(node(network, network.number[iri]) for iri in tie) for tie in found.begun])
    with right:
        _organisations("left", [node(network, network.number[iri]) for iri in found.left])
        _ties("ended", [tuple(node(network, network.number[iri]) for iri in tie) for tie in found.ended])


def _organisations(name: str, found: Sequence[Reference]) -> None:
    st.subheader(text(f"question.change.{name}", count=len(found)), anchor=False)
    if found:
        draw_listing(("organisation",), [[one] for one in found], name=name)


def _ties(name: str, found: Sequence[tuple[Reference, ...]]) -> None:
    st.subheader(text(f"question.change.{name}", count=len(found)), anchor=False)
    if found:
        draw_listing(("organisation", "partner"), [list(tie) for tie in found], name=name)
