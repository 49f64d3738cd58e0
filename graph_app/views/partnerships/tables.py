"""The tables beside the map: ties, and nodes with what measures say of them."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.listing import Entry, draw_listing
from graph_app.components.texts import in_language, language, text
from graph_app.network.measures import Measures, definitions
from graph_app.network.network import Network
from graph_app.views.networks import node
from graph_app.views.partnerships.evidence_panel import show_tie
from graph_app.views.reading import references

__all__ = ["show_figures", "show_nodes", "show_ties"]

#: Ties that the table lists with their projects; all of them stand in the downloads.
_LISTED = 300
#: Projects that a row names; the graph is asked for their titles.
_NAMED = 8
_NODES = 2_000
_WEIGHTS = ("count", "newman", "money")


def show_ties(network: Network, chosen: Sequence[int] = ()) -> None:
    """Draw the strongest ties; a chosen one opens what stands behind it.

    :param network: the network.
    :param chosen: numbers of nodes: of one all ties, of several those among them.
    """
    weight = network.weights.get(network.filters.weight, network.weights["count"])
    order = np.argsort(-np.nan_to_num(weight), kind="stable")
    if chosen:
        ends = np.isin(network.source, chosen).astype(int) + np.isin(network.target, chosen)
        order = order[ends[order] >= min(2, len(chosen))]
    listed = order[:_LISTED].tolist()
    behind = [network.shared(int(network.source[tie]), int(network.target[tie])) for tie in listed]
    named = references({context for contexts in behind for context in contexts[:_NAMED]})
    weights = [name for name in _WEIGHTS if name in network.weights]
    rows: list[list[Entry]] = [
        [
            node(network, int(network.source[tie])),
            node(network, int(network.target[tie])),
            *(_number(float(network.weights[name][tie]), whole=name == "count") for name in weights),
            tuple(named[context] for context in contexts[:_NAMED]),
        ]
        for tie, contexts in zip(listed, behind, strict=True)
    ]
    columns = ["organisation", "partner", *(f"weight_{name}" for name in weights), "projects"]
    opened = draw_listing(columns, rows, name="ties", selectable=True)
    if len(order) > _LISTED:
        st.caption(text("partnerships.strongest", shown=_LISTED, all=len(order)))
    if any(len(contexts) > _NAMED for contexts in behind):
        st.caption(text("partnerships.named", shown=_NAMED))
    st.caption(text("partnerships.ties_help"))
    if opened is not None:
        show_tie(network, int(network.source[listed[opened]]), int(network.target[listed[opened]]))


def show_nodes(network: Network, measures: Measures, by: str, chosen: Sequence[int] = ()) -> None:
    """Draw the nodes with what was measured of them.

    :param network: the network.
    :param measures: the measures.
    :param by: name of the measure that puts them in order.
    :param chosen: numbers of the nodes to list; all where none are chosen.
    """
    values = np.nan_to_num(measures.nodes[by], nan=-np.inf)
    order = np.lexsort((-measures.nodes["degree"], -values)) if "degree" in measures.nodes else np.argsort(-values)
    listed = [number for number in order.tolist() if not chosen or number in set(chosen)]
    told = [name for name in ("type", "seat") if name in network.attributes]
    rows: list[list[Entry]] = [
        [
            node(network, number),
            *(network.attributes[name][number] for name in told),
            *(_number(float(found[number]), whole=name in _WHOLE) for name, found in measures.nodes.items()),
        ]
        for number in listed[:_NODES]
    ]
    columns = ["organisation", *({"type": "organisationType", "seat": "seat"}[name] for name in told), *measures.nodes]
    headings = {name: in_language(definitions()[name].title) for name in measures.nodes}
    draw_listing(columns, rows, name="organisations", headings=headings)
    if len(listed) > _NODES:
        st.caption(text("question.first_of", shown=_NODES, all=len(listed)))
    _definitions(measures, list(measures.nodes))


def show_figures(measures: Measures) -> None:
    """Draw the figures of the whole network, each with what it means and how it was found.

    :param measures: the measures.
    """
    rows: list[list[Entry]] = [
        [
            in_language(definitions()[name].title),
            None if np.isnan(value) else float(value),
            in_language(definitions()[name].says),
            measures.how[name].text(language()),
        ]
        for name, value in measures.figures.items()
    ]
    draw_listing(("measure", "value", "meaning", "how"), rows, name="figures")


def _definitions(measures: Measures, names: Sequence[str]) -> None:
    with st.expander(text("partnerships.definitions"), icon=":material/menu_book:"):
        for name in names:
            one = definitions()[name]
            how = measures.how[name].text(language()) if name in measures.how else ""
            told = " · ".join(escape(part) for part in (in_language(one.says), one.source, how) if part)
            st.markdown(f"**{escape(in_language(one.title))}**  \n{told}")


#: Measures that count, or number.
_WHOLE = frozenset({"degree", "in_degree", "out_degree", "projects", "core", "component", "community", "cut_point"})


def _number(value: float, *, whole: bool) -> float | None:
    return None if np.isnan(value) else int(value) if whole else value
