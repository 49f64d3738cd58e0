"""Countries that work together, on a map and as a matrix; a click leads on."""

from dataclasses import replace

import numpy as np
import streamlit as st

from graph_app.components.atlas import shapes
from graph_app.components.choices import choose_segment, forget, remember
from graph_app.components.country_map import CountryTie, draw_country_map, draw_country_matrix, undrawn
from graph_app.components.escape import escape
from graph_app.components.links import link
from graph_app.components.listing import Entry, draw_listing
from graph_app.components.messages import empty
from graph_app.components.texts import language, text
from graph_app.network.network import Network
from graph_app.views.networks import network_of, node
from graph_app.views.partnerships.evidence_panel import show_tie
from loaders.vocabulary import prefixes

__all__ = ["show_countries"]


def show_countries(network: Network) -> None:
    """Draw which countries projects join, with the filters of the page.

    :param network: the network of the page.
    """
    # Which countries a project joins is asked of all of them: a filter by country says which projects.
    found = network_of("countries", replace(network.filters, minimum=0.0))
    if not len(found):
        empty(text("geography.nothing"))
        return
    left, middle, right = st.columns(3)
    with left:
        forms = ("map", "matrix")
        form = choose_segment("countries-as", text("geography.form"), forms, lambda name: text(f"geography.{name}"))
    with right:
        weights = [name for name in ("count", "money") if name in found.weights]
        weight = choose_segment("countries-by", text("filter.weight"), weights, lambda name: text(f"weight.{name}"))
    labels = {iri: found.attributes["label"][number] for number, iri in enumerate(found.nodes)}
    ties = [
        CountryTie(found.nodes[one], found.nodes[other], value)
        for one, other, value in zip(
            found.source.tolist(), found.target.tolist(), np.nan_to_num(found.weights[weight]).tolist(), strict=True
        )
        if value
    ]
    told = text("geography.told", countries=len(found), ties=len(ties))
    values, title = _values(found, weight)
    if form == "map" and shapes() is not None:
        with middle:
            frames = ("most", "whole")
            frame = choose_segment("frame", text("geography.frame"), frames, lambda name: text(f"geography.{name}"))
        chosen = draw_country_map(
            values,
            ties,
            labels,
            title=title,
            whole=frame == "whole",
            key=f"countries {language()} {frame}",
            description=told,
        )
        lacking = [labels[iri] for iri in undrawn(values)]
        place = text("geography.place.money" if weight == "money" else f"geography.place.{network.filters.place}")
        st.caption(f"{place} {text('geography.borders')}")
        if lacking:
            st.caption(text("geography.undrawn", countries=escape(", ".join(lacking))))
    else:
        if form == "map":
            empty(text("geography.not_built"))
        chosen = draw_country_matrix(
            ties, labels, title=text(f"weight.{weight}"), key=f"matrix {language()} {weight}", description=told
        )
    st.caption(escape(found.coverage.text(language())))
    if chosen in labels:
        _country(found, found.number[chosen])
    _pairs(found, weight)


def _values(found: Network, weight: str) -> tuple[dict[str, float], str]:
    """Return what colours tell of each country, and what that is: its projects, or the money of its ties."""
    if weight != "money":
        return dict(zip(found.nodes, np.diff(found.outgoing.indptr).tolist(), strict=True)), text("column.projects")
    money, size = np.nan_to_num(found.weights["money"]), len(found)
    sums = np.bincount(found.source, money, size) + np.bincount(found.target, money, size)
    title = f"{text('geography.money')} ({found.coverage.currency})"
    return dict(zip(found.nodes, sums.tolist(), strict=True)), title


def _country(found: Network, number: int) -> None:
    country = node(found, number)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        link(country)
        if st.button(text("geography.narrow", country=escape(country.label)), icon=":material/filter_alt:"):
            remember("country", [country.iri.removeprefix(prefixes()["country"])])
            forget(["country"])
            st.rerun()


def _pairs(found: Network, weight: str) -> None:
    order = np.argsort(-np.nan_to_num(found.weights[weight]), kind="stable").tolist()
    rows: list[list[Entry]] = [
        [
            node(found, int(found.source[tie])),
            node(found, int(found.target[tie])),
            int(found.weights["count"][tie]),
            *([_money(found, tie)] if "money" in found.weights else []),
        ]
        for tie in order
    ]
    columns = ["country", "partner", "projects", *(["weight_money"] if "money" in found.weights else [])]
    chosen = draw_listing(columns, rows, name="country pairs", selectable=True)
    if chosen is not None:
        show_tie(found, int(found.source[order[chosen]]), int(found.target[order[chosen]]))


def _money(found: Network, tie: int) -> float | None:
    value = float(found.weights["money"][tie])
    return None if np.isnan(value) else value
