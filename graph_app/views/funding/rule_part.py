"""How money is counted: the rule in words, each sum with its rate, and what is left out and why."""

import numpy as np
import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.listing import Entry
from graph_app.components.messages import empty
from graph_app.components.texts import in_language, text
from graph_app.money.book import Book, Numbers
from graph_app.money.rates import quoted
from graph_app.money.wording import reasons, sentences
from graph_app.views.funding.asked import Asked
from graph_app.views.funding.listed import list_rows
from graph_app.views.reading import references

__all__ = ["show_rule"]

_LISTED = 1_000


def show_rule(asked: Asked) -> None:
    """Draw the rule and what came of it.

    :param asked: what the page is about.
    """
    st.subheader(text("funding.kind_rule"))
    st.markdown("\n".join(f"{number}. {escape(in_language(told))}" for number, told in enumerate(sentences(), start=1)))
    days = quoted()["USD"].days
    st.caption(text("funding.source", first=str(days[0]), last=str(days[-1])))
    _counted(asked)
    _left_out(asked)


def _counted(asked: Asked) -> None:
    counted, book = asked.counted, asked.counted.book
    st.subheader(text("funding.counted"))
    if not len(counted.amount):
        empty(text("funding.no_sums"))
        return
    order = np.argsort(-np.nan_to_num(counted.euros.values), kind="stable")[:_LISTED]
    texts = book.projects.texts
    projects = [texts[number] for number in counted.project[order].tolist()]
    named = references(projects)
    rows: list[list[Entry]] = [
        [
            named[project],
            round(float(counted.values[place]), 2),
            str(book.amount_currency[counted.amount[place]]),
            _day(book.amount_day[counted.amount[place]]),
            text(f"dated.{book.amount_dated[counted.amount[place]] or 'unknown'}"),
            _number(counted.euros.rates[place]),
            _day(counted.euros.days[place]),
            _number(round(counted.euros.values[place], 2)),
        ]
        for project, place in zip(projects, order.tolist(), strict=True)
    ]
    columns = ("project", "value", "currency", "amountDay", "dayOf", "rate", "rateDay", "euros")
    list_rows(columns, rows, name="counted")
    if len(counted.amount) > _LISTED:
        st.caption(text("funding.left_out.first", shown=_LISTED, all=len(counted.amount)))


def _left_out(asked: Asked) -> None:
    st.subheader(text("funding.left_out"))
    counted, book = asked.counted, asked.counted.book
    left: dict[str, Numbers] = dict(counted.left_out)
    for reason in np.unique(counted.euros.reasons).tolist():
        if reason:
            left[reason] = counted.amount[counted.euros.reasons == reason]
    if not left:
        empty(text("funding.left_out.none"))
        return
    summed: list[list[Entry]] = [[in_language(reasons()[reason]), len(places)] for reason, places in left.items()]
    list_rows(("reason", "amountsCounted"), summed, name="reasons")
    flat = [(reason, place) for reason, places in left.items() for place in places.tolist()]
    _amounts(book, flat)


def _amounts(book: Book, flat: list[tuple[str, int]]) -> None:
    texts = book.projects.texts
    projects = [texts[book.source_project[book.amount_source[place]]] for _, place in flat[:_LISTED]]
    named = references(projects)
    rows: list[list[Entry]] = [
        [
            in_language(reasons()[reason]),
            named[project],
            float(book.amount_value[place]),
            str(book.amount_currency[place]),
            _day(book.amount_day[place]),
        ]
        for project, (reason, place) in zip(projects, flat, strict=False)
    ]
    list_rows(("reason", "project", "value", "currency", "amountDay"), rows, name="left-out")
    if len(flat) > _LISTED:
        st.caption(text("funding.left_out.first", shown=_LISTED, all=len(flat)))


def _day(day: np.datetime64) -> str:
    return "" if np.isnat(day) else str(day)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
