"""Sums by year, and by donor, recipient, programme, country or target group, with how concentrated they are."""

import numpy as np
import streamlit as st

from graph_app.components.choices import choose_segment
from graph_app.components.listing import Entry
from graph_app.components.messages import empty
from graph_app.components.money_charts import draw_bars
from graph_app.components.texts import language, number, percent, text
from graph_app.money import totals
from graph_app.money.concentration import concentration
from graph_app.views.funding.asked import Asked
from graph_app.views.funding.listed import list_rows
from graph_app.views.reading import references

__all__ = ["show_sums", "show_years"]

_DRAWN = 15
_LISTED = 1_000


def show_years(asked: Asked) -> None:
    """Draw sums by year.

    :param asked: what the page is about.
    """
    ways = ("day", "project")
    way = choose_segment("stands", text("funding.spread"), ways, lambda name: text(f"funding.spread.{name}"))
    years, undated = totals.by_year(asked.counted, spread=way == "project")
    shown = {str(year): euros for year, euros in years.items() if euros}
    if not shown:
        empty(text("funding.years.none"))
        return
    title = text("funding.years")
    draw_bars(shown, across=text("column.year"), up=text("column.euros"), key=f"years {language()}", description=title)
    st.caption(text("funding.years.note", undated=number(undated, 2)))
    rows: list[list[Entry]] = [[year, round(euros, 2)] for year, euros in shown.items()]
    list_rows(("year", "euros"), rows, name="years")


def show_sums(asked: Asked) -> None:
    """Draw sums by what the reader chooses.

    :param asked: what the page is about.
    """
    what = choose_segment("by", text("funding.by"), tuple(totals.BY), lambda name: text(f"funding.by.{name}"))
    found = totals.by(asked.counted, what)
    if not found.names:
        empty(text("nothing_yet"))
        return
    euros = bool(np.any(found.euros))
    values = found.euros if euros else found.projects
    order = np.argsort(-values, kind="stable")[:_LISTED].tolist()
    named = references(found.names[place] for place in order)
    heading = text("column.euros" if euros else "column.projects")
    drawn = {named[found.names[place]].label: float(values[place]) for place in order[:_DRAWN]}
    title = text(f"funding.by.{what}")
    draw_bars(drawn, across=title, up=heading, key=f"sums {what} {language()}", description=title, sideways=True)
    if what == "target_group":
        st.caption(text("funding.groups.twice"))
    if euros:
        st.caption(text("funding.shared", shared=number(found.shared, 2)))
        # Groups overlap, so shares of them are no shares of a whole.
        if what != "target_group":
            _concentration(asked, what)
    column = {"target_group": "targetGroup"}.get(what, what)
    rows: list[list[Entry]] = [
        [
            named[found.names[place]],
            *([round(float(found.euros[place]), 2)] if euros else []),
            int(found.projects[place]),
        ]
        for place in order
    ]
    list_rows((column, *(["euros"] if euros else []), "projects"), rows, name=f"by-{what.replace('_', '-')}")
    if len(found.names) > _LISTED:
        st.caption(text("question.first_of", shown=_LISTED, all=len(found.names)))


def _concentration(asked: Asked, what: str) -> None:
    measured = concentration(totals.by(asked.counted, what).euros)
    if not measured.number:
        return
    for place, (name, value) in zip(
        st.columns(3),
        (
            ("top", percent(measured.top, 1)),
            ("gini", number(measured.gini, 3)),
            ("hhi", number(measured.hhi, 4)),
        ),
        strict=True,
    ):
        with place:
            st.metric(text(f"funding.{name}"), value, help=None if name == "top" else text(f"funding.{name}.help"))
