"""Who bridges two groups."""

from collections import Counter

import streamlit as st

from graph_app.components.choices import choose_segment, choose_value
from graph_app.components.escape import escape
from graph_app.components.listing import Entry, draw_listing, say_cut
from graph_app.components.messages import empty
from graph_app.components.texts import text
from graph_app.network.network import Network
from graph_app.network.questions.bridges import between
from graph_app.views.networks import node

__all__ = ["show_bridges"]

_LISTED = 300


def show_bridges(network: Network) -> None:
    """Answer who bridges two groups of organisations."""
    by = choose_segment("by", text("question.groups"), ("seat", "type"), lambda name: text(f"partnerships.by_{name}"))
    # Countries stand in the address by their codes, so that it means the same in every language.
    groups = network.attributes["country" if by == "seat" else by]
    names = dict(zip(groups, network.attributes[by], strict=True))
    known = [group for group, _ in Counter(group for group in groups if group).most_common()]
    left, right = st.columns(2)
    with left:
        first = choose_value(
            f"first-{by}", text("question.first_group"), known, words=lambda group: names.get(group, group)
        )
    with right:
        second = choose_value(
            f"second-{by}", text("question.second_group"), known, words=lambda group: names.get(group, group)
        )
    if not first or not second:
        return
    if not {first, second} <= set(known):
        empty(text("question.unknown_group"))
        return
    if first == second:
        empty(text("question.same_group"))
        return
    found = between(network, groups, first, second)
    told = {
        "first": escape(names[first]),
        "second": escape(names[second]),
        "firsts": found.first,
        "seconds": found.second,
    }
    st.markdown(text("question.bridges.told", ties=found.ties, bridges=len(found.bridges), **told))
    if unknown := sum(not group for group in groups):
        st.caption(text("question.bridges.unknown", count=unknown))
    if not found.bridges:
        return
    rows: list[list[Entry]] = [
        [
            node(network, network.number[one.iri]),
            names[one.group],
            one.pairs,
            len(one.first),
            len(one.second),
            tuple(node(network, network.number[iri]) for iri in one.first),
            tuple(node(network, network.number[iri]) for iri in one.second),
        ]
        for one in found.bridges[:_LISTED]
    ]
    columns = ("organisation", "group", "pairsJoined", "inFirst", "inSecond", "partnersFirst", "partnersSecond")
    draw_listing(columns, rows, name="bridges")
    say_cut(_LISTED, len(found.bridges))
