"""The network in time: year by year, two years side by side, and the partnerships of one organisation."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
import streamlit as st

from graph_app.components.choices import choose_segment, choose_value, remember
from graph_app.components.escape import escape
from graph_app.components.messages import empty
from graph_app.components.partner_map import can_draw_map, draw_map
from graph_app.components.texts import language, text
from graph_app.components.timeline import Bar, draw_timeline
from graph_app.network.colouring import by_group, radii
from graph_app.network.network import Network
from graph_app.network.questions.partners import partners
from graph_app.network.time import in_year, working
from graph_app.views.networks import dates_now, node, places_of, years_now
from graph_app.views.partnerships.organisations import by_organisations, choose_organisation
from graph_app.views.reading import answer, references

__all__ = ["show_time", "this_year", "years_of_projects"]

_HEIGHT, _LOW = 560, 460
#: Seconds that each year is shown while the years are played.
_PACE = 1.6
#: Years between the two that are compared, where nothing else is chosen.
_APART = 3
_PLAYING, _YEAR = "years are played", "year on the slider"


def years_of_projects() -> Sequence[int]:
    """Return all years from the first to the last in which a project runs."""
    bounds = next(iter(answer("years")), {})
    return range(int(bounds["first"].value), int(bounds["last"].value) + 1) if "first" in bounds else ()


def this_year(years: Sequence[str]) -> str:
    """Return the present year, or the last one in which a project runs.

    :param years: the years in which projects run, at least one.
    """
    return min(max(str(datetime.now(UTC).year), years[0]), years[-1])


def show_time(network: Network) -> None:
    """Draw the network in time.

    :param network: the network of the page.
    """
    found = by_organisations(network)
    form = choose_segment("time", text("time.form"), list(_FORMS), lambda name: text(f"time.{name}"))
    if form != "timeline" and not can_draw_map():
        empty(text("map.missing"))
        return
    if not years_of_projects():
        empty(text("question.no_years"))
        return
    _FORMS[form](found)


def _year_by_year(network: Network) -> None:
    playing = bool(st.session_state.get(_PLAYING))
    st.fragment(_played, run_every=_PACE if playing else None)(network)


def _played(network: Network) -> None:
    years = list(years_of_projects())
    if st.session_state.get(_YEAR) not in years:
        known = [str(year) for year in years]
        asked = st.query_params.get("year", "")
        st.session_state[_YEAR] = int(asked if asked in known else this_year(known))
    elif st.session_state.get(_PLAYING):
        _step(years)
    left, right = st.columns([1, 6], vertical_alignment="bottom")
    with left:
        label = text("time.stop") if st.session_state.get(_PLAYING) else text("time.play")
        icon = ":material/stop:" if st.session_state.get(_PLAYING) else ":material/play_arrow:"
        if st.button(label, icon=icon, key="play", width="stretch"):
            _toggle(years)
            st.rerun()
    with right:
        year = st.select_slider(text("column.year"), years, key=_YEAR)
    remember("year", [str(year)])
    _one_year(network, year, key="map of a year", height=_HEIGHT)


def _toggle(years: Sequence[int]) -> None:
    playing = not st.session_state.get(_PLAYING)
    st.session_state[_PLAYING] = playing
    # Who plays at the end wants to see it from the beginning.
    if playing and st.session_state.get(_YEAR) == years[-1]:
        st.session_state[_YEAR] = years[0]


def _step(years: Sequence[int]) -> None:
    place = years.index(st.session_state[_YEAR]) + 1
    if place < len(years):
        st.session_state[_YEAR] = years[place]
    else:
        st.session_state[_PLAYING] = False
        st.rerun()


def _one_year(network: Network, year: int, *, key: str, height: int) -> None:
    found = in_year(network, years_now(), year)
    at_work = working(found)
    degree = np.bincount(np.concatenate([found.source, found.target]), minlength=len(found))
    groups = [""] * len(found)
    for number in at_work.tolist():
        groups[number] = text("time.at_work")
    draw_map(
        found,
        places_of(network),
        key=f"{key} {language()}",
        colour=by_group(str(year), groups, others="", not_stated=text("time.at_rest")),
        size=radii(degree),
        height=height,
        description=text("time.told", year=str(year), organisations=len(at_work), ties=len(found.source)),
    )
    told = text("time.told", year=str(year), organisations=len(at_work), ties=len(found.source))
    undated = found.coverage.left_out.get("period", 0)
    st.caption(f"{told} {text('time.undated', projects=found.coverage.projects, undated=undated)}")


def _side_by_side(network: Network) -> None:
    years = [str(year) for year in years_of_projects()]
    now = this_year(years)
    usually = {"before": max(years[0], str(int(now) - _APART)), "after": now}
    for place, (name, usual) in zip(st.columns(2), usually.items(), strict=True):
        with place:
            year = choose_value(name, text(f"question.{name}"), years, usual)
            if year:
                _one_year(network, int(year), key=f"map {name}", height=_LOW)


def _timeline(network: Network) -> None:
    own = choose_organisation(network, "about")
    if own is None:
        st.caption(text("time.timeline.help"))
        return
    found = partners(network, years_now(), network.nodes[own])
    if not found:
        empty(text("question.no_partners"))
        return
    dates = dates_now()
    named = references({context for one in found for context in one.contexts})
    bars = [
        Bar(node(network, network.number[one.iri]).label, named[context].label, *dates.get(context, ("", "")))
        for one in found
        for context in one.contexts
    ]
    told = text("time.timeline.told", organisation=network.attributes["label"][own], partners=len(found))
    row, about = text("column.partner"), text("column.project")
    undated = draw_timeline(bars, key=f"timeline {language()}", description=told, row=row, about=about)
    st.caption(text("time.timeline.read"))
    if undated:
        st.caption(text("time.timeline.undated", partners=escape(", ".join(undated))))


_FORMS: Mapping[str, Callable[[Network], None]] = {
    "years": _year_by_year,
    "beside": _side_by_side,
    "timeline": _timeline,
}
