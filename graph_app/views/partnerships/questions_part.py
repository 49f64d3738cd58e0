"""The nine questions of a coordinator as views of one click, each with its form."""

from collections.abc import Callable, Mapping

import streamlit as st

from graph_app.components.choices import choose_segment
from graph_app.components.texts import text
from graph_app.network.network import Network
from graph_app.views.partnerships.organisations import by_organisations
from graph_app.views.partnerships.questions import bridges, chains, changes, home, leads, partners, recurring, removal

__all__ = ["QUESTIONS", "show_questions"]

#: Question to what draws its form and its answer.
QUESTIONS: Mapping[str, Callable[[Network], None]] = {
    "partners": partners.show_partners,
    "suggestions": partners.show_suggestions,
    "bridges": bridges.show_bridges,
    "chain": chains.show_chain,
    "removal": removal.show_removal,
    "leads": leads.show_leads,
    "home": home.show_home,
    "recurring": recurring.show_recurring,
    "change": changes.show_change,
}


def show_questions(network: Network) -> None:
    """Draw the questions, and the one that was chosen.

    :param network: the network of the page.
    """
    question = choose_segment("question", text("question"), list(QUESTIONS), lambda name: text(f"question.{name}"))
    st.caption(text(f"question.{question}.help"))
    QUESTIONS[question](by_organisations(network))
