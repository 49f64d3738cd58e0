"""The network of organisations that a page shows, read from the graph."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from graph_app.components.links import Reference, page_link
from graph_app.components.messages import empty
from graph_app.components.network_frame import draw_network
from graph_app.components.texts import language, text
from graph_app.network.drawing import draw
from graph_app.network.organisation_graph import OrganisationGraph, network
from graph_app.network.palette import NONE, colours
from graph_app.network.ties import Actor, Membership, Tie, ties
from graph_app.questions.results import Table
from graph_app.views.filters import FILTERS, short
from graph_app.views.reading import Value, answer, references, release

__all__ = ["Network", "colour_groups", "network_of", "small_network"]

_SMALL_HEIGHT = 360


@dataclass(frozen=True)
class Network:
    """A network with what its tables and drawings need.

    :param graph: organisations and ties.
    :param ties: who works with whom.
    :param actors: the organisations by IRI.
    :param named: references of organisations, projects and partnerships by IRI.
    """

    graph: OrganisationGraph
    ties: tuple[Tie, ...]
    actors: Mapping[str, Actor]
    named: Mapping[str, Reference]

    @property
    def labels(self) -> Mapping[str, str]:
        """IRI to name, for organisations, projects and partnerships."""
        return {iri: found.label for iri, found in self.named.items()}


def network_of(**filters: Value) -> Network:
    """Read a network.

    :param filters: parameters of ``queries/views/memberships.rq``.
    :returns: everyone who works in what the filters leave.
    """
    memberships = [Membership(row["context"].value, row["member"].value) for row in members_of(filters)]
    members = sorted({membership.organisation for membership in memberships})
    described = list(answer("actors", organisation=members)) if members else []
    classes = {row[key].value for row in described for key in ("organisationType", "seat") if key in row}
    named = references({*members, *classes, *(membership.context for membership in memberships)})
    actors = {}
    for row in described:
        iri = row["organisation"].value
        kind, seat = (named[row[key].value].label if key in row else "" for key in ("organisationType", "seat"))
        actors[iri] = Actor(iri, named[iri].label, kind, seat)
    found = ties(memberships)
    return Network(network(actors.values(), found), found, actors, named)


def members_of(filters: Mapping[str, Value]) -> Table:
    """Ask who works where; a year stands for its days.

    :param filters: parameters of ``queries/views/memberships.rq``, or ``year``.
    """
    given = dict(filters)
    if year := given.pop("year", None):
        given |= {"from": f"{year}-01-01", "to": f"{year}-12-31"}
    return answer("memberships", excluded="funder", **given)


def colour_groups(found: Network, by: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Colour organisations by a property.

    :param found: the network.
    :param by: ``type`` or ``seat``.
    :returns: group to colour, and IRI to colour.
    """
    group_of = {iri: (actor.type if by == "type" else actor.seat) for iri, actor in found.actors.items()}
    palette = dict(colours(group_of.values()))
    if "" in group_of.values():
        palette[""] = NONE
    return palette, {iri: palette[group] for iri, group in group_of.items()}


@st.cache_data(max_entries=200, show_spinner=False)
def drawing(version: str, chosen: str, by: str, focus: str, height: int, _found: Network) -> str:  # noqa: ARG001 - the key
    """Draw a network once a release, language and choice.

    :param version: version of the release.
    :param chosen: what makes the network this one: language and filters.
    :param by: what colours say: ``type`` or ``seat``.
    :param focus: IRI of the organisation that it is about, or empty.
    :param height: height in pixels.
    :param _found: the network.
    :returns: HTML page.
    """
    _, colour_of = colour_groups(_found, by)
    return draw(_found.graph, colour_of, _found.labels, focus=focus, height=height)


def small_network(title: str, focus: str, **filters: Value) -> None:
    """Draw the network around one entity.

    :param title: heading.
    :param focus: IRI of the entity.
    :param filters: parameters of ``queries/views/memberships.rq``.
    """
    st.subheader(title, anchor=False)
    found = network_of(**filters)
    if not found.ties:
        empty(text("no_ties"))
        return
    chosen = f"{language()} {sorted(filters.items())!r}"
    html = drawing(release().version, chosen, "type", focus, _SMALL_HEIGHT, found)
    summary = text("network_summary", organisations=len(found.graph), ties=len(found.ties))
    draw_network(html, height=_SMALL_HEIGHT, description=summary)
    st.caption(summary)
    for kind, parameter in FILTERS.items():
        if parameter in filters:
            page_link("partnerships", text("open_partnerships"), query={kind: short(kind, focus)})
