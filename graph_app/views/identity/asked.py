"""What the page Who is who asks for: decisions of the journal, pairs of the release, and who may decide."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.messages import problem
from graph_app.components.texts import text
from graph_app.identity.candidates import Candidate
from graph_app.identity.comparing import comparison, earlier, forget
from graph_app.identity.findings import kept_identifier_findings
from graph_app.journal.decisions import Decided, Held
from graph_app.journal.deployment import open_journal
from graph_app.journal.events import Event
from graph_app.journal.journal import Journal
from graph_app.releases.release import Release
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.pairs import Pair, pairs_of
from graph_app.views.reading import release, settings

__all__ = ["Asked", "ask_who_is_who", "count_shared_identifiers", "find_pairs"]

#: A small graph is compared in so many seconds; longer, and the page says how far it is.
_AT_ONCE = 3.0
_LOOK_AGAIN = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the parts of the page stand on.

    :param kind: ``organisation`` or ``project``.
    :param events: all events of the journal.
    :param decided: what is decided and holds.
    :param actor: who may decide here, or ``None``.
    :param state: hash of the last event, which tells one state of the journal from another.
    """

    kind: str
    events: Sequence[Event]
    decided: Sequence[Decided]
    actor: Actor | None
    state: str


def ask_who_is_who(kind: str, actor: Actor | None) -> Asked:
    """Read the journal.

    :param kind: ``organisation`` or ``project``.
    :param actor: who may decide here, or ``None``.
    :raises graph_app.journal.errors.JournalError: if it cannot be read.
    """
    events = _journal(str(settings().home)).events()
    state = events[-1].hash if events else ""
    return Asked(kind, events, _held(state, events), actor, state)


def find_pairs(asked: Asked) -> Sequence[Pair] | None:
    """Return the pairs of the release that may be one, with what is decided on them.

    Where they are still being found, the page says so and draws itself anew when they are there; until then there are
    those of the release before, if these are known.

    :param asked: what the page stands on.
    """
    current = release()
    found = comparison(current, settings(), asked.kind)
    before = earlier(current, asked.kind) if found.candidates is None else None
    if before is None:
        with st.spinner(text("who.comparing")):
            found.wait(_AT_ONCE)
    if found.candidates is not None:
        return _pairs(current.version, asked.kind, asked.state, found.candidates, asked.decided)
    st.fragment(_await, run_every=_LOOK_AGAIN)(asked.kind)
    if before is None or before.candidates is None:
        return None
    # Pairs that became one meanwhile are among the decided ones.
    st.caption(text("who.earlier"))
    return _pairs(f"before {current.version}", asked.kind, asked.state, before.candidates, asked.decided)


def count_shared_identifiers(kind: str) -> int:
    """Return how many identifiers of the release clearly different names share; none where its names are not read.

    :param kind: ``organisation`` or ``project``.
    """
    current = release()
    return _shared(current.version, kind, current)


def _await(kind: str) -> None:
    current = release()
    found = comparison(current, settings(), kind)
    if found.candidates is not None:
        st.rerun()
    if found.fault:
        problem(text("who.not_compared"), escape(found.fault))
        st.button(text("who.compare_again"), on_click=_again, args=(current, kind))
        return
    seconds = int(found.seconds)
    names = found.names
    told = text("who.reading") if names is None else text("who.comparing_names", count=f"{names:,}")
    st.info(f"{told} {text('who.seconds', seconds=seconds)}  \n{text('who.go_on')}", icon=":material/hourglass_top:")


def _again(current: Release, kind: str) -> None:
    forget(current, kind)


# One that stays reads only what was written since.
@st.cache_resource(show_spinner=False)
def _journal(home: str) -> Journal:  # noqa: ARG001 - the key
    return open_journal(settings())


@st.cache_resource(max_entries=4, show_spinner=False)
def _held(state: str, _events: Sequence[Event]) -> Sequence[Decided]:  # noqa: ARG001 - the key
    return _folded(str(settings().home)).after(_events)


@st.cache_resource(show_spinner=False)
def _folded(home: str) -> Held:  # noqa: ARG001 - the key
    return Held()


@st.cache_resource(max_entries=4, show_spinner=False)
def _shared(version: str, kind: str, _release: Release) -> int:  # noqa: ARG001 - the key
    return len(kept_identifier_findings(_release, settings(), kind) or ())


# Arguments with an underscore are not part of the key: events tell one state of decisions from another.
@st.cache_resource(max_entries=8, show_spinner=False)
def _pairs(
    version: str,  # noqa: ARG001 - the key
    kind: str,  # noqa: ARG001 - the key
    state: str,  # noqa: ARG001 - the key
    _candidates: Sequence[Candidate],
    _decided: Sequence[Decided],
) -> Sequence[Pair]:
    return pairs_of(_candidates, _decided, settings().base)
