"""Rows as a table that sorts and scrolls, with links to entities; and the same rows as CSV."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, TypeAlias
from zlib import crc32

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from graph_app.components.downloads import as_csv, download
from graph_app.components.links import Reference, address
from graph_app.components.result import link_column
from graph_app.components.texts import language, text

__all__ = ["Entry", "draw_listing", "say_cut", "with_iris"]

#: What stands in a cell: an entity, several of them, a number, or words.
Entry: TypeAlias = Reference | tuple[Reference, ...] | str | float | None

#: Tables up to this many rows need no scrolling.
_SHOWN_WHOLE = 10
_HEIGHT = 420
_SEPARATOR = " | "


def draw_listing(
    columns: Sequence[str],
    rows: Sequence[Sequence[Entry]],
    *,
    name: str,
    selectable: bool = False,
    headings: Mapping[str, str] = MappingProxyType({}),
    money: Collection[str] = (),
    shares: Collection[str] = (),
) -> int | None:
    """Draw a table.

    :param columns: keys of the headings, ``column.<key>`` in the texts; no two of them alike.
    :param rows: the cells, as many a row as there are columns.
    :param name: name of the table, of which this page has one, and of its file.
    :param selectable: whether a row can be chosen.
    :param headings: column to its heading, for those that have none among the texts.
    :param money: columns that hold sums, which are shown to the cent.
    :param shares: columns that hold shares of one, which are shown in percent.
    :returns: place of the chosen row, or ``None``.
    """
    titles = [headings.get(column) or text(f"column.{column}") for column in columns]
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    config: dict[str, ColumnConfig] = {}
    shown: dict[str, list[object]] = {}
    for column, heading, values in zip(columns, titles, cells, strict=True):
        shown[heading] = [_shown(value) for value in values]
        if any(isinstance(value, Reference) for value in values):
            config[heading] = link_column(heading)
        elif any(isinstance(value, float) for value in values):
            config[heading] = _number_column(sum_of_money=column in money, share=column in shares)
    frame = pd.DataFrame(shown)
    height: int | Literal["content"] = "content" if len(rows) <= _SHOWN_WHOLE else _HEIGHT
    key = f"{name} {language()}"
    chosen: list[int] = []
    if selectable:
        # A choice is the place of a row: with other rows it would mean another one.
        key = f"{key} {crc32(repr(rows).encode()):x}"
        event = st.dataframe(
            frame,
            hide_index=True,
            column_config=config,
            height=height,
            placeholder="–",
            key=key,
            on_select="rerun",
            selection_mode="single-row",
        )
        chosen = [place for place in event.selection.rows if place < len(rows)]
    else:
        st.dataframe(frame, hide_index=True, column_config=config, height=height, placeholder="–", key=key)
    download("CSV", as_csv(*with_iris(columns, rows)), f"{name}.csv", "text/csv")
    return chosen[0] if chosen else None


def _number_column(*, sum_of_money: bool, share: bool) -> ColumnConfig:
    if sum_of_money:
        return st.column_config.NumberColumn(format="localized", step=0.01)
    return st.column_config.NumberColumn(format="percent" if share else "%.4g")


def _shown(value: Entry) -> object:
    if isinstance(value, Reference):
        return address(value)
    return [one.label for one in value] if isinstance(value, tuple) else value


def with_iris(columns: Sequence[str], rows: Sequence[Sequence[Entry]]) -> tuple[list[str], list[list[object]]]:
    """Write rows for a file: names of entities, and their IRIs in columns of their own.

    :param columns: headings.
    :param rows: the cells, as many a row as there are columns.
    :returns: headings and rows.
    """
    linked = [
        column for place, column in enumerate(columns) if any(isinstance(row[place], Reference | tuple) for row in rows)
    ]
    written: list[list[object]] = []
    for row in rows:
        named: list[object] = []
        iris: list[object] = []
        for column, value in zip(columns, row, strict=True):
            many = value if isinstance(value, tuple) else (value,) if isinstance(value, Reference) else ()
            named.append(_SEPARATOR.join(one.label for one in many) if column in linked else value)
            if column in linked:
                iris.append(_SEPARATOR.join(one.iri for one in many))
        written.append(named + iris)
    return [*columns, *(f"{column}_iri" for column in linked)], written


def say_cut(shown: int, whole: int) -> None:
    """Say that a table has only the first of more rows.

    :param shown: how many rows it may have.
    :param whole: how many there are.
    """
    if whole > shown:
        st.caption(text("question.first_of", shown=shown, all=whole))
