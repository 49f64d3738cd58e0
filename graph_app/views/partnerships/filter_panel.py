"""The filters of the page, each of which stands in its address."""

from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from typing import get_args

import streamlit as st

from graph_app.components.choices import choose_many, choose_segment, choose_value, remember
from graph_app.components.links import Reference
from graph_app.components.texts import text
from graph_app.network.filters import KINDS, Filters, Place, Weight
from graph_app.network.projections import PROJECTIONS
from graph_app.views.reading import answer, entities, references, settings

__all__ = ["NAMES", "USUAL", "choose_filter", "choose_filters", "choose_period"]

#: Query parameters of the filters and of what is drawn.
NAMES = ("projection", "when", *(field.name.replace("_", "-") for field in fields(Filters)))
#: Kinds of filter that always stand there, and those in the fold.
_FIRST = ("country", "target_group", "donor")
_MORE = ("theme", "programme", "organisation_type", "organisation", "role", "exclude_roles", "dataset")
#: The projection that is drawn where the address says nothing.
USUAL = next(iter(PROJECTIONS))


def choose_filters() -> tuple[str, Filters]:
    """Draw the filters.

    :returns: name of the projection, and what it is narrowed to.
    :raises graph_app.network.filters.FilterError: if the address says what is no filter.
    """
    asked = Filters.from_query({name: st.query_params.get_all(name) for name in st.query_params}, settings().base)
    values: dict[str, object] = {}
    with st.container(border=True):
        for place, kind in zip(st.columns(3), _FIRST, strict=True):
            with place:
                values[kind] = choose_filter(kind)
        place, when, drawn = st.columns(3)
        with place:
            places = get_args(Place)
            values["place"] = choose_segment("place", text("filter.place"), places, lambda name: text(f"filter.{name}"))
        with when:
            values |= choose_period(asked)
        with drawn:
            projection = choose_value(
                "projection",
                text("filter.projection"),
                list(PROJECTIONS),
                USUAL,
                words=lambda name: text(f"filter.projection.{name}") if name in PROJECTIONS else name,
            )
        with st.expander(text("filter.more"), icon=":material/tune:", expanded=_stands_below(asked)):
            values |= _more()
    return projection if projection in PROJECTIONS else USUAL, Filters.from_json(values)


def _stands_below(filters: Filters) -> bool:
    usual = Filters()
    return any(getattr(filters, name) != getattr(usual, name) for name in (*_MORE, "minimum", "weight"))


def _more() -> Mapping[str, object]:
    values: dict[str, object] = {}
    with st.grid(3, min_column_width=260):
        for kind in _MORE:
            with st.container():
                values[kind] = choose_filter(kind)
        with st.container():
            weights = get_args(Weight)
            values["weight"] = choose_segment(
                "weight", text("filter.weight"), weights, lambda name: text(f"weight.{name}")
            )
        with st.container():
            values["minimum"] = choose_value("minimum", text("filter.minimum"), ["2", "3", "5", "10", "20"]) or "0"
    return values


def choose_filter(kind: str) -> list[str]:
    """Draw the picker of one kind of filter.

    :param kind: a key of :data:`graph_app.network.filters.KINDS`.
    :returns: IRIs of what is chosen.
    """
    name = kind.replace("_", "-")
    short = partial(_short, kind)
    return sorted(choose_many(name, text(f"filter.{kind}"), _options(kind), short, usual=getattr(Filters(), kind)))


def _short(kind: str, iri: str) -> str:
    (written,) = Filters.from_json({kind: [iri]}).to_query(settings().base).get(kind.replace("_", "-"), [iri])
    return written


def _options(kind: str) -> list[Reference]:
    if kind == "dataset":
        named = references(row["dataset"].value for row in answer("datasets"))
        return sorted(named.values(), key=lambda one: one.label)
    return entities(KINDS[kind])


def choose_period(filters: Filters) -> Mapping[str, object]:
    """Draw the pickers of the years in which projects run.

    :param filters: what the address says.
    :returns: filters by name.
    """
    bounds = next(iter(answer("years")), {})
    if "first" not in bounds:
        return {}
    years = [str(year) for year in range(int(bounds["first"].value), int(bounds["last"].value) + 1)]
    given = "as-of" if filters.as_of else "between" if filters.start or filters.end else ""
    kind = choose_segment(
        "when", text("filter.when"), ("any", "as-of", "between"), lambda name: text(f"filter.when.{name}"), unless=given
    )
    names = {"as-of": ("as-of",), "between": ("start", "end")}.get(kind, ())
    for name in {"as-of", "start", "end"}.difference(names):
        remember(name, [])
    chosen: dict[str, object] = {}
    for place, name in zip(st.columns(len(names)) if names else (), names, strict=True):
        with place:
            chosen[name.replace("-", "_")] = choose_value(name, text(f"filter.{name}"), years)
    return chosen
