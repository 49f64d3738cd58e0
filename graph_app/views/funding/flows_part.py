"""Flows of money, as a diagram and a table."""

import streamlit as st

from graph_app.components.links import Reference
from graph_app.components.listing import Entry
from graph_app.components.messages import empty
from graph_app.components.money_charts import Band, draw_sankey
from graph_app.components.texts import language, text
from graph_app.money import totals
from graph_app.money.flows import COLUMNS, Flow, flows
from graph_app.views.funding.asked import Asked
from graph_app.views.funding.listed import list_rows
from graph_app.views.reading import references

__all__ = ["show_flows"]

_SHOWN = 12


def show_flows(asked: Asked) -> None:
    """Draw where money flows; ties of donors and projects where no sum counts.

    :param asked: what the page is about.
    """
    euros = totals.in_all(asked.counted).amounts > 0
    found = flows(asked.counted, _SHOWN, euros=euros)
    if not found:
        empty(text("nothing_yet"))
        return
    ends = [(flow, _next(flow)) for flow in found]
    named = references({iri for flow in found for iri in (flow.source, flow.target) if iri not in {"none", "others"}})
    keys = {(column, iri) for flow, after in ends for column, iri in ((flow.column, flow.source), (after, flow.target))}
    nodes = {key: named.get(key[1]) or _unnamed(*key) for key in keys}
    labels = {f"{column} {iri}": node if isinstance(node, str) else node.label for (column, iri), node in nodes.items()}
    bands = [
        Band(COLUMNS.index(flow.column), f"{flow.column} {flow.source}", f"{after} {flow.target}", flow.value)
        for flow, after in ends
    ]
    st.subheader(text("funding.flows"))
    draw_sankey(bands, labels, key=f"flows {language()}", description=text("funding.flows"))
    st.caption(
        text("funding.flows.read", shown=_SHOWN, unit=text("funding.unit.euros" if euros else "funding.unit.projects"))
    )
    rows: list[list[Entry]] = [
        [labels[f"{flow.column} {flow.source}"], labels[f"{after} {flow.target}"], round(flow.value, 2)]
        for flow, after in ends
    ]
    list_rows(("flowFrom", "flowTo", "euros" if euros else "projects"), rows, name="flows")


def _next(flow: Flow) -> str:
    return COLUMNS[COLUMNS.index(flow.column) + 1]


def _unnamed(column: str, what: str) -> Reference | str:
    return text(f"funding.{what}.{column}")
