"""What was decided: the decisions that hold, and the events that wrote them down, each of which can be taken back."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeVar

import streamlit as st

from graph_app.components.choices import choose_segment
from graph_app.components.downloads import as_csv, download
from graph_app.components.escape import escape
from graph_app.components.messages import empty
from graph_app.components.texts import language, text
from graph_app.components.times import exactly
from graph_app.journal.decisions import Decided, Decision, decisions_of
from graph_app.journal.events import Event, EventType
from graph_app.journal.loads import undone
from graph_app.stewardship.deciding import undo, withdraw
from graph_app.views.acting import attempt
from graph_app.views.identity.asked import Asked
from graph_app.views.identity.named import names_of, sentence_of
from graph_app.views.identity.notices import go_to
from graph_app.views.identity.words import rule_name
from graph_app.views.reading import settings

__all__ = ["show_history"]

_ON_A_PAGE = 20
#: Decisions of one event that are told one by one; all of them are in the file.
_TOLD = 20
_T = TypeVar("_T")
_HOLD, _EVENTS = "hold", "events"
_COLUMNS = ("left", "judgement", "right", "way", "score", "rule", "who", "when", "comment", "reasons")


def show_history(asked: Asked) -> None:
    """Draw the decisions that hold, or all events.

    :param asked: what the page stands on.
    """
    shown = choose_segment("show", text("who.history.show"), (_HOLD, _EVENTS), lambda name: text(f"who.history.{name}"))
    if shown == _HOLD:
        _hold(asked)
    else:
        _events(asked)


def _hold(asked: Asked) -> None:
    about = st.query_params.get("about", "")
    held = [one for one in reversed(asked.decided) if _is_about(one.decision, asked.kind, about)]
    if not held:
        empty(text("who.history.none"))
        return
    shown = _paged(held, "hold")
    names = names_of(one.decision for one in shown)
    for one in shown:
        with st.container(border=True):
            _told(one.decision, names, one.event)
            with st.container(horizontal=True):
                key = " ".join(sorted(one.decision.pair))
                st.button(
                    text("who.history.look"),
                    key=f"look {key}",
                    icon=":material/compare_arrows:",
                    on_click=go_to,
                    args=((one.decision.left, one.decision.right),),
                    type="tertiary",
                )
                if asked.actor is not None and st.button(
                    text("who.withdraw"), key=f"withdraw {key}", icon=":material/remove_done:", type="tertiary"
                ):
                    work = partial(withdraw, one.decision.left, one.decision.right, asked.actor, settings())
                    attempt(work, text("review.working"), text("who.history.withdrawn"))
    download("CSV", partial(_csv, held), "match-decisions.csv", "text/csv")


def _events(asked: Asked) -> None:
    gone = undone(asked.events)
    made = [event for event in reversed(asked.events) if event.type is EventType.MATCH_DECIDED]
    if not made:
        empty(text("who.history.none"))
        return
    for event in _paged(made, "events"):
        decided = decisions_of(event)
        with st.container(border=True):
            ways = ", ".join(sorted({text(f"who.way.{one.decision.way}") for one in decided}))
            told = text("who.history.event", number=event.seq, count=len(decided), ways=ways)
            st.markdown(f"**{told}** · {escape(event.actor)} · {exactly(event.time)}")
            _undone(event, gone.get(event.hash), asked)
            fold = st.expander(
                text("who.history.decisions", count=len(decided)), key=f"decisions of {event.seq}", on_change="rerun"
            )
            if fold.open:
                with fold:
                    _all_of(event, decided)


def _all_of(event: Event, decided: Sequence[Decided]) -> None:
    told = [one.decision for one in decided[:_TOLD]]
    names = names_of(told)
    for decision in told:
        _told(decision, names)
    if len(decided) > _TOLD:
        st.caption(text("who.more", count=len(decided) - _TOLD))
    download("CSV", partial(_csv, decided), f"match-decisions-{event.seq}.csv", "text/csv")


def _undone(event: Event, by: Event | None, asked: Asked) -> None:
    """Say that and why an event was undone, or let whoever may decide undo it."""
    if by is not None:
        reason = escape(str(by.details.get("reason", "")))
        st.caption(text("who.history.undone", name=escape(by.actor), when=exactly(by.time), reason=reason))
        return
    if asked.actor is None:
        return
    actor = asked.actor
    with st.popover(text("who.history.undo"), icon=":material/undo:", key=f"undo {event.seq}"):
        said = st.text_input(text("who.history.reason"), key=f"why {event.seq}", max_chars=500).strip()
        if st.button(text("who.history.undo_all"), key=f"undo all {event.seq}", disabled=not said):
            work = partial(undo, event.seq, actor, settings(), reason=said)
            attempt(work, text("review.working"), text("who.history.undone_now"))


def _told(decision: Decision, names: Mapping[str, str], event: Event | None = None) -> None:
    """Say what a decision says, how it came about and why."""
    told = [text(f"who.way.{decision.way}")]
    if decision.rule:
        told.append(rule_name(decision.rule))
    if decision.score is not None:
        told.append(text("who.score", score=f"{decision.score:.2f}"))
    if event is not None:
        told += [escape(event.actor), exactly(event.time)]
    reasons = [escape(_said(reason)) for reason in decision.reasons]
    ends = f"{escape(decision.left)} ↔ {escape(decision.right)}"
    lines = [ends, " · ".join(told), *reasons, *([f"“{escape(decision.comment)}”"] if decision.comment else [])]
    st.markdown(sentence_of(decision, names))
    st.caption("  \n".join(lines))


def _is_about(decision: Decision, kind: str, about: str) -> bool:
    # What is not of this installation's base says nothing of its kind.
    of_kind = decision.left.startswith(f"{kind}/") or "://" in decision.left
    return about in decision.pair if about else of_kind


def _paged(rows: Sequence[_T], name: str) -> Sequence[_T]:
    """Draw which page of rows is shown, where there are more than one, and return its rows."""
    pages = -(-len(rows) // _ON_A_PAGE)
    page = 1
    if pages > 1:
        page = st.number_input(text("who.history.page", pages=pages), 1, pages, key=f"page of {name}", width=220)
    return rows[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]


def _said(reason: Mapping[str, str]) -> str:
    return reason.get(language()) or next(iter(reason.values()), "")


def _csv(decided: Sequence[Decided]) -> bytes:
    rows = [
        (
            one.decision.left,
            one.decision.judgement.value,
            one.decision.right,
            one.decision.way.value,
            one.decision.score,
            one.decision.rule,
            one.event.actor,
            one.event.time.isoformat(),
            one.decision.comment,
            " ".join(_said(reason) for reason in one.decision.reasons),
        )
        for one in decided
    ]
    return as_csv(_COLUMNS, rows)
