"""The shortest chain between two organisations."""

import streamlit as st

from graph_app.components.messages import empty
from graph_app.components.rows import draw_rows
from graph_app.components.texts import text
from graph_app.network.network import Network
from graph_app.network.questions.chains import chain
from graph_app.views.networks import node
from graph_app.views.partnerships.organisations import choose_organisation
from graph_app.views.reading import references

__all__ = ["show_chain"]


def show_chain(network: Network) -> None:
    """Answer over whom, and by which projects, one organisation reaches another."""
    left, right = st.columns(2)
    with left:
        first = choose_organisation(network, "from", "question.from")
    with right:
        second = choose_organisation(network, "to", "question.to")
    if first is None or second is None:
        return
    if first == second:
        empty(text("question.same_organisation"))
        return
    found = chain(network, network.nodes[first], network.nodes[second])
    if found is None:
        empty(text("question.no_chain"))
        return
    st.markdown(text("question.chain.told", steps=len(found.steps), alike=found.alike))
    named = references({context for step in found.steps for context in step.contexts})
    rows = [
        [node(network, network.number[step.first]), named[context], node(network, network.number[step.second])]
        for step in found.steps
        for context in step.contexts
    ]
    with st.container(border=True):
        draw_rows(("organisation", "project", "partner"), rows, {"project": 2}, name="chain")
