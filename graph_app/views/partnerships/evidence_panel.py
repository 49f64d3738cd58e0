"""What stands behind a tie, and what is known of a node: shown where one is chosen."""

import streamlit as st

from graph_app.components.links import Reference, link
from graph_app.components.rows import draw_rows
from graph_app.components.texts import language, text
from graph_app.network.evidence import Evidence, evidence
from graph_app.network.network import Network
from graph_app.views.networks import arrays, node
from loaders.vocabulary import IG

__all__ = ["show_tie"]


def show_tie(network: Network, first: int, second: int) -> None:
    """Draw the projects behind a tie.

    :param network: the network.
    :param first: number of the node at its one end.
    :param second: number of the node at its other end.
    """
    found = evidence(network, first, second, arrays, language())
    ends = node(network, first), node(network, second)
    with st.container(border=True, key="evidence"):
        with st.container(horizontal=True, vertical_alignment="center"):
            link(ends[0])
            st.markdown("↔", width="content")
            link(ends[1])
        draw_rows(
            ("project", "firstRole", "secondRole", "fromDate", "toDate", "amounts", "evidence"),
            [_row(one) for one in found],
            {
                "project": 2.6,
                "evidence": 1.6,
                "fromDate": 1.25,
                "toDate": 1.25,
                "amounts": 1.7,
                "firstRole": 1.4,
                "secondRole": 1.4,
            },
            name="tie",
        )
        sources = {iri for one in found for iri in one.sources}
        st.caption(text("evidence.told", projects=len(found), sources=len(sources)))


def _row(one: Evidence) -> list[Reference | str | None]:
    money = "; ".join(f"{value} {currency}" for value, currency in one.money)
    return [
        Reference(one.context, one.label, str(IG.Project)),
        ", ".join(one.first_roles),
        ", ".join(one.second_roles),
        one.start,
        one.end,
        money,
        ", ".join(one.sources.values()),
    ]
