"""The part of Ask where SPARQL is written."""

import re
from dataclasses import dataclass

import streamlit as st

from graph_app.components.editor import Given, can_draw_editor, draw_editor, written
from graph_app.components.escape import escape
from graph_app.components.links import page_link
from graph_app.components.messages import problem
from graph_app.components.texts import language, text
from graph_app.questions.layout import laid_out
from graph_app.questions.saved import MOST_CHARACTERS, read_all
from graph_app.views.answers import fault_of
from graph_app.views.reading import release, settings

__all__ = ["Asked", "shown_again", "write"]

_KEY = "editor"
_GIVEN, _SEEN, _AGAIN, _MARKED = "editor given", "editor seen", "editor again", "editor marked"

#: What an unused tab holds.
_EXAMPLE = """SELECT ?project ?title ?start
WHERE {
  ?project a ig:Project ;
    dct:title ?title .
  OPTIONAL { ?project ig:startDate ?start }
}
ORDER BY ?start
LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that somebody wrote and asked.

    :param text: the query; empty where none was asked.
    :param title: what its first comment or line says.
    :param again: whether it is asked anew, even if it has failed before.
    """

    text: str
    title: str
    again: bool


def write() -> Asked:
    """Draw the editor and what was kept before.

    :returns: what was asked last, as the address says it.
    """
    asked = st.query_params.get("q", "")
    if len(asked) > MOST_CHARACTERS:
        problem(text("ask.refused"), text("ask.too_long", most=MOST_CHARACTERS, long=len(asked)))
        asked = ""
    if asked and asked != st.session_state.get(_SEEN):
        st.session_state[_SEEN] = asked
        st.session_state[_GIVEN] = Given.now(asked)
    if can_draw_editor():
        fault = fault_of(asked)
        st.session_state[_MARKED] = fault
        draw_editor(
            key=_KEY,
            example=_EXAMPLE,
            vocabulary=f"/vocabulary/{release().version}/{language()}",
            given=st.session_state.get(_GIVEN),
            fault=fault,
            on_run=_run,
            on_format=_lay_out,
        )
    else:
        asked = _plain(asked)
    st.caption(text("ask.permalink"))
    _kept()
    return Asked(asked, _title(asked), st.session_state.pop(_AGAIN, False))


def shown_again(asked: str) -> None:
    """Draw the page once more where the editor does not show yet what is wrong with the query.

    :param asked: the query.
    """
    if can_draw_editor() and fault_of(asked) != st.session_state.get(_MARKED):
        st.rerun()


def _run() -> None:
    asked = written(_KEY, "run")
    if asked.strip():
        st.session_state[_SEEN] = asked
        st.session_state[_AGAIN] = True
        st.query_params["q"] = asked


def _lay_out() -> None:
    query = written(_KEY, "format")
    if query and len(query) <= MOST_CHARACTERS:
        st.session_state[_GIVEN] = Given.now(laid_out(query), laid_out=True)


def _plain(asked: str) -> str:
    """Let a query be written where the editor was not built."""
    with st.form("sparql", border=False):
        query = st.text_area(
            text("ask.query"),
            value=asked or _EXAMPLE,
            height=260,
            max_chars=MOST_CHARACTERS,
            key="sparql text",
            help=text("ask.query_help"),
        )
        if st.form_submit_button(text("ask.run"), type="primary", shortcut="Ctrl+Enter") and query.strip():
            st.session_state[_AGAIN] = True
            st.query_params["q"] = query
            return query
    return asked


def _kept() -> None:
    queries, faults = read_all(settings().home)
    if queries or faults:
        with st.expander(text("save.kept", count=len(queries)), icon=":material/bookmarks:"):
            for kept in queries:
                page_link("ask", escape(f"{kept.title} ({kept.author}, {kept.when[:10]})"), query={"saved": kept.slug})
            for fault in faults:
                st.caption(escape(fault))


def _title(query: str) -> str:
    named = re.match(r"(?:\s*PREFIX[^\n]*\n)*\s*#+\s*(\S.*)", query, re.IGNORECASE)
    return named[1].strip()[:200] if named else text("ask.own")
