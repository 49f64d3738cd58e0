"""The fields of a form, each with the widget for its kind of value and with what was found about it."""

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.form.around import Around
from graph_app.components.form.picker import cell_of, draw_picker, label_of, show_cell, values_of
from graph_app.components.form.references import draw_reference
from graph_app.components.form.told import draw_told
from graph_app.components.texts import text
from graph_app.stewardship.form import Spot
from loaders.fields import ValueKind
from loaders.template.choices import choices, list_name, same_choice
from loaders.template.sheets import SEPARATOR, Column

__all__ = ["draw_field"]

#: Fewer than a cell of a workbook holds, which is cut without a word.
_LONGEST = 30_000
_PROSE = frozenset({"description"})
_EXAMPLES = {
    ValueKind.DATE: "2024-03-31",
    ValueKind.DECIMAL: "1250000.50",
    ValueKind.INTEGER: "250",
    ValueKind.DURATION: "P18M",
    ValueKind.URL: "https://",
}


def draw_field(column: Column, spot: Spot, around: Around) -> None:
    """Draw a field, and below it what was found about it.

    :param column: the column of the template that it fills.
    :param spot: the field.
    :param around: the form.
    """
    if column.reference:
        if not draw_reference(column, spot, around):
            return
    elif list_name(column):
        _draw_choice(column, spot, around)
    else:
        _draw_text(column, spot, around)
    if written := around.form.written.get(spot):
        st.caption(text("form.read_as", written=escape(written), value=escape(around.form.text(spot))))

    def accept(repair: str) -> None:
        _show(column, around.form.fill(spot, repair), spot, around)

    repairable = None if column.reference else accept
    draw_told(around.told(spot), around.form.text(spot), key=around.key(spot), accept=repairable)


def _draw_text(column: Column, spot: Spot, around: Around) -> None:
    st.session_state.setdefault(around.key(spot), around.form.text(spot))
    said = escape(column.help[around.languages[1]])
    draw = st.text_area if column.field in _PROSE else st.text_input
    draw(
        label_of(column, spot, around),
        key=around.key(spot),
        help=f"{said}  \n{text('form.several')}" if column.many else said,
        max_chars=_LONGEST,
        placeholder=_EXAMPLES.get(column.values, "") if column.values is not None else "",
        on_change=_take_text,
        args=(column, spot, around),
    )


def _draw_choice(column: Column, spot: Spot, around: Around) -> None:
    written_in, reader = around.languages
    offered = choices(list_name(column), written_in, reader)
    values = _chosen(column, around.form.text(spot), around)
    if around.key(spot) not in st.session_state:
        _show(column, around.form.text(spot), spot, around)
    # What is no choice stays to be seen until somebody chooses another.
    shown = {**offered, **{value: value for value in values if value not in offered}}
    draw_picker(column, shown, spot, around, help_text=escape(column.help[reader]), take=_take_choice)


def _chosen(column: Column, cell: str, around: Around) -> list[str]:
    return [same_choice(list_name(column), around.languages[0], value) for value in values_of(column, cell)]


def _take_text(column: Column, spot: Spot, around: Around) -> None:
    _show(column, around.form.fill(spot, st.session_state[around.key(spot)] or ""), spot, around)


def _take_choice(_column: Column, spot: Spot, around: Around) -> None:
    around.form.fill(spot, cell_of(spot, around))


def _show(column: Column, cell: str, spot: Spot, around: Around) -> None:
    """Have the widget of a field hold what its cell says."""
    if list_name(column):
        show_cell(column, f"{SEPARATOR} ".join(_chosen(column, cell, around)), spot, around)
    else:
        st.session_state[around.key(spot)] = cell
