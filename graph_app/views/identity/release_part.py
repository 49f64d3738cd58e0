"""How many decisions wait for a release, making it, and what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

import streamlit as st

from graph_app.components.links import link
from graph_app.components.texts import text
from graph_app.identity.entities import CLASSES
from graph_app.journal.decisions import decisions_in_force
from graph_app.releases.merging.merge import decisions_digest
from graph_app.releases.release import Release
from graph_app.stewardship.releasing import make_release
from graph_app.views.acting import attempt
from graph_app.views.identity.asked import Asked
from graph_app.views.reading import answer, references, release, settings

__all__ = ["show_release"]

_MADE = "who release"
_LINKED = 30


@dataclass(frozen=True, slots=True)
class _Made:
    """A release that was made on this page.

    :param version: of the release.
    :param counts: kind to how many there were before, and are now.
    :param merged: IRIs of what is made of other mentions than before.
    :param compared: how many were compared for it, where there are more than that; else 0.
    """

    version: str
    counts: Mapping[str, tuple[int, int]]
    merged: tuple[str, ...]
    compared: int = 0


def show_release(asked: Asked) -> None:
    """Say how many decisions the release lacks, and let whoever may decide make one that has them.

    :param asked: what the page stands on.
    """
    current = release()
    waiting = _waiting(current.version, current.decisions, asked.state, asked, current)
    if waiting:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="who release"):
            st.markdown(f":material/hourglass_top: {text('who.waiting', count=waiting)}", width="stretch")
            if asked.actor is not None and st.button(
                text("who.make_release"), key="make the release", icon=":material/publish:"
            ):
                attempt(_make, text("who.making"), text("who.made"))
    made: _Made | None = st.session_state.get(_MADE)
    if made is not None and made.version == current.version:
        _changed(made)


# Arguments with an underscore are not part of the key: the state tells what the journal holds.
@st.cache_data(max_entries=8, show_spinner=False)
def _waiting(version: str, decisions: str, state: str, _asked: Asked, _current: Release) -> int:  # noqa: ARG001
    """Count the pairs on which the journal says something else than the release."""
    if decisions == decisions_digest(_asked.events):
        return 0
    there = {one.decision.pair: one.decision for one in decisions_in_force(_asked.events[: _current.journal.seq])}
    now = {one.decision.pair: one.decision for one in _asked.decided}
    return sum(there.get(pair) != now.get(pair) for pair in {**there, **now}) or len(now)


def _make() -> None:
    before, mentions = release().entities, _mentions()
    with st.status(text("who.making"), expanded=False) as status:
        steps = count(1)
        made = make_release(settings(), lambda _: status.update(label=text("who.making_step", step=next(steps))))
    now = _mentions()
    counts = {kind: (before.get(_class(kind), 0), made.entities.get(_class(kind), 0)) for kind in CLASSES}
    changed = tuple(sorted(iri for iri in {*mentions, *now} if mentions.get(iri) != now.get(iri)))
    st.session_state[_MADE] = _Made(made.version, counts, changed, len(now) if answer("merged").truncated else 0)


def _class(kind: str) -> str:
    return CLASSES[kind].rpartition("#")[2]


def _mentions() -> Mapping[str, str]:
    return {row["entity"].value: row["mentions"].value for row in answer("merged")}


def _changed(made: _Made) -> None:
    """Say what the release changed, with links to what became one."""
    with st.container(border=True):
        for kind, (before, now) in made.counts.items():
            st.markdown(f"**{text(f'page.{kind}.many')}**: {before:,} → {now:,}")
        if made.compared:
            st.caption(text("who.merged_cut", count=f"{made.compared:,}"))
        if not made.merged:
            return
        st.caption(text("who.merged", count=len(made.merged)))
        named = references(made.merged[:_LINKED])
        with st.container(horizontal=True):
            for iri in made.merged[:_LINKED]:
                link(named[iri])
        if len(made.merged) > _LINKED:
            st.caption(text("who.more", count=len(made.merged) - _LINKED))
