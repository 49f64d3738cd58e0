"""Accepting many pairs at once, after a look at the whole list: all of a strict rule, or all from a score on."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from graph_app.components.choices import choose_segment, choose_value
from graph_app.components.links import Reference
from graph_app.components.listing import draw_listing
from graph_app.components.messages import empty
from graph_app.components.texts import language, text
from graph_app.identity.entities import CLASSES
from graph_app.journal.decisions import Judgement, Way
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.deciding import decide
from graph_app.stewardship.pairs import Pair, acceptable, decision_on, effect_of
from graph_app.views.acting import attempt
from graph_app.views.identity.asked import Asked, find_pairs
from graph_app.views.identity.notices import keep_contradictions
from graph_app.views.identity.words import rule_name
from graph_app.views.reading import settings

__all__ = ["show_batches"]

_RULE, _SCORE = "rule", "score"
_FROM = ("0.90", "0.92", "0.94", "0.96", "0.98", "0.99", "1.00")
_COLUMNS = ("left", "right", "score", "reason")


def show_batches(asked: Asked) -> None:
    """Draw what can be accepted at once.

    :param asked: what the page stands on.
    """
    pairs = find_pairs(asked)
    if pairs is None:
        return
    st.markdown(text("who.batch.intro"))
    by = choose_segment("accept", text("who.batch.by"), (_RULE, _SCORE), lambda name: text(f"who.batch.{name}"))
    if by == _RULE:
        rules = Counter(pair.candidate.rule for pair in pairs if pair.candidate and pair.candidate.rule)
        if not rules:
            empty(text("who.batch.no_rule"))
            return
        rule = choose_value("by", text("who.batch.rule"), list(rules), next(iter(rules)), words=rule_name)
        found, way = acceptable(pairs, rule=rule) if rule in rules else (), Way.RULE
    else:
        least = choose_value("from", text("who.batch.from"), _FROM, _FROM[-1])
        found, way = acceptable(pairs, least=float(least) if least in _FROM else 1.0), Way.BATCH
    if not found:
        empty(text("who.batch.nothing"))
        return
    _listed(asked, found, way)


def _listed(asked: Asked, found: Sequence[Pair], way: Way) -> None:
    decisions = [decision_on(pair, Judgement.SAME, way=way) for pair in found]
    effect = effect_of(decisions, asked.decided)
    st.markdown(
        text(
            "who.batch.effect",
            count=f"{len(found):,}",
            before=f"{effect.before:,}",
            after=f"{effect.after:,}",
            largest=f"{effect.largest:,}",
        )
    )
    if effect.contradicted:
        st.warning(text("who.batch.contradicted", count=effect.contradicted), icon=":material/warning:")
    draw_listing(_COLUMNS, [_row(asked.kind, pair) for pair in found], name=f"who-is-who-{way}")
    if asked.actor is None:
        return
    if st.button(text("who.batch.accept", count=f"{len(found):,}"), type="primary", key=f"accept {way}"):
        actor: Actor = asked.actor

        def work() -> None:
            keep_contradictions(decide(decisions, actor, settings()).contradicted)

        attempt(work, text("who.batch.accepting"), text("who.batch.accepted"))


def _row(kind: str, pair: Pair) -> tuple[Reference | str | float | None, ...]:
    seen = pair.candidate
    if seen is None:
        return pair.left, pair.right, None, None
    reasons = " ".join(reason.text(language()) for reason in seen.reasons)
    return (
        Reference(seen.left, seen.left_name, CLASSES[kind]),
        Reference(seen.right, seen.right_name, CLASSES[kind]),
        seen.score,
        reasons,
    )
