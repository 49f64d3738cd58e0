"""What an entity's reader takes away: a citation, all that is stated as RDF, and the tables of the page."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st

from graph_app.components.downloads import as_csv, download
from graph_app.components.escape import escape
from graph_app.components.links import Inward, Outward, Reference, fallback_label
from graph_app.components.listing import with_iris
from graph_app.components.rows import Cell
from graph_app.components.texts import language, text
from graph_app.questions.catalogue import view
from graph_app.questions.citing import Citation
from graph_app.questions.formats import to_json, to_turtle
from graph_app.questions.results import Triples
from graph_app.views.faults import say_faults
from graph_app.views.reading import ask, person, query_text, release

__all__ = ["PageTable", "show_take_away"]

_DESCRIPTION = "description"
#: What file names hold of IRIs.
_ODD = re.compile(r"[^A-Za-z0-9_.-]+")


class PageTable(NamedTuple):
    """A table of the page.

    :param heading: its heading.
    :param name: name for files.
    :param columns: names of its columns.
    :param rows: its cells.
    """

    heading: str
    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def show_take_away(subject: Reference, tables: Sequence[PageTable]) -> None:
    """Draw a fold with all of it; what is stated is asked for when somebody opens it.

    :param subject: the entity.
    :param tables: the tables of its page.
    """
    st.fragment(_shown)(subject, tables)


def _shown(subject: Reference, tables: Sequence[PageTable]) -> None:
    st.space("small")
    fold = st.expander(
        text("entity.take_away"), icon=":material/format_quote:", key=f"take away {subject.iri}", on_change="rerun"
    )
    if not fold.open:
        return
    with fold, say_faults():
        found = ask(view(_DESCRIPTION), {"iri": [subject.iri]}, client=person())
        if not isinstance(found, Triples):
            raise TypeError("The description of an entity is no CONSTRUCT.")
        name = _ODD.sub("-", fallback_label(subject.iri)).strip("-")
        _citation(subject, found, name)
        _statements(found, name)
        _tables(tables, name)


def _citation(subject: Reference, found: Triples, name: str) -> None:
    query = query_text(_DESCRIPTION, iri=subject.iri)
    cited = Citation(
        f"{subject.label} <{subject.iri}>",
        query,
        found.release,
        release().sha256,
        datetime.now(UTC).date(),
        len(found.lines),
        found.truncated,
        f"{(st.context.url or '').partition('?')[0]}?{urlencode({'iri': subject.iri})}",
    )
    st.markdown(f"**{text('cite.text')}**")
    st.code(cited.text(language()), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        download("BibTeX", cited.bibtex().encode(), f"{name}.bib", "application/x-bibtex")
        download("CSL-JSON", cited.csl().encode(), f"{name}.csl.json", "application/vnd.citationstyles.csl+json")


def _statements(found: Triples, name: str) -> None:
    st.markdown(text("entity.statements", release=escape(found.release), count=len(found.lines)))
    if found.truncated:
        st.warning(escape(found.notice), icon=":material/content_cut:")
    with st.container(horizontal=True):
        download("JSON-LD", lambda: to_json(found).encode(), f"{name}.jsonld", "application/ld+json")
        download("Turtle", lambda: to_turtle(found).encode(), f"{name}.ttl", "text/turtle")
        download("N-Triples", found.ntriples.encode(), f"{name}.nt", "application/n-triples")


def _tables(tables: Sequence[PageTable], name: str) -> None:
    if not tables:
        return
    st.markdown(f"**{text('entity.tables')}**")
    with st.container(horizontal=True):
        for table in tables:
            label = f"{table.heading} (CSV)"
            download(label, partial(_csv, table), f"{name}-{table.name}.csv", "text/csv")


def _csv(table: PageTable) -> bytes:
    rows = [[cell.label if isinstance(cell, Inward | Outward) else cell for cell in row] for row in table.rows]
    return as_csv(*with_iris(table.columns, rows))
