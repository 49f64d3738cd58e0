"""Which of the pairs are listed: by words, score, rule, standing, or the entity that they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from graph_app.components.choices import choose_value, forget, remember
from graph_app.components.escape import escape
from graph_app.components.texts import text
from graph_app.identity.suggestions import SHOWN
from graph_app.stewardship.pairs import Pair, Standing
from graph_app.views.reading import reference, settings
from loaders.normalise.folding import fold

__all__ = ["Chosen", "choose_pairs", "fitting"]

_LONGEST = 200
_LEAST = ("0.75", "0.80", "0.85", "0.90", "0.95", "1.00")
_ANY_RULE, _BY_RULE, _WITHOUT = "any", "with", "without"
_ALL = "all"
#: Choice to what somebody still has to do.
_STANDINGS: Mapping[str, frozenset[Standing]] = {
    "open": frozenset({Standing.OPEN}),
    "unsure": frozenset({Standing.UNSURE}),
    "decided": frozenset({Standing.DECIDED, Standing.FOLLOWS}),
    _ALL: frozenset(Standing),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What pairs are narrowed to.

    :param words: what the names have to hold, folded.
    :param least: the least score.
    :param rule: ``any``, ``with`` or ``without``.
    :param about: IRI of the entity that they are about, without the base, or empty.
    """

    words: tuple[str, ...] = ()
    least: float = SHOWN
    rule: str = _ANY_RULE
    about: str = ""


def fitting(pairs: Sequence[Pair], chosen: Chosen) -> list[Pair]:
    """Return the pairs that fit, in their order.

    :param pairs: all pairs.
    :param chosen: what they are narrowed to.
    """
    return [pair for pair in pairs if _fits(pair, chosen)]


def choose_pairs(pairs: Sequence[Pair]) -> list[Pair]:
    """Draw the filters, bound to the address of the page.

    :param pairs: all pairs.
    :returns: those that are listed.
    """
    about = st.query_params.get("about", "")
    if about:
        _say_about(about)
    written = _words()
    score, by_rule = st.columns(2)
    with score:
        least = choose_value("least", text("who.least"), _LEAST, _LEAST[0])
    with by_rule:
        rule = choose_value("rule", text("who.by_rule"), [_ANY_RULE, _BY_RULE, _WITHOUT], _ANY_RULE, words=_told_rule)
    narrowed = fitting(pairs, Chosen(tuple(fold(written).split()), _number(least), rule, about))
    counts = {name: sum(one.standing in of for one in narrowed) for name, of in _STANDINGS.items() if name != _ALL}
    states = list(_STANDINGS)
    # The labels of a picker stay the same whatever is decided, so counts stand under it.
    state = choose_value("state", text("who.state"), states, states[0], words=_told_state)
    st.caption(text("who.counts", **{name: f"{count:,}" for name, count in counts.items()}))
    return [pair for pair in narrowed if pair.standing in _STANDINGS.get(state, ())]


def _told_state(name: str) -> str:
    return text(f"who.state.{name}") if name in _STANDINGS else name


def _words() -> str:
    written = st.text_input(
        text("who.words"),
        value=st.query_params.get("q", "")[:_LONGEST],
        max_chars=_LONGEST,
        icon=":material/search:",
        key="who words",
    ).strip()
    remember("q", [written] if written else [])
    return written


def _say_about(about: str) -> None:
    base = settings().base
    named = reference(about if "://" in about else base + about)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text("who.about", name=escape(named.label)), width="content")
        st.button(text("who.about_all"), on_click=_forget_about, type="tertiary", icon=":material/close:")


def _forget_about() -> None:
    remember("about", [])
    remember("pair", [])
    forget(["state"])


def _told_rule(name: str) -> str:
    return text(f"who.by_rule.{name}") if name in {_ANY_RULE, _BY_RULE, _WITHOUT} else name


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return SHOWN


def _fits(pair: Pair, chosen: Chosen) -> bool:
    seen = pair.candidate
    if seen is None or seen.score < chosen.least or (chosen.about and chosen.about not in pair.key):
        return False
    if chosen.rule != _ANY_RULE and bool(seen.rule) is not (chosen.rule == _BY_RULE):
        return False
    names = fold(f"{seen.left_name} {seen.right_name}") if chosen.words else ""
    return all(word in names for word in chosen.words)
