"""The page of one entity, put together, and the list of entities where none is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from graph_app.components.choices import choose_one
from graph_app.components.facts import draw_facts
from graph_app.components.header import header
from graph_app.components.links import ENTITY_PAGE, Reference, link
from graph_app.components.messages import empty
from graph_app.components.rows import Cell, draw_rows
from graph_app.components.sources import draw_sources
from graph_app.components.sparql import show_sparql
from graph_app.components.texts import text
from graph_app.questions.results import Table
from graph_app.views.entity.money_part import show_money
from graph_app.views.entity.one_with import offer_who_is_who, one_with
from graph_app.views.entity.small_network import small_network
from graph_app.views.entity.statements import cells_of, facts_of, sources_of, written_of
from graph_app.views.entity.take_away import PageTable, show_take_away
from graph_app.views.entity.timeline_part import show_dates, show_timeline
from graph_app.views.entry_names import name_in_entries
from graph_app.views.reading import answer, complete, entities, query_text, reference, settings
from loaders.vocabulary import DCAT, IG, SKOS

__all__ = ["EntityPage", "Section"]

_LISTED = 90
#: The page whose entities have dates of their own.
_PROJECT = "project"
#: Shares of the width that columns of sections take, where they need more than one.
_WIDTHS: Mapping[str, float] = {
    "project": 3,
    "organisation": 3,
    "programme": 2,
    "role": 1.5,
    "sourceRole": 1.7,
    "start": 1.3,
    "end": 1.3,
    "statement": 4,
    "subject": 3,
    "output": 3,
    "description": 3,
    "website": 2,
    "evidence": 1.3,
    "scheme": 2,
    "mention": 2,
    "name": 3,
    "loadedAs": 3,
    "decision": 1.5,
    "dataset": 2.5,
    "left": 2,
    "right": 2,
    "reason": 4,
}

#: Class of what no source tells of to the words that say why.
_WITHOUT_SOURCE: Mapping[str, str] = {
    str(IG.Country): "own_term",
    str(IG.TargetGroup): "own_term",
    str(SKOS.Concept): "own_term",
    str(DCAT.Dataset): "is_source",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A table of related entities.

    :param heading: key of its heading in the texts.
    :param query: name of its query in ``queries/views``.
    :param parameter: parameter of the query that takes the entity.
    :param cells: makes an answer about the entity ready for drawing.
    :param timeline: whether its projects are also drawn in time.
    :param kind: the column that colours tell there.
    :param note: key of a sentence that says how its rows are chosen, or empty.
    """

    heading: str
    query: str
    parameter: str = "iri"
    cells: Callable[[Table, str], list[list[Cell]]] = cells_of
    timeline: bool = False
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EntityPage:
    """The page of one kind of entity.

    :param path: path of the page.
    :param sections: its tables.
    :param filter: filter of networks that its network follows, or empty for none.
    :param money: filters that its money follows.
    """

    path: str
    sections: tuple[Section, ...] = ()
    filter: str = ""
    money: tuple[str, ...] = ()

    def show(self) -> None:
        """Draw the page of ``?iri=``, or the list of entities where there is none."""
        iri = st.query_params.get("iri", "").strip()
        if iri:
            _entity(self, iri)
        elif self.path == ENTITY_PAGE:
            header(text("page.entity"))
            empty(text("entity_needs_iri"))
        else:
            _picker(self)


def _picker(page: EntityPage) -> None:
    header(text(f"page.{page.path}.many"), text(f"page.{page.path}.intro"))
    options = entities(page.path)
    if not options:
        empty(text("nothing_yet"))
        return
    chosen = choose_one(f"pick {page.path}", text("find"), options, placeholder=text("type_to_find"))
    if chosen:
        st.query_params["iri"] = chosen
        st.rerun()
    st.caption(text("in_the_graph", count=len(options)))
    with st.grid(3, min_column_width=260, gap=("xsmall", "small")):
        for option in options[:_LISTED]:
            link(option, page=page.path)
    if len(options) > _LISTED:
        st.caption(text("more_rows", shown=_LISTED, all=len(options)))


def _entity(page: EntityPage, iri: str) -> None:
    subject = reference(iri)
    if not subject.known and (one := one_with(iri)):
        st.query_params["iri"] = one
        st.rerun()
    if not subject.known:
        header(text(f"page.{page.path}"))
        empty(text("unknown_entity"))
        st.code(iri, language=None, wrap_lines=True)
        return
    kind = reference(subject.type).label if subject.type and page.path == ENTITY_PAGE else text(f"page.{page.path}")
    header(subject.label, kind=kind)
    _addresses(subject)
    offer_who_is_who(subject)
    asked = [("facts", "iri")]
    queries: tuple[str, ...] = ()
    left, right = st.columns([3, 2], gap="large") if page.filter else (st.container(), None)
    with left:
        _facts(subject)
    if right is not None:
        with right:
            st.subheader(text("section.network"), anchor=False)
            queries = small_network([iri], page.filter)
    if page.money:
        show_money(iri, page.money)
    if page.path == _PROJECT and (dates := show_dates(iri)):
        asked.append((dates, "iri"))
    tables: list[PageTable] = []
    for section in page.sections:
        if (table := _section(section, iri)) is not None:
            tables.append(table)
            asked.append((section.query, section.parameter))
    asked += _sources(subject)
    show_take_away(subject, tables)
    show_sparql(*(query_text(name, **{parameter: iri}) for name, parameter in asked), *queries)


def _facts(subject: Reference) -> None:
    st.subheader(text("section.facts"), anchor=False)
    if facts := facts_of(subject.iri):
        draw_facts(facts)
        if subject.type not in _WITHOUT_SOURCE and not complete():
            st.caption(text("in_making.places"))
    else:
        st.caption(text("no_facts"))


def _section(section: Section, iri: str) -> PageTable | None:
    """Draw a section; return its table, or nothing where it has no rows."""
    table = answer(section.query, **{section.parameter: iri})
    if not table.rows:
        return None
    st.subheader(text(section.heading), anchor=False)
    if section.note:
        st.caption(text(section.note))
    cells = section.cells(table, iri)
    if section.timeline:
        show_timeline(table.columns, cells, section.kind, section.query)
    draw_rows(table.columns, cells, _WIDTHS, name=section.query)
    return PageTable(text(section.heading), section.query, table.columns, cells)


def _sources(subject: Reference) -> list[tuple[str, str]]:
    """Draw where all of it comes from; return the queries that tell it."""
    st.subheader(text("section.sources"), anchor=False)
    asked = [("sources", "iri")]
    if not (sources := sources_of(subject.iri)):
        st.caption(text(_WITHOUT_SOURCE.get(subject.type, "no_sources")))
        return asked
    draw_sources(sources)
    if complete() and (written := written_of(subject.iri)):
        asked.append(("cells", "iri"))
        with st.expander(text("section.cells"), icon=":material/table_view:"):
            draw_rows(
                ("fact", "sourceValue", "place"), written, {"fact": 2, "sourceValue": 4, "place": 3}, name="cells"
            )
    return asked


def _addresses(subject: Reference) -> None:
    st.caption(f"`{subject.iri}`")
    if brief := name_in_entries(subject, settings().base):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(text("in_entries"), width="content")
            st.code(brief, language=None, width="content", wrap_lines=True)
