"""Countries that work together: on a map, or as a matrix. A click chooses a country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from graph_app.components.altair_chart import show_chart, whole_ticks
from graph_app.components.atlas import centres, shapes
from graph_app.components.texts import text

__all__ = ["CountryTie", "draw_country_map", "draw_country_matrix", "undrawn"]

_HEIGHT = 520
_PICK = "country"
_LAND, _BORDER, _LINE = "#8a94a0", "#ffffff", "#c2470a"
#: Land is seen through, so that it is faint on light and on dark ground.
_FAINT = 0.28
#: Degrees around the countries shown, so that a single one is not all there is to see.
_MARGIN, _LEAST_SPAN = 4.0, 18.0
#: Degrees from which a map shows the world, and up to which a cone bends a map less than a plane; and how far north.
_WORLD, _CONTINENT, _TROPIC = 200.0, 90.0, 10.0
#: Share of the values that a map shows at least, where it does not show all.
_MOST = 0.9
#: More countries than this make a matrix that nobody can read; those with most work stay.
_MATRIX = 40


@dataclass(frozen=True, slots=True)
class CountryTie:
    """Two countries and what they share.

    :param first: IRI of one country.
    :param second: IRI of the other.
    :param value: how much it is.
    """

    first: str
    second: str
    value: float


def undrawn(values: Mapping[str, float]) -> Sequence[str]:
    """Return the countries of which the map knows no place.

    :param values: IRI of each country to its value.
    """
    return sorted(set(values) - set(centres()))


def draw_country_map(
    values: Mapping[str, float],
    ties: Sequence[CountryTie],
    labels: Mapping[str, str],
    *,
    title: str,
    whole: bool,
    key: str,
    description: str,
) -> str:
    """Draw countries by colour, and ties between them as lines.

    :param values: IRI of each country to its value.
    :param ties: ties between them.
    :param labels: IRI of each country to its name.
    :param title: what the values are.
    :param whole: whether every country is to be seen, or only where most of the values are.
    :param key: key of the chart.
    :param description: what it shows, for people who do not see it.
    :returns: IRI of the country that was clicked, or empty.
    """
    places = centres()
    topology = alt.InlineData(dict(shapes() or {}), alt.TopoDataFormat(feature="countries", type="topojson"))
    points = pd.DataFrame(
        [
            {"id": iri, "name": labels[iri], "value": value, "longitude": places[iri][0], "latitude": places[iri][1]}
            for iri, value in sorted(values.items(), key=lambda row: -row[1])
            if iri in places
        ]
    )
    pick = alt.selection_point(name=_PICK, fields=["id"], on="click", empty=False)
    # Within the map, which takes all the width there is.
    legend = alt.Legend(
        type="gradient",
        orient="bottom-left",
        direction="horizontal",
        gradientLength=180,
        padding=8,
        **whole_ticks(values.values()),
    )
    colour = alt.Color(
        "value:Q", title=title, scale=alt.Scale(scheme="cividis", reverse=True, zero=True), legend=legend
    )
    tooltip = [alt.Tooltip("name:N", title=text("column.country")), alt.Tooltip("value:Q", title=title, format=",.0f")]
    land = alt.Chart(topology).mark_geoshape(fill=_LAND, stroke=_LAND, strokeWidth=0.5, opacity=_FAINT)
    known = alt.LookupData(points, "id", ["name", "value"])
    filled = (
        alt.Chart(topology)
        .mark_geoshape(stroke=_BORDER, strokeWidth=0.5)
        .transform_lookup("id", from_=known)
        .transform_filter("isValid(datum.value)")
        .encode(color=colour, tooltip=tooltip)
        .add_params(pick)
    )
    marks = (
        alt.Chart(points)
        .mark_circle(stroke="#1b2733", strokeWidth=0.8, opacity=1)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            color=colour,
            size=alt.condition(pick, alt.value(140), alt.value(45)),
            tooltip=tooltip,
        )
    )
    layers = [land, filled, _lines(ties, labels, title), marks]
    drawn = [layer for layer in layers if layer is not None]
    chart = alt.layer(
        *drawn, projection=_projection(points if whole else _most(points)), height=_HEIGHT
    ).configure_view(clip=True)
    shown = show_chart(chart, key=key, description=description, pick=_PICK)
    return _picked(shown)


def draw_country_matrix(
    ties: Sequence[CountryTie], labels: Mapping[str, str], *, title: str, key: str, description: str
) -> str:
    """Draw ties between countries as a matrix, those with most work first.

    :param ties: ties between them.
    :param labels: IRI of each country to its name.
    :param title: what the values are.
    :param key: key of the chart.
    :param description: what it shows, for people who do not see it.
    :returns: IRI of the country whose cell was clicked, or empty.
    """
    totals: dict[str, float] = {}
    for tie in ties:
        for iri in (tie.first, tie.second):
            totals[iri] = totals.get(iri, 0) + tie.value
    order = sorted(totals, key=lambda iri: (-totals[iri], labels[iri]))[:_MATRIX]
    kept = set(order)
    rows = [
        {"id": one, "row": labels[one], "column": labels[other], "value": tie.value}
        for tie in ties
        if tie.first in kept and tie.second in kept
        for one, other in ((tie.first, tie.second), (tie.second, tie.first))
    ]
    names = [labels[iri] for iri in order]
    pick = alt.selection_point(name=_PICK, fields=["id"], on="click", empty=False)
    legend = alt.Legend(type="gradient", **whole_ticks(tie.value for tie in ties))
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_rect(stroke=_BORDER)
        .encode(
            x=alt.X("column:N", sort=names, title=None, axis=alt.Axis(orient="top", labelAngle=-55)),
            y=alt.Y("row:N", sort=names, title=None),
            color=alt.Color("value:Q", title=title, scale=alt.Scale(scheme="cividis", reverse=True), legend=legend),
            tooltip=[
                alt.Tooltip("row:N", title=text("column.country")),
                alt.Tooltip("column:N", title=text("column.country")),
                alt.Tooltip("value:Q", title=title, format=",.0f"),
            ],
        )
        .add_params(pick)
        .properties(height=max(160, 26 * len(order) + 90))
    )
    shown = show_chart(chart, key=key, description=description, pick=_PICK)
    if len(totals) > _MATRIX:
        st.caption(text("geography.matrix_cut", shown=_MATRIX, all=len(totals)))
    return _picked(shown)


def _lines(ties: Sequence[CountryTie], labels: Mapping[str, str], title: str) -> alt.Chart | None:
    places = centres()
    rows = [
        {
            "name": f"{labels[tie.first]} – {labels[tie.second]}",
            "value": tie.value,
            "longitude": places[tie.first][0],
            "latitude": places[tie.first][1],
            "longitude2": places[tie.second][0],
            "latitude2": places[tie.second][1],
        }
        for tie in sorted(ties, key=lambda tie: tie.value)
        if tie.first in places and tie.second in places
    ]
    if not rows:
        return None
    lines: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_rule(color=_LINE, opacity=0.55, strokeCap="round")
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            longitude2="longitude2:Q",
            latitude2="latitude2:Q",
            strokeWidth=alt.StrokeWidth("value:Q", scale=alt.Scale(range=[1, 8], zero=True), legend=None),
            tooltip=[
                alt.Tooltip("name:N", title=text("geography.tie")),
                alt.Tooltip("value:Q", title=title, format=",.0f"),
            ],
        )
    )
    return lines


def _most(points: pd.DataFrame) -> pd.DataFrame:
    """Leave out the countries furthest from the middle that have a small part of the values together."""
    if points.empty:
        return points
    middle = np.average(points[["longitude", "latitude"]], axis=0, weights=points["value"])
    away = np.hypot(*(points[["longitude", "latitude"]].to_numpy() - middle).T)
    order = np.argsort(away)
    share = points["value"].to_numpy()[order].cumsum() / points["value"].sum()
    return points.iloc[order[: int(np.searchsorted(share, _MOST)) + 1]]


def _projection(points: pd.DataFrame) -> alt.Projection:
    """Return the projection that shows the countries with values, in whatever width there is."""
    if points.empty:
        return alt.Projection(type="equalEarth")
    west, east = points["longitude"].min() - _MARGIN, points["longitude"].max() + _MARGIN
    south, north = points["latitude"].min() - _MARGIN, points["latitude"].max() + _MARGIN
    across, along = max(east - west, _LEAST_SPAN), max(north - south, _LEAST_SPAN)
    if across > _WORLD:
        return alt.Projection(type="equalEarth")
    return alt.Projection(
        type="equalEarth" if across > _CONTINENT or south < _TROPIC else "conicEqualArea",
        rotate=[-(west + east) / 2, 0, 0],
        center=[0, (south + north) / 2],
        scale=alt.ExprRef(f"min(width / {across}, height / {along}) * 180 / PI"),
        translate=alt.ExprRef("[width / 2, height / 2]"),
        parallels=[south + along / 6, north - along / 6],
    )


def _picked(shown: object) -> str:
    chosen = getattr(getattr(shown, "selection", None), _PICK, None) or []
    return str(chosen[0]["id"]) if chosen and chosen[0].get("id") else ""
