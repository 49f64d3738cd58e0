"""Partnerships that recur, and those that ended."""

import streamlit as st

from graph_app.components.choices import choose_segment, choose_value
from graph_app.components.listing import Entry, draw_listing, say_cut
from graph_app.components.messages import empty
from graph_app.components.texts import text
from graph_app.network.network import Network
from graph_app.network.questions.recurrence import recurrences
from graph_app.views.networks import node, years_now
from graph_app.views.partnerships.evidence_panel import show_tie
from graph_app.views.partnerships.time_part import years_of_projects
from graph_app.views.reading import references

__all__ = ["show_recurring"]

_LISTED = 300


def show_recurring(network: Network) -> None:
    """Answer which organisations work together again and again, and which have stopped."""
    left, right = st.columns(2)
    with left:
        kinds = ("recurring", "ended")
        kind = choose_segment("kind", text("question.which"), kinds, lambda name: text(f"question.{name}"))
    with right:
        if kind == "recurring":
            chosen = choose_value("times", text("question.minimum"), [str(number) for number in range(2, 11)], "2")
            found = recurrences(network, years_now(), minimum=int(chosen or 2))
        else:
            years = [str(year) for year in years_of_projects()]
            before = choose_value("ended-before", text("question.ended_before"), years, years[-1] if years else "")
            found = recurrences(network, years_now(), minimum=1, ended_before=int(before or 0)) if before else ()
    if not found:
        empty(text("question.no_recurring"))
        return
    shown = found[:_LISTED]
    named = references({context for one in shown for context in one.contexts})
    ends = [(network.number[one.first], network.number[one.second]) for one in shown]
    rows: list[list[Entry]] = [
        [
            node(network, first),
            node(network, second),
            len(one.contexts),
            one.start or None,
            one.end or None,
            one.open,
            tuple(named[context] for context in one.contexts),
        ]
        for (first, second), one in zip(ends, shown, strict=True)
    ]
    columns = ("organisation", "partner", "shared", "firstYear", "lastYear", "withoutEnd", "projects")
    chosen_row = draw_listing(columns, rows, name="recurring", selectable=True)
    say_cut(_LISTED, len(found))
    st.caption(text("partnerships.ties_help"))
    if chosen_row is not None:
        show_tie(network, *ends[chosen_row])
