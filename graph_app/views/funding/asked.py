"""What of the graph the page is about: its filters, the book of the release, and what counts of it."""

from dataclasses import dataclass
from typing import get_args

import numpy as np
import streamlit as st

from graph_app.components.choices import choose_segment, remember
from graph_app.components.links import link
from graph_app.components.texts import text
from graph_app.money.book import Book
from graph_app.money.reading import read_book
from graph_app.money.rule import Counted, Level, Scope, count
from graph_app.network.filters import Filters
from graph_app.questions.catalogue import view
from graph_app.questions.current import current_engine
from graph_app.questions.engine import Engine
from graph_app.views.partnerships.filter_panel import choose_filter, choose_period
from graph_app.views.reading import references, release, settings

__all__ = ["Asked", "ask_funding", "count_funding", "is_read"]

_FIRST = ("donor", "country", "target_group")
_MORE = ("programme", "theme", "dataset", "organisation")
_KEPT = 40


@dataclass(frozen=True, eq=False)
class Asked:
    """What the page is about.

    :param filters: what it is narrowed to.
    :param counted: what counts.
    :param queries: the queries that it stands on.
    :param projects: how many projects fit.
    """

    filters: Filters
    counted: Counted
    queries: tuple[str, ...]
    projects: int


def ask_funding() -> Asked:
    """Draw the filters, and count.

    :raises graph_app.network.filters.FilterError: if the address says what is no filter.
    :raises graph_app.questions.errors.QueryError: if the graph does not answer.
    """
    given = Filters.from_query({name: st.query_params.get_all(name) for name in st.query_params}, settings().base)
    values: dict[str, object] = {}
    with st.container(border=True):
        for place, kind in zip(st.columns(len(_FIRST)), _FIRST, strict=True):
            with place:
                values[kind] = choose_filter(kind)
        left, right = st.columns(2)
        with left:
            values |= choose_period(given)
        with right:
            levels = get_args(Level)
            chosen = choose_segment("level", text("funding.level"), levels, lambda name: text(f"funding.level.{name}"))
            level: Level = "regrant" if chosen == "regrant" else "origin"
        below = any(getattr(given, kind) for kind in _MORE)
        with (
            st.expander(text("filter.more"), icon=":material/tune:", expanded=below),
            st.grid(len(_MORE), min_column_width=240),
        ):
            for kind in _MORE:
                with st.container():
                    values[kind] = choose_filter(kind)
        _say_projects(given)
    return count_funding(Filters.from_json(values | {"project": given.project}), level)


def count_funding(filters: Filters, level: Level = "origin") -> Asked:
    """Count what filters choose, as the page does.

    :param filters: what money is narrowed to.
    :param level: money at its origin, or money granted on.
    :raises graph_app.questions.errors.QueryError: if the graph does not answer.
    """
    with current_engine(settings()).lease() as engine:
        return _asked(engine.release.version, filters, level, engine)


def is_read() -> bool:
    """Tell whether the book of the current release has been read, so that counting takes a moment."""
    return release().version in _read()


def _say_projects(given: Filters) -> None:
    # There are too many projects to choose from here: pages of projects lead here with theirs.
    if given.project:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(text("funding.only"), width="content")
            for one in references(given.project).values():
                link(one)
            icon = ":material/close:"
            st.button(text("funding.all_projects"), icon=icon, on_click=remember, args=("project", []), type="tertiary")


@st.cache_resource(show_spinner=False)
def _read() -> set[str]:
    return set()


# Arguments with an underscore are not part of the key: a release is told by its version.
@st.cache_resource(max_entries=2, show_spinner=False)
def _book(version: str, _engine: Engine) -> Book:
    book = read_book(lambda name, values: _engine.arrays(view(name), values))
    _read().add(version)
    return book


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _asked(version: str, filters: Filters, level: Level, _engine: Engine) -> Asked:
    book = _book(version, _engine)
    # Roles narrow networks; whoever pays or is paid, the money is the same.
    values = {name: texts for name, texts in filters.parameters().items() if name != "excluded"}
    answer = _engine.arrays(view("funding-projects"), values)
    chosen = np.zeros(len(book.projects), bool)
    chosen[book.projects.find(sorted(set(answer.column("context"))))] = True
    scope = Scope(chosen, filters.donor, filters.programme, filters.country, level)
    return Asked(filters, count(book, scope), (answer.query, *book.queries), int(chosen.sum()))
