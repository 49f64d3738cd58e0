"""What a decision gave that its page says once: why it was not taken, and which other one stands in its way."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.choices import forget, remember
from graph_app.components.messages import problem, refusal
from graph_app.components.texts import text
from graph_app.journal.decisions import Decision
from graph_app.views.identity.named import names_of, sentence_of

__all__ = ["go_to", "keep_contradictions", "keep_fault", "say_notices"]

_FAULT, _CONTRADICTED = "who fault", "who contradicted"
#: More of one batch are in its table.
_SHOWN = 10


def keep_fault(error: Exception) -> None:
    """Have the page say why something was not done.

    :param error: what happened.
    """
    st.session_state[_FAULT] = refusal(error)


def keep_contradictions(contradicted: Sequence[tuple[Decision, Decision]]) -> None:
    """Have the page say which decisions were not taken, each with the one that says otherwise.

    :param contradicted: the pairs of decisions.
    """
    st.session_state[_CONTRADICTED] = list(contradicted)


def say_notices() -> None:
    """Say what was kept, once; a contradiction stays until the next decision."""
    if fault := st.session_state.pop(_FAULT, ""):
        problem(text("acting.refused"), fault)
    told: Sequence[tuple[Decision, Decision]] = st.session_state.get(_CONTRADICTED, ())
    names = names_of(one for pair in told[:_SHOWN] for one in pair)
    for number, (wanted, other) in enumerate(told[:_SHOWN]):
        problem(
            text("who.contradicted"),
            text("who.contradicts", wanted=sentence_of(wanted, names), other=sentence_of(other, names)),
        )
        st.button(
            text("who.go_to_other"),
            key=f"go to other {number}",
            icon=":material/arrow_forward:",
            on_click=go_to,
            args=((other.left, other.right),),
        )
    if len(told) > _SHOWN:
        st.caption(text("who.more", count=len(told) - _SHOWN))


def go_to(pair: Sequence[str]) -> None:
    """Show a pair.

    :param pair: IRIs of the two, without the base.
    """
    remember("part", [])
    forget(["part"])
    st.session_state.pop(_CONTRADICTED, None)
    remember("pair", list(pair))
