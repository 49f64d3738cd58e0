"""One pair: what it may be and why, the decision, and the evidence side by side."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.evidence import draw_evidence
from graph_app.components.links import Reference
from graph_app.components.messages import empty
from graph_app.components.sparql import show_sparql
from graph_app.components.texts import language, text
from graph_app.components.times import exactly
from graph_app.identity.candidates import Candidate
from graph_app.identity.entities import CLASSES
from graph_app.identity.suggestions import LIKELY
from graph_app.stewardship.pairs import Pair, Standing
from graph_app.views.entity.small_network import small_network
from graph_app.views.identity.asked import Asked
from graph_app.views.identity.deciding import offer_to_decide
from graph_app.views.identity.evidence import aspects_of, queries_of
from graph_app.views.identity.named import mentioned, names_of, sentence_of
from graph_app.views.identity.notices import go_to
from graph_app.views.identity.words import rule_name
from graph_app.views.reading import query_text, reference, settings
from loaders.vocabulary import IG

__all__ = ["show_pair"]


def show_pair(asked: Asked, pair: Pair, onward: Pair | None) -> None:
    """Draw a pair.

    :param asked: what the page stands on.
    :param pair: the pair.
    :param onward: the pair that comes up after a decision, or ``None``.
    """
    first, second = _two(pair)
    there = {first.type, second.type} <= {CLASSES[asked.kind], str(IG.Mention)}
    with st.container(border=True):
        st.markdown(f"**{escape(first.label)}** ↔ **{escape(second.label)}**")
        if pair.candidate is not None:
            _why(pair.candidate)
        elif there and pair.decided is None:
            st.caption(text("who.not_suggested"))
        _standing(pair)
        if asked.actor is not None and there:
            offer_to_decide(asked.kind, pair, onward, asked.actor)
    if not there:
        empty(text("who.not_here"))
        return
    draw_evidence(first, second, aspects_of(asked.kind, first.iri, second.iri))
    queries = _network(asked.kind, first, second)
    told = [query_text(name, iri=one.iri) for one in (first, second) for name in queries_of(asked.kind)]
    show_sparql(*told, *queries)


def _two(pair: Pair) -> tuple[Reference, Reference]:
    """Return the two as the release has them; what is one there already is shown by its mentions."""
    base = settings().base
    iris = [iri if "://" in iri else base + iri for iri in pair.key]
    first, second = (reference(iri) for iri in iris)
    if first.known and second.known:
        return first, second
    named = mentioned(iris)
    return named[iris[0]], named[iris[1]]


def _why(seen: Candidate) -> None:
    strength = "likely" if seen.score >= LIKELY else "possible"
    told = [text(f"who.perhaps.{seen.relation}.{strength}"), text("who.score", score=f"{seen.score:.2f}")]
    if seen.rule:
        told.append(text("who.by_the_rule", rule=rule_name(seen.rule)))
    st.markdown(" · ".join(told))
    signs = [":material/block:" if reason.against else ":material/check:" for reason in seen.reasons]
    lines = [f"{sign} {escape(reason.text(language()))}" for sign, reason in zip(signs, seen.reasons, strict=True)]
    st.caption("  \n".join(lines))


def _standing(pair: Pair) -> None:
    """Say what holds of the pair, and since when."""
    known = pair.decided
    if known is None:
        return
    told = text(
        "who.decided_by",
        sentence=sentence_of(known.decision, names_of([known.decision])),
        name=escape(known.event.actor),
        when=exactly(known.event.time),
        way=text(f"who.way.{known.decision.way}"),
    )
    if known.decision.comment:
        told += f" “{escape(known.decision.comment)}”"
    if pair.standing is Standing.FOLLOWS:
        told = f"{text('who.follows_from')} {told}"
    st.info(told, icon=":material/gavel:")
    if pair.standing is Standing.FOLLOWS:
        other = (known.decision.left, known.decision.right)
        st.button(text("who.go_to_other"), key="go to the other", on_click=go_to, args=(other,), type="tertiary")


def _network(kind: str, first: Reference, second: Reference) -> Sequence[str]:
    """Draw both with those they work with, as long as its fold is open: it takes longer than all else."""
    fold = st.expander(text("who.network"), icon=":material/hub:", key="who network", on_change="rerun")
    if not fold.open:
        return ()
    with fold:
        return small_network([first.iri, second.iri], kind)
