"""What lets others come to the same answer: its address, a citation, cells for notebooks, a saved name."""

from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

import streamlit as st

from graph_app.components.downloads import download
from graph_app.components.escape import escape
from graph_app.components.messages import problem
from graph_app.components.texts import language, text
from graph_app.questions.citing import Citation
from graph_app.questions.notebook import python_cell, r_cell
from graph_app.questions.results import Table, Triples, Truth
from graph_app.questions.saved import SavedError, keep
from graph_app.views.acting import page_actor, why_nobody
from graph_app.views.reading import release, settings

__all__ = ["VIEW", "show_share"]

#: Query parameters that say how an answer is drawn.
VIEW = ("view", "chart", "x", "y", "colour", "together", "country", "value", "from", "to")


def show_share(found: Table | Triples | Truth, query: str, title: str) -> None:
    """Draw a fold with all of it.

    :param found: the answer.
    :param query: the whole SPARQL text with its PREFIX lines.
    :param title: what was asked, in one line.
    """
    with st.expander(text("cite.title"), icon=":material/format_quote:"):
        here = _address()
        st.markdown(f"**{text('cite.address')}**")
        st.code(here, language=None, wrap_lines=True)
        _citation(found, query, title, here)
        if isinstance(found, Table):
            _notebooks(found, query, title)
    with st.expander(text("save.title"), icon=":material/bookmark_add:"):
        _save(query, title)


def _citation(found: Table | Triples | Truth, query: str, title: str, here: str) -> None:
    current = release()
    rows = len(found) if isinstance(found, Table) else len(found.lines) if isinstance(found, Triples) else 1
    day = datetime.now(UTC).date()
    cited = Citation(title, query, found.release, current.sha256, day, rows, found.truncated, here)
    st.markdown(f"**{text('cite.text')}**")
    st.code(cited.text(language()), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        download("BibTeX", cited.bibtex().encode(), "integration-graph.bib", "application/x-bibtex")
        download("CSL-JSON", cited.csl().encode(), "integration-graph.json", "application/vnd.citationstyles.csl+json")


def _notebooks(found: Table, query: str, title: str) -> None:
    here = urlsplit(st.context.url or "")
    endpoint = f"{here.scheme}://{here.netloc}/sparql"
    st.markdown(f"**{text('cite.notebook')}**")
    python, r = st.tabs(["Python", "R"])
    with python:
        st.code(python_cell(query, endpoint, release=found.release, title=title), language="python", wrap_lines=True)
    with r:
        st.code(r_cell(query, endpoint, release=found.release, title=title), language="r", wrap_lines=True)


def _save(query: str, title: str) -> None:
    actor = page_actor()
    if actor is None:
        st.caption(why_nobody())
        return
    st.caption(text("save.note"))
    with st.form("save", border=False):
        called = st.text_input(text("save.name"), value=title[:200], max_chars=200)
        pushed = st.form_submit_button(text("save.keep"), icon=":material/bookmark_add:")
    if not pushed:
        return
    shown = {name: st.query_params[name] for name in VIEW if name in st.query_params}
    try:
        kept = keep(settings().home, called, query, shown, actor.name)
    except SavedError as error:
        problem(text("save.refused"), escape(error))
        return
    here = urlsplit(st.context.url or "")
    st.success(text("save.done"))
    st.code(f"{here.scheme}://{here.netloc}/query/{kept.slug}", language=None, wrap_lines=True)


def _address() -> str:
    query = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(query)}"
