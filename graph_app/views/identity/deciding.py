"""The buttons that decide on a pair, each with its key, and what they do: the next pair comes up at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from graph_app.components.choices import remember
from graph_app.components.texts import text
from graph_app.journal.decisions import Decision, Judgement
from graph_app.journal.errors import JournalError
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.deciding import decide, undo, withdraw
from graph_app.stewardship.errors import StewardshipError
from graph_app.stewardship.pairs import Pair, Standing, decision_on
from graph_app.views.identity.notices import keep_contradictions, keep_fault
from graph_app.views.reading import settings

__all__ = ["offer_to_decide"]

#: Kind to the ways to decide: key of the label, judgement, whether it is what the second is to the first, and its key.
_WAYS: Mapping[str, Sequence[tuple[str, Judgement, bool, str]]] = {
    "organisation": (
        ("same", Judgement.SAME, False, "S"),
        ("different", Judgement.DIFFERENT, False, "D"),
        ("part", Judgement.PART, False, "P"),
        ("part_swapped", Judgement.PART, True, "Shift+P"),
        ("unsure", Judgement.UNSURE, False, "U"),
    ),
    "project": (
        ("same", Judgement.SAME, False, "S"),
        ("different", Judgement.DIFFERENT, False, "D"),
        ("follows", Judgement.FOLLOWS, False, "F"),
        ("follows_swapped", Judgement.FOLLOWS, True, "Shift+F"),
        ("unsure", Judgement.UNSURE, False, "U"),
    ),
}
_UNDO = "Z"
#: What this session decided: number of the event, and the pair.
_MADE = "who made"


def offer_to_decide(kind: str, pair: Pair, onward: Pair | None, actor: Actor) -> None:
    """Draw the buttons.

    :param kind: ``organisation`` or ``project``.
    :param pair: the pair.
    :param onward: the pair that comes up afterwards, or ``None``.
    :param actor: who decides.
    """
    said = f"who comment {' '.join(pair.key)}"
    with st.container(horizontal=True, gap="small", key="who decide"):
        for name, judgement, swapped, shortcut in _WAYS[kind]:
            st.button(
                text(f"who.decide.{name}"),
                key=f"decide {name}",
                shortcut=shortcut,
                type="primary" if judgement is Judgement.SAME else "secondary",
                on_click=partial(_decide, decision_on(pair, judgement, swapped=swapped), pair, said, onward, actor),
            )
        made: Sequence[tuple[int, tuple[str, str]]] = st.session_state.get(_MADE, ())
        st.button(
            text("who.undo_last"),
            key="undo last",
            shortcut=_UNDO,
            icon=":material/undo:",
            disabled=not made,
            on_click=partial(_undo_last, actor),
            type="tertiary",
        )
        if pair.standing in {Standing.DECIDED, Standing.UNSURE}:
            st.button(
                text("who.withdraw"),
                key="withdraw this",
                icon=":material/remove_done:",
                on_click=partial(_withdraw, pair, actor),
                type="tertiary",
            )
    comment = text("who.comment")
    st.text_input(comment, key=said, max_chars=500, placeholder=comment, label_visibility="collapsed")
    st.caption(text("who.keys"))


def _decide(wanted: Decision, pair: Pair, said: str, onward: Pair | None, actor: Actor) -> None:
    decision = replace(wanted, comment=str(st.session_state.get(said, "")).strip())
    try:
        outcome = decide([decision], actor, settings())
    except (StewardshipError, JournalError) as error:
        keep_fault(error)
        return
    keep_contradictions(outcome.contradicted)
    if outcome.contradicted:
        return
    if outcome.event is not None:
        st.session_state[_MADE] = [*st.session_state.get(_MADE, ()), (outcome.event.seq, pair.key)]
    remember("pair", list(onward.key) if onward is not None else [])


def _undo_last(actor: Actor) -> None:
    made = list(st.session_state.get(_MADE, ()))
    if not made:  # a key can be pressed twice before the page is drawn anew
        return
    seq, pair = made.pop()
    st.session_state[_MADE] = made
    keep_contradictions(())
    try:
        undo(seq, actor, settings(), reason=text("who.undone_at_once"))
    except (StewardshipError, JournalError) as error:
        keep_fault(error)
    remember("pair", list(pair))


def _withdraw(pair: Pair, actor: Actor) -> None:
    keep_contradictions(())
    remember("pair", list(pair.key))
    try:
        withdraw(pair.left, pair.right, actor, settings())
    except (StewardshipError, JournalError) as error:
        keep_fault(error)
