"""Search over everything: a field, what is found, and what it can be narrowed by."""

from collections.abc import Mapping, Sequence

import streamlit as st

from graph_app.components.choices import remember
from graph_app.components.escape import escape
from graph_app.components.facets import choose_facet
from graph_app.components.header import header
from graph_app.components.links import page_link
from graph_app.components.messages import empty
from graph_app.components.rows import Cell, draw_rows
from graph_app.components.texts import text
from graph_app.questions.current import current_engine
from graph_app.questions.searching import search
from graph_app.search.find import MARKS, MOST, Found
from graph_app.search.layout import FACETS
from graph_app.search.phrases import LONGEST
from graph_app.views.reading import references, settings

__all__ = ["search_field", "show", "show_first"]

_PAGE, _FIRST = 20, 10
#: Values of a facet that can be chosen.
_VALUES = 200
_WORDS = "words looked for"
_UNMARKED = str.maketrans("", "", "".join(MARKS))


def show() -> None:
    """Draw the page."""
    header(text("page.search"), text("search.intro"))
    words = search_field("q")
    asked = {name: st.query_params.get_all(name) for name in FACETS}
    if not words and not any(asked.values()):
        return
    place = _place(words)
    found = _found(words, asked, place, _PAGE)
    left, right = st.columns([1, 3], gap="large")
    with left:
        chosen = _narrow(found, asked)
    if chosen != asked:
        remember("first", [])
        st.rerun()
    with right:
        _draw(found, words)
        _turn(found, place)


def show_first(words: str) -> None:
    """Draw the best of what is found, and a link to all of it.

    :param words: what a person typed.
    """
    found = _found(words, {}, 0, _FIRST)
    _draw(found, words)
    if found.total > len(found.hits):
        page_link("search", text("search.all"), icon=":material/filter_list:", query={"q": words})


def search_field(name: str) -> str:
    """Draw the field, bound to a query parameter.

    :param name: the query parameter.
    :returns: what stands in it.
    """
    words = st.text_input(
        text("search"),
        value=st.query_params.get(name, "")[:LONGEST],
        placeholder=text("search.placeholder"),
        icon=":material/search:",
        key=f"search words {name}",
        max_chars=LONGEST,
    ).strip()
    remember(name, [words] if words else [])
    return words


def _found(words: str, chosen: Mapping[str, Sequence[str]], first: int, limit: int) -> Found:
    with current_engine(settings()).lease() as engine:
        return search(engine, words, chosen, first=first, limit=limit)


def _narrow(found: Found, asked: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Draw the facets; what is chosen stays there to be taken back, also where nothing is left of it."""
    counts = {name: dict(found.facets.get(name, ())) for name in FACETS}
    offered = {name: [*asked[name], *counts[name]][:_VALUES] for name in FACETS}
    named = references(
        value for name, values in offered.items() for value in values if name != "year" and value.startswith("http")
    )
    chosen: dict[str, list[str]] = {}
    for name, values in offered.items():
        if not values:
            chosen[name] = []
            continue
        told = dict.fromkeys(sorted(values, reverse=True) if name == "year" else values)
        options = [(one, named[one].label if one in named else one, counts[name].get(one, 0)) for one in told]
        chosen[name] = choose_facet(name, options)
    return chosen


def _draw(found: Found, words: str) -> None:
    if not found.indexed:
        st.caption(text("search.no_index"))
    if not found.hits:
        empty(text("search.nothing", words=escape(words)))
        return
    for word, taken in found.instead.items():
        st.caption(text("search.instead", word=escape(word), taken=escape(", ".join(taken))))
    if not found.every:
        st.caption(text("search.any_word"))
    st.caption(text("search.found", count=found.total), help=_limit(found))
    named = references(hit.iri for hit in found.hits)
    kinds = references({entity.type for entity in named.values() if entity.type})
    cells: list[list[Cell]] = [
        [
            (entity := named[hit.iri]),
            kinds[entity.type].label if entity.type in kinds else text("concept"),
            hit.snippet.translate(_UNMARKED).replace("\n", " · "),
        ]
        for hit in found.hits
    ]
    with st.container(border=True):
        draw_rows(("entity", "kind", "found"), cells, {"entity": 3, "kind": 1.6, "found": 4}, name="found")


def _limit(found: Found) -> str | None:
    return text("search.limit", most=MOST) if found.total > found.counted else None


def _place(words: str) -> int:
    """Return the first hit to show: the first of all where other words are looked for."""
    before = st.session_state.get(_WORDS, words)
    st.session_state[_WORDS] = words
    if before != words:
        remember("first", [])
    asked = st.query_params.get("first", "")
    return min(int(asked), MOST) if asked.isascii() and asked.isdigit() and len(asked) <= len(str(MOST)) else 0


def _turn(found: Found, place: int) -> None:
    with st.container(horizontal=True):
        if place and st.button(text("search.before"), icon=":material/arrow_back:"):
            remember("first", [str(place - _PAGE)] if place > _PAGE else [])
            st.rerun()
        if place + len(found.hits) < found.counted and st.button(text("search.after"), icon=":material/arrow_forward:"):
            remember("first", [str(place + _PAGE)])
            st.rerun()
