"""Who could lead a consortium."""

import streamlit as st

from graph_app.components.listing import Entry, draw_listing, say_cut
from graph_app.components.messages import empty
from graph_app.components.texts import text
from graph_app.network.network import Network
from graph_app.network.questions.asked import led
from graph_app.network.questions.leads import leads
from graph_app.views.networks import arrays
from graph_app.views.partnerships.questions.partners import choose_countries, choose_themes
from graph_app.views.reading import references

__all__ = ["show_leads"]

_LISTED = 200


def show_leads(network: Network) -> None:
    """Answer who has led projects on a theme in some countries."""
    left, right = st.columns(2)
    with left:
        themes = choose_themes()
    with right:
        countries = choose_countries()
    found = leads(led(arrays, themes, countries), countries)
    if not found:
        empty(text("question.no_leads"))
        return
    shown = found[:_LISTED]
    named = references({iri for one in shown for iri in (one.iri, *one.coordinated, *one.carried_out, *one.countries)})
    partners = {one.iri: len(network.neighbours(network.number[one.iri])) for one in shown if one.iri in network.number}
    rows: list[list[Entry]] = [
        [
            named[one.iri],
            len(one.countries),
            len(one.coordinated),
            len(one.carried_out),
            one.last or None,
            partners.get(one.iri, 0),
            tuple(named[iri] for iri in one.countries),
            tuple(named[iri] for iri in (*one.coordinated, *one.carried_out)),
        ]
        for one in shown
    ]
    columns = ("organisation", "countries", "coordinated", "carriedOut", "lastYear", "partners", "where", "projects")
    draw_listing(columns, rows, name="leads")
    say_cut(_LISTED, len(found))
    st.caption(text("question.leads.note"))
