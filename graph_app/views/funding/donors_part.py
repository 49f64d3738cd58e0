"""Donors beside one another, and the size and length of what they pay for."""

import math

import streamlit as st

from graph_app.components.listing import Entry
from graph_app.components.messages import empty
from graph_app.components.money_charts import draw_pairs
from graph_app.components.texts import language, text
from graph_app.money.donors import both_roles, pairs
from graph_app.money.groups import sized
from graph_app.views.funding.asked import Asked
from graph_app.views.funding.listed import list_rows
from graph_app.views.reading import references

__all__ = ["show_donors", "show_groups"]

_DRAWN = 40
_LISTED = 1_000


def show_donors(asked: Asked) -> None:
    """Draw which donors pay for the same projects, and who both gives and receives.

    :param asked: what the page is about.
    """
    st.subheader(text("funding.cofunding"))
    found = pairs(asked.counted)
    if found:
        named = references({iri for pair in found[:_LISTED] for iri in pair[:2]})
        drawn = [(named[one.first].label, named[one.second].label, one.projects) for one in found[:_DRAWN]]
        draw_pairs(drawn, key=f"pairs {language()}", description=text("funding.cofunding"))
        st.caption(text("funding.cofunding.read", shown=len(drawn), all=len(found)))
        rows: list[list[Entry]] = [[named[one.first], named[one.second], one.projects] for one in found[:_LISTED]]
        list_rows(("first", "second", "shared"), rows, name="co-funding")
    else:
        empty(text("funding.cofunding.none"))
    st.subheader(text("funding.roles"))
    both = both_roles(asked.counted.book, asked.counted.scope.projects)
    if not both:
        empty(text("funding.roles.none"))
        return
    named = references(one.organisation for one in both)
    list_rows(
        ("organisation", "received", "given"),
        [[named[one.organisation], round(one.received, 2), round(one.given, 2)] for one in both],
        name="both-roles",
    )
    st.caption(text("funding.roles.note"))


def show_groups(asked: Asked) -> None:
    """Draw how large and how long projects are, by target group.

    :param asked: what the page is about.
    """
    found = sized(asked.counted)
    if not found:
        empty(text("nothing_yet"))
        return
    named = references(one.group for one in found)
    rows: list[list[Entry]] = [
        [
            named[one.group],
            one.projects,
            one.priced,
            _number(one.median),
            one.dated,
            _number(one.months, 1),
            _number(one.short),
        ]
        for one in found
    ]
    columns = ("targetGroup", "projects", "priced", "medianEuros", "dated", "medianMonths", "shortShare")
    list_rows(columns, rows, name="target-groups")
    st.caption(text("funding.groups.twice"))


def _number(value: float, places: int = 2) -> float | None:
    return None if math.isnan(value) else round(value, places)
