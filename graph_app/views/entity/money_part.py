"""The money of one entity, counted as the page Funding counts it."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.links import page_link
from graph_app.components.money_charts import draw_bars
from graph_app.components.texts import language, number, text
from graph_app.money import totals
from graph_app.network.filters import Filters
from graph_app.views.faults import say_faults
from graph_app.views.funding.asked import Asked, count_funding, is_read
from graph_app.views.funding.told import say_counted
from graph_app.views.reading import settings

__all__ = ["show_money"]

#: Bars of fewer years than this say no more than the total.
_YEARS = 2


def show_money(iri: str, kinds: Sequence[str]) -> None:
    """Draw the money of an entity: at once where the release has been read for it, else when somebody wants it.

    :param iri: the entity.
    :param kinds: the filters that take it, such as ``country``.
    """
    st.fragment(_shown)(iri, kinds)


def _shown(iri: str, kinds: Sequence[str]) -> None:
    if is_read():
        st.subheader(text("section.money"), anchor=False)
        with say_faults():
            _money(iri, kinds)
        return
    fold = st.expander(text("section.money"), icon=":material/payments:", key=f"money {iri}", on_change="rerun")
    if fold.open:
        with fold, say_faults():
            _money(iri, kinds)


def _money(iri: str, kinds: Sequence[str]) -> None:
    told = False
    for kind in kinds:
        filters = Filters.from_json({kind: [iri]})
        asked = count_funding(filters)
        if asked.projects:
            told = True
            _counted(asked, filters, iri, kind)
        if kind == "organisation":
            told |= _received(iri)
    st.caption(text("entity.money.level" if told else "entity.money.none"))


def _counted(asked: Asked, filters: Filters, iri: str, kind: str) -> None:
    counted = asked.counted
    total = totals.in_all(counted)
    figures = {
        text(f"entity.money.{kind}"): number(total.euros, 2) if total.amounts else "–",
        text("funding.amounts"): number(total.amounts),
        text("funding.projects"): number(asked.projects),
    }
    with st.container(horizontal=True, key=f"money figures {kind}"):
        for label, value in figures.items():
            st.metric(label, value)
    say_counted(asked)
    years, undated = totals.by_year(counted)
    drawn = {str(year): euros for year, euros in years.items() if euros}
    if len(drawn) >= _YEARS:
        title = text("funding.years")
        key = f"money {kind} {iri} {language()}"
        draw_bars(drawn, across=text("column.year"), up=text("column.euros"), key=key, description=title)
        st.caption(text("funding.years.note", undated=number(undated, 2)))
    query = {name: texts[0] for name, texts in filters.to_query(settings().base).items()}
    with st.container(horizontal=True):
        page_link("funding", text("entity.money.funding"), icon=":material/payments:", query=query)
        page_link("funding", text("entity.money.rule"), icon=":material/rule:", query=query | {"part": "rule"})


def _received(iri: str) -> bool:
    """Draw what an organisation itself receives, of all projects: it may be a recipient and no more than that."""
    sums = totals.by(count_funding(Filters()).counted, "recipient")
    if iri not in sums.names:
        return False
    place = sums.names.index(iri)
    with st.container(horizontal=True, key="money figures recipient"):
        st.metric(text("entity.money.received"), number(sums.euros[place], 2))
        st.metric(text("funding.projects"), number(sums.projects[place]))
    with st.container(horizontal=True):
        query = {"part": "sums", "by": "recipient"}
        page_link("funding", text("entity.money.recipients"), icon=":material/payments:", query=query)
    return True
