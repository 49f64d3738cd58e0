"""The page Partnerships, put together."""

from collections.abc import Callable, Mapping

import streamlit as st

from graph_app.components.choices import choose_segment
from graph_app.components.escape import escape
from graph_app.components.header import header
from graph_app.components.links import page_link
from graph_app.components.messages import empty, problem
from graph_app.components.sparql import show_sparql
from graph_app.components.texts import language, text
from graph_app.network.filters import FilterError
from graph_app.network.network import Network
from graph_app.network.questions.change import FIGURES
from graph_app.views.networks import measured, network_of
from graph_app.views.partnerships.countries import show_countries
from graph_app.views.partnerships.figures import draw_figures
from graph_app.views.partnerships.filter_panel import choose_filters
from graph_app.views.partnerships.map_part import show_map
from graph_app.views.partnerships.questions_part import show_questions
from graph_app.views.partnerships.saved_views import show_notes
from graph_app.views.partnerships.take_away import show_take_away
from graph_app.views.partnerships.time_part import show_time

__all__ = ["show"]

#: Part of the page to what draws it.
_PARTS: Mapping[str, Callable[[Network], None]] = {
    "map": show_map,
    "questions": show_questions,
    "time": show_time,
    "countries": show_countries,
    "share": show_take_away,
}


def show() -> None:
    """Draw the page."""
    header(text("page.partnerships"), text("partnerships.intro"))
    try:
        projection, filters = choose_filters()
    except FilterError as error:
        problem(text("partnerships.bad_filter"), escape(error))
        page_link("partnerships", text("partnerships.anew"), icon=":material/restart_alt:")
        return
    network = network_of(projection, filters)
    if not len(network):
        empty(text("partnerships.nothing"))
        show_sparql(*network.queries)
        return
    _summary(network)
    show_notes(network)
    part = choose_segment(
        "part", text("partnerships.part"), list(_PARTS), lambda name: text(f"partnerships.part.{name}")
    )
    _PARTS[part](network)
    show_sparql(*network.queries)


def _summary(network: Network) -> None:
    found = measured(network).figures
    draw_figures(network, {name: found[name] for name in FIGURES})
    st.caption(escape(network.coverage.text(language())))
