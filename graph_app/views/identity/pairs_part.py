"""The pairs to decide, one after another, and the list that they come from."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.choices import choose_one, remember
from graph_app.components.links import page_link
from graph_app.components.messages import empty
from graph_app.components.pair_list import Listed, draw_pair_list
from graph_app.components.texts import text
from graph_app.stewardship.pairs import Known, Pair
from graph_app.views.identity.asked import Asked, count_shared_identifiers, find_pairs
from graph_app.views.identity.filtering import choose_pairs
from graph_app.views.identity.pair_view import show_pair
from graph_app.views.reading import entities, settings

__all__ = ["show_pairs"]

_PAIR = "pair"


def show_pairs(asked: Asked) -> None:
    """Draw the list of pairs and the chosen one.

    :param asked: what the page stands on.
    """
    pairs = find_pairs(asked)
    if pairs is None:
        return
    left, right = st.columns([3, 8], gap="medium")
    with left:
        if shared := count_shared_identifiers(asked.kind):
            page_link("quality", text("who.shared_identifiers", count=f"{shared:,}"), icon=":material/warning:")
        listed = choose_pairs(pairs)
        place, pair = _chosen(asked, pairs, listed)
        if listed:
            draw_pair_list([_told(one) for one in listed], place, lambda other: _choose(listed[other]))
        else:
            empty(text("who.none_listed" if pairs else "who.none"))
        _compare_two(asked)
    with right:
        if pair is not None:
            _step(listed, place)
            show_pair(asked, pair, _onward(listed, place))


def _chosen(asked: Asked, pairs: Sequence[Pair], listed: Sequence[Pair]) -> tuple[int | None, Pair | None]:
    """Return the pair that the address asks for, else the first one, and its place in the list."""
    wanted = tuple(st.query_params.get_all(_PAIR))
    if len(wanted) != 2 or wanted[0] == wanted[1]:
        return (0, listed[0]) if listed else (None, None)
    same = frozenset(wanted)
    place = next((place for place, one in enumerate(listed) if same == frozenset(one.key)), None)
    if place is not None:
        return place, listed[place]
    known = next((one for one in pairs if same == frozenset(one.key)), None)
    return None, known or Known(asked.decided).pair(*wanted)


def _onward(listed: Sequence[Pair], place: int | None) -> Pair | None:
    if place is None:
        return listed[0] if listed else None
    others = [*listed[place + 1 :], *reversed(listed[:place])]
    return others[0] if others else None


def _told(pair: Pair) -> Listed:
    seen = pair.candidate
    if seen is None:
        return Listed(pair.left, pair.right, "")
    told = [f"{seen.score:.2f}"]
    if seen.relation.value != "same":
        told.append(text(f"who.relation.{seen.relation}"))
    if seen.rule:
        told.append(text("who.of_rule"))
    if pair.judgement is not None:
        told.append(text(f"who.standing.{pair.standing}", judgement=text(f"who.verdict.{pair.judgement}")))
    return Listed(seen.left_name, seen.right_name, " · ".join(told))


def _choose(pair: Pair) -> None:
    remember(_PAIR, list(pair.key))


def _step(listed: Sequence[Pair], place: int | None) -> None:
    """Draw what leads to the pairs before and after."""
    before = listed[place - 1] if place else None
    following = listed[0 if place is None else place + 1 :]
    after = following[0] if following else None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, shortcut, icon, to in (("previous", "K", "west", before), ("next", "J", "east", after)):
            st.button(
                text(f"who.{name}"),
                key=f"who {name}",
                shortcut=shortcut,
                icon=f":material/{icon}:",
                disabled=to is None,
                on_click=_choose,
                args=(to,),
                type="tertiary",
            )
        if place is not None:
            st.caption(text("who.place", place=place + 1, count=f"{len(listed):,}"), width="content")


def _compare_two(asked: Asked) -> None:
    """Let two be compared that nobody suggests."""
    fold = st.expander(text("who.any_two"), icon=":material/compare_arrows:", key="any two", on_change="rerun")
    if not fold.open:
        return
    with fold:
        options = entities(asked.kind)
        chosen = [
            choose_one(f"who {name}", text(f"who.{name}"), options, placeholder=text("type_to_find"))
            for name in ("first", "second")
        ]
        short = [iri.removeprefix(settings().base) for iri in chosen if iri]
        st.button(
            text("who.compare"), disabled=len(set(short)) < 2, on_click=remember, args=(_PAIR, short), width="stretch"
        )
