"""My partners, and whom I could work with."""

from functools import partial

import streamlit as st

from graph_app.components.choices import choose_many
from graph_app.components.listing import Entry, draw_listing, say_cut
from graph_app.components.messages import empty
from graph_app.components.rows import Cell, draw_rows
from graph_app.components.texts import text
from graph_app.network.network import Network
from graph_app.network.questions.asked import fitting
from graph_app.network.questions.partners import partners
from graph_app.network.questions.suggestions import Suggestion, suggestions
from graph_app.views.networks import arrays, node, years_now
from graph_app.views.partnerships.evidence_panel import show_tie
from graph_app.views.partnerships.organisations import choose_organisation
from graph_app.views.reading import entities, references
from loaders.vocabulary import prefixes

__all__ = ["choose_countries", "choose_themes", "show_partners", "show_suggestions"]

#: Rows that a table names projects in; the graph is asked for their titles.
_LISTED = 300


def show_partners(network: Network) -> None:
    """Answer who works with an organisation."""
    own = choose_organisation(network, "about")
    if own is None:
        return
    every = partners(network, years_now(), network.nodes[own])
    if not every:
        empty(text("question.no_partners"))
        return
    found = every[:_LISTED]
    named = references({context for one in found for context in one.contexts})
    numbers = [network.number[one.iri] for one in found]
    rows: list[list[Entry]] = [
        [
            node(network, number),
            network.attributes["type"][number],
            network.attributes["seat"][number],
            len(one.contexts),
            one.first or None,
            one.last or None,
            tuple(named[context] for context in one.contexts),
        ]
        for number, one in zip(numbers, found, strict=True)
    ]
    columns = ("partner", "organisationType", "seat", "shared", "firstYear", "lastYear", "projects")
    chosen = draw_listing(columns, rows, name="partners", selectable=True)
    say_cut(_LISTED, len(every))
    st.caption(text("partnerships.ties_help"))
    if chosen is not None:
        show_tie(network, own, numbers[chosen])


def show_suggestions(network: Network) -> None:
    """Answer whom an organisation could work with, and why."""
    own = choose_organisation(network, "about")
    left, right = st.columns(2)
    with left:
        themes = choose_themes()
    with right:
        countries = choose_countries()
    if own is None:
        return
    wanted = fitting(arrays, themes, countries) if themes or countries else None
    every = suggestions(network, network.nodes[own], wanted)
    if not every:
        empty(text("question.no_suggestions"))
        return
    found = every[:_LISTED]
    named = references({context for one in found for context in one.fitting})
    numbers = [network.number[one.iri] for one in found]
    rows: list[list[Entry]] = [
        [
            node(network, number),
            network.attributes["type"][number],
            network.attributes["seat"][number],
            len(one.through),
            tuple(node(network, network.number[partner]) for partner in one.through),
            tuple(named[context] for context in one.fitting) if wanted is not None else "",
        ]
        for number, one in zip(numbers, found, strict=True)
    ]
    columns = ("candidate", "organisationType", "seat", "commonPartners", "through", "fitting")
    chosen = draw_listing(columns, rows, name="suggestions", selectable=True)
    say_cut(_LISTED, len(every))
    st.caption(text("question.suggestions.select"))
    if chosen is not None:
        _reasons(network, own, found[chosen])


def choose_themes() -> list[str]:
    """Draw a picker of the themes that a question is about."""
    return choose_many("for-theme", text("question.themes"), entities("theme"), partial(_without, "theme"))


def choose_countries() -> list[str]:
    """Draw a picker of the countries that a question is about."""
    return choose_many("for-country", text("question.countries"), entities("country"), partial(_without, "country"))


def _without(prefix: str, iri: str) -> str:
    return iri.removeprefix(prefixes()[prefix])


def _reasons(network: Network, own: int, found: Suggestion) -> None:
    mine = {partner: network.shared(own, network.number[partner]) for partner in found.through}
    named = references({context for links in (mine, found.through) for context in sum(links.values(), ())})
    rows: list[list[Cell]] = [
        [
            node(network, network.number[partner]),
            named[mine[partner][0]],
            named[theirs[0]],
            str(len(mine[partner])),
            str(len(theirs)),
        ]
        for partner, theirs in found.through.items()
    ]
    with st.container(border=True):
        draw_rows(
            ("between", "myProject", "theirProject", "mine", "theirs"),
            rows,
            {"between": 2, "myProject": 3, "theirProject": 3},
            name="reasons",
        )
