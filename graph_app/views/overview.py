"""Overview: what is in the graph, how fresh and complete it is, where it comes from, and a search over everything."""

import streamlit as st

from graph_app.components.coverage import draw_coverage
from graph_app.components.escape import escape
from graph_app.components.header import header
from graph_app.components.links import link, page_link
from graph_app.components.sparql import show_sparql
from graph_app.components.texts import number, text
from graph_app.questions.catalogue import questions, with_prefixes
from graph_app.questions.coverage import shares
from graph_app.views.finding import search_field, show_first
from graph_app.views.reading import answer, ask, query_text, references, release

__all__ = ["show"]

#: Classes whose instances are counted, with the page that lists them, or the question that does.
_COUNTED = (
    ("Project", "project", ""),
    ("Organisation", "organisation", ""),
    ("Donor", "donor", ""),
    ("Partnership", "partnerships", ""),
    ("Programme", "programme", ""),
    ("Grant", "", ""),
    ("Output", "ask", "outputs"),
    ("Discrepancy", "quality", ""),
)
#: What projects state, as the page tells it.
_TOLD = (
    "title", "description", "website", "start", "period", "country", "target group", "theme", "participant", "donor",
    "programme", "amount",
)  # fmt: skip


def show() -> None:
    """Draw the page."""
    header(text("product"), text("overview.intro"))
    _search()
    _counts()
    left, right = st.columns(2, gap="medium")
    with left:
        _datasets()
    with right:
        st.subheader(text("overview.completeness"), anchor=False)
        stated = shares(ask)
        draw_coverage([stated[fact] for fact in _TOLD])
    _release()
    show_sparql(query_text("datasets"), with_prefixes(questions()["coverage"].text))


def _search() -> None:
    if words := search_field("search"):
        show_first(words)


def _counts() -> None:
    entities = release().entities
    grid = st.grid(4, min_column_width=150, border=True)
    for name, page, question in _COUNTED:
        with grid.cell():
            st.metric(text(f"overview.{name}"), number(entities.get(name, 0)))
            if page:
                query = {"question": question} if question else None
                page_link(page, text("see_all"), icon=":material/arrow_forward:", query=query)


def _datasets() -> None:
    st.subheader(text("overview.sources"), anchor=False)
    rows = list(answer("datasets"))
    named = references(row["dataset"].value for row in rows)
    for row in rows:
        with st.container(border=True, gap="xsmall"):
            link(named[row["dataset"].value])
            told = [
                text(f"dataset.{key}", value=escape(row[key].value))
                for key in ("publisher", "licence", "retrieved", "records", "document")
                if key in row
            ]
            st.caption(" · ".join(told))
            if "hash" in row:
                st.caption(f"SHA-256 `{escape(row['hash'].value)[:16]}…`")


def _release() -> None:
    current = release()
    st.subheader(text("overview.release"), anchor=False)
    st.markdown(
        text(
            "overview.release_line",
            version=escape(current.version),
            created=escape(f"{current.created:%Y-%m-%d %H:%M} UTC"),
            triples=current.triples,
        )
    )
    st.code(f"sha256:{current.sha256}", language=None, wrap_lines=True)
