"""Partnerships: who works with whom, filtered, drawn, measured and with the projects behind every tie."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from graph_app.components.choices import choose_many, remember
from graph_app.components.downloads import as_csv, download
from graph_app.components.header import header
from graph_app.components.links import address
from graph_app.components.messages import empty
from graph_app.components.network_frame import draw_legend, draw_network
from graph_app.components.result import link_column
from graph_app.components.rows import draw_rows
from graph_app.components.sparql import show_sparql
from graph_app.components.texts import in_language, language, text
from graph_app.network.export import gexf, graphml, measure_rows, tie_rows
from graph_app.network.organisation_graph import Measure, measure, summarise
from graph_app.questions.catalogue import view
from graph_app.views.filters import FILTERS, short
from graph_app.views.networks import Network, colour_groups, drawing, network_of
from graph_app.views.reading import Value, answer, entities, query_text, release

__all__ = ["show"]

_HEIGHT = 560
#: Tables up to this many rows need no scrolling.
_SHOWN_WHOLE = 10


def show() -> None:
    """Draw the page."""
    header(text("page.partnerships"), text("partnerships.intro"))
    filters = _filters()
    found = network_of(**filters)
    if not found.graph:
        empty(text("partnerships.nothing"))
        show_sparql(query_text("memberships", excluded="funder", **{k: v for k, v in filters.items() if k != "year"}))
        return
    _summary(found)
    _map(found, filters)
    ties, measures = st.tabs([text("partnerships.ties"), text("partnerships.measures")])
    with ties:
        _ties(found)
    with measures:
        _measures(found)
    show_sparql(query_text("memberships", excluded="funder", **{k: v for k, v in filters.items() if k != "year"}))


def _filters() -> dict[str, Value]:
    labels = {parameter.name: in_language(parameter.label) for parameter in view("memberships").params}
    filters: dict[str, Value] = {}
    with st.container(border=True):
        places = st.columns([2, 1, 2, 2])
        for place, kind in zip((places[0], places[2], places[3]), FILTERS, strict=True):
            name = FILTERS[kind]
            with place:
                filters[name] = choose_many(kind, labels[name], entities(kind), partial(short, kind))
        with places[1]:
            filters["year"] = _year(in_language(view("years").summary))
    return {name: value for name, value in filters.items() if value}


def _year(label: str) -> int | None:
    bounds = next(iter(answer("years")), {})
    if "first" not in bounds:
        return None
    years = list(range(int(bounds["first"].value), int(bounds["last"].value) + 1))
    asked = st.query_params.get("year", "")
    start = years.index(int(asked)) if asked.isdecimal() and int(asked) in years else None
    year = st.selectbox(label, years, index=start, placeholder=text("any"), key=f"year {language()}")
    remember("year", [str(year)] if year else [])
    return year


def _summary(found: Network) -> None:
    summary = summarise(found.graph)
    shown: Mapping[str, str | int] = {
        "organisations": summary.organisations,
        "ties": summary.ties,
        "components": summary.components,
        "largest": summary.largest,
        "density": f"{summary.density:.3f}",
    }
    with st.grid(5, min_column_width=130):
        for name, value in shown.items():
            st.metric(text(f"measure.{name}"), value, help=text(f"measure.{name}.help"), border=True)


def _map(found: Network, filters: Mapping[str, Value]) -> None:
    if not found.ties:
        empty(text("no_ties"))
        return
    left, right = st.columns([2, 1], gap="medium")
    with right:
        by = st.segmented_control(
            text("partnerships.colour"),
            ("type", "seat"),
            default="type",
            required=True,
            format_func=lambda name: text(f"partnerships.by_{name}"),
            key=f"colour {language()}",
        )
        palette, _ = colour_groups(found, by)
        counted = Counter(actor.type if by == "type" else actor.seat for actor in found.actors.values())
        draw_legend(palette, counted)
        st.caption(text("partnerships.map_help"))
    with left:
        html = drawing(release().version, f"{language()} {sorted(filters.items())!r}", by, "", _HEIGHT, found)
        told = text("network_summary", organisations=len(found.graph), ties=len(found.ties))
        draw_network(html, height=_HEIGHT, description=told)
    with st.container(horizontal=True):
        contexts = found.labels
        download("GraphML", graphml(found.graph, contexts), "partnerships.graphml", "application/xml")
        download("GEXF", gexf(found.graph, contexts), "partnerships.gexf", "application/xml")


def _ties(found: Network) -> None:
    rows = tie_rows(found.ties, found.labels, found.labels)
    frame = pd.DataFrame(
        {
            text("column.organisation"): [address(found.named[tie.first]) for tie in found.ties],
            text("column.partner"): [address(found.named[tie.second]) for tie in found.ties],
            text("column.shared"): [tie.weight for tie in found.ties],
            text("column.projects"): [[found.named[context].label for context in tie.contexts] for tie in found.ties],
        }
    )
    linked = (text("column.organisation"), text("column.partner"))
    picked = st.dataframe(
        frame,
        hide_index=True,
        column_config={title: link_column(title, width=230) for title in linked}
        | {text("column.shared"): st.column_config.NumberColumn(width=140)},
        on_select="rerun",
        selection_mode="single-row",
        key=f"ties {language()}",
        height="content" if len(frame) <= _SHOWN_WHOLE else 420,
        placeholder="–",
    )
    st.caption(text("partnerships.ties_help"))
    for place in picked.selection.rows:
        tie = found.ties[place]
        with st.container(border=True):
            draw_rows(
                ("organisation", "partner", "project"),
                [[found.named[tie.first], found.named[tie.second], found.named[context]] for context in tie.contexts],
                {"project": 2},
            )
    if rows:
        download("CSV", as_csv(list(rows[0]), [list(row.values()) for row in rows]), "ties.csv", "text/csv")


def _measures(found: Network) -> None:
    measures = _measured(release().version, repr(sorted(found.graph.edges())), found)
    linked = text("column.organisation")
    frame = pd.DataFrame(
        {
            linked: [address(found.named[row.organisation]) for row in measures],
            text("column.partners"): [row.partners for row in measures],
            text("column.shared"): [row.shared for row in measures],
            text("column.betweenness"): [row.betweenness for row in measures],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        column_config={
            linked: link_column(linked),
            text("column.betweenness"): st.column_config.NumberColumn(format="%.3f"),
        },
        key=f"measures {language()}",
        height="content" if len(frame) <= _SHOWN_WHOLE else 420,
    )
    estimated = " " + text("estimated") if summarise(found.graph).estimated else ""
    st.caption(text("partnerships.measures_help") + estimated)
    rows = measure_rows(measures, found.labels)
    download("CSV", as_csv(list(rows[0]), [list(row.values()) for row in rows]), "measures.csv", "text/csv")


@st.cache_data(max_entries=200, show_spinner=False)
def _measured(version: str, edges: str, _found: Network) -> tuple[Measure, ...]:  # noqa: ARG001 - the key
    return measure(_found.graph)
