"""A field that is filled by choosing, from a list or among entities."""

from collections.abc import Callable, Mapping

import streamlit as st

from graph_app.components.form.around import Around
from graph_app.components.texts import text
from graph_app.stewardship.form import Spot, columns_in, sheet_named, values_in_cell
from loaders.template.sheets import SEPARATOR, Column

__all__ = ["cell_of", "draw_picker", "label_of", "show_cell", "values_of"]


def label_of(column: Column, spot: Spot, around: Around) -> str:
    """Return the label of a field, as the shapes have it; screen readers are told it as it is written.

    :param column: its column.
    :param spot: the field.
    :param around: the form.
    :returns: the label, with a star where the field must be filled; a text need be filled in one language only.
    """
    columns = columns_in(sheet_named(spot.sheet), around.form.languages)
    others = [one.key for one in columns if one.field == column.field and one.key != column.key]
    asked = column.required and not any(around.form.text(spot._replace(key=key)) for key in others)
    return column.title(around.languages[1]) + (" *" if asked else "")


def values_of(column: Column, cell: str) -> list[str]:
    """Return the values that a cell of a column holds.

    :param column: the column.
    :param cell: the text of the cell.
    """
    return values_in_cell(cell) if column.many else [cell] if cell else []


def draw_picker(
    column: Column,
    shown: Mapping[str, str],
    spot: Spot,
    around: Around,
    *,
    help_text: str,
    take: Callable[[Column, Spot, Around], None],
    other: bool = False,
) -> None:
    """Draw the field.

    :param column: the column that it fills.
    :param shown: what a cell says to what a person reads.
    :param spot: the field.
    :param around: the form.
    :param help_text: Markdown that explains the field.
    :param take: puts what was chosen into the form.
    :param other: whether other words than those shown may be typed.
    """
    label, key, arguments = label_of(column, spot, around), around.key(spot), (column, spot, around)
    placeholder = text("type_to_find") if other else text("choose")

    def name(value: str) -> str:
        return shown.get(value, value)

    if column.many:
        st.multiselect(
            label, list(shown), format_func=name, key=key, help=help_text, placeholder=placeholder,
            accept_new_options=other, on_change=take, args=arguments,
        )  # fmt: skip
    else:
        st.selectbox(
            label, list(shown), index=None, format_func=name, key=key, help=help_text, placeholder=placeholder,
            accept_new_options=other, on_change=take, args=arguments,
        )  # fmt: skip


def cell_of(spot: Spot, around: Around) -> str:
    """Return the text of the cell that says what is chosen.

    :param spot: the field.
    :param around: the form.
    """
    state = st.session_state[around.key(spot)]
    words = state if isinstance(state, list) else [state or ""]
    return f"{SEPARATOR} ".join(filter(None, (word.replace(SEPARATOR, ",").strip() for word in words)))


def show_cell(column: Column, cell: str, spot: Spot, around: Around) -> None:
    """Have the field hold what its cell says.

    :param column: the column that it fills.
    :param cell: the text of the cell.
    :param spot: the field.
    :param around: the form.
    """
    st.session_state[around.key(spot)] = values_of(column, cell) if column.many else cell or None
