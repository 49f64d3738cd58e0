"""An answer as a table whose entities are links."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from graph_app.components.escape import escape
from graph_app.components.links import Reference, address, fallback_label
from graph_app.components.texts import text
from graph_app.components.values import shown
from graph_app.questions.results import XSD, Table, Term
from graph_app.questions.router import OXIGRAPH

__all__ = ["draw_table", "link_column", "partner_columns"]

_LABEL = "Label"
_AFTER_HASH = r"#([^#]*)$"
_WHOLE = frozenset(XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger"))


def partner_columns(table: Table) -> Mapping[str, str]:
    """Return which columns are shown together: an entity and, beside it, its label.

    :param table: any answer.
    :returns: entity column to label column.
    """
    return {column: column + _LABEL for column in table.columns if column + _LABEL in table.columns}


def link_column(title: str, *, width: int | None = None) -> ColumnConfig:
    """Return the settings of a column that holds addresses made by :func:`graph_app.components.links.address`.

    :param title: heading of the column.
    :param width: its width in pixels; as its content needs, where nothing is said.
    """
    return st.column_config.LinkColumn(title, display_text=_AFTER_HASH, alignment="left", width=width)


def draw_table(table: Table, references: Mapping[str, Reference], *, key: str, worded: bool = False) -> None:
    """Draw an answer.

    :param table: the answer.
    :param references: IRI to reference, for the IRIs that have a page.
    :param key: key of the table on the page.
    :param worded: whether columns have headings among the texts of the screen, ``column.<name>``.
    """
    pairs = partner_columns(table)
    labels = set(pairs.values())
    data: dict[str, Sequence[object]] = {}
    config: dict[str, ColumnConfig] = {}
    for place, column in enumerate(table.columns):
        if column in labels:
            continue
        heading = text(f"column.{column}") if worded else column
        config[column] = st.column_config.Column(heading)
        terms = [row[place] for row in table.rows]
        beside = table.columns.index(pairs[column]) if column in pairs else None
        names = [row[beside] if beside is not None else None for row in table.rows]
        if any(term is not None and term.kind == "iri" for term in terms):
            data[column] = [_link(term, name, references) for term, name in zip(terms, names, strict=True)]
            config[column] = link_column(heading)
            values = [None if term is None or term.kind == "iri" else shown(term) for term in terms]
            if any(values):
                data[text("result_values", column=heading)] = values
        elif all(term is None or term.datatype in _WHOLE for term in terms):
            data[column] = [None if term is None else int(term.value) for term in terms]
        else:
            data[column] = [shown(term) or None for term in terms]
    st.dataframe(pd.DataFrame(data), hide_index=True, column_config=config, key=key, width="stretch", placeholder="–")
    st.caption(
        text(
            "result_note",
            rows=len(table),
            engine=text(f"engine.{table.engine or OXIGRAPH}"),
            milliseconds=round(table.seconds * 1000),
            release=escape(table.release),
        ),
        help=escape(table.reason) or None,
    )
    if table.truncated:
        st.warning(escape(table.notice), icon=":material/content_cut:")


def _link(term: Term | None, name: Term | None, references: Mapping[str, Reference]) -> str | None:
    if term is None or term.kind != "iri":
        return None
    known = references.get(term.value, Reference(term.value, term.value, known=False))
    if known.known:
        # The name in the reader's language comes first; the question's own label is for what has none.
        unnamed = name is not None and known.label == fallback_label(term.value)
        return address(Reference(term.value, name.value if name is not None and unnamed else known.label, known.type))
    return term.value if "#" in term.value else f"{term.value}#{quote(known.label, safe=' ')}"
