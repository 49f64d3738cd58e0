"""A field that refers to other entities: pick one by name, in the graph or in this form, or create one."""

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.form.around import Around
from graph_app.components.form.picker import cell_of, draw_picker, show_cell, values_of
from graph_app.components.texts import text
from graph_app.stewardship.form import Spot
from loaders.identifiers import is_iri
from loaders.template.sheets import Column, sheets

__all__ = ["draw_reference", "name_of"]

_SUGGESTED = 6


def draw_reference(column: Column, spot: Spot, around: Around) -> bool:
    """Draw the field: what is typed and is no name to pick is looked up, and may become a new entity of the form.

    :param column: the column that it fills.
    :param spot: the field.
    :param around: the form.
    :returns: whether everything that it refers to is settled; else the field itself asks for it.
    """
    own = around.form.choices(column.reference)
    offered = {**around.graph.offered(column.reference), **own}
    cell = around.form.text(spot)
    values = values_of(column, cell)
    shown = {ident: text("form.in_this_form", name=name) for ident, name in own.items()} | {
        address: name for address, name in offered.items() if address not in own
    }
    shown |= {value: name_of(column, value, around) for value in values if value not in shown}
    if around.key(spot) not in st.session_state:
        show_cell(column, cell, spot, around)
    explained = f"{escape(column.help[around.languages[1]])}  \n{text('form.pick')}"
    draw_picker(column, shown, spot, around, help_text=explained, take=_take, other=True)
    open_words = [value for value in values if value not in offered and not _is_address(column, value)]
    for word in open_words:
        _settle(column, word, spot, around)
    return not open_words


def name_of(column: Column, value: str, around: Around) -> str:
    """Return what people call an entity that a field refers to.

    :param column: the column.
    :param value: one value of the field.
    :param around: the form.
    """
    own = around.form.choices(column.reference)
    return own.get(value) or (around.graph.named(value) if _is_address(column, value) else value)


def _settle(column: Column, word: str, spot: Spot, around: Around) -> None:
    """Ask which entity a word means."""
    st.markdown(text("form.which", name=escape(word)))
    found = list(around.graph.found(column.reference, word).items())[:_SUGGESTED]
    with st.container(horizontal=True):
        for address, name in found:
            st.button(
                escape(name),
                key=around.key(spot, "is", word, address),
                help=escape(address),
                icon=":material/hub:",
                on_click=_refer,
                args=(column, spot, around, word, address),
            )
        if any(sheet.kind == column.reference for sheet in sheets()):
            st.button(
                text("form.create", name=escape(word)),
                key=around.key(spot, "new", word),
                icon=":material/add:",
                on_click=_refer_to_new,
                args=(column, spot, around, word),
            )


def _is_address(column: Column, value: str) -> bool:
    return is_iri(value) or value.startswith(f"{column.reference}/")


def _take(column: Column, spot: Spot, around: Around) -> None:
    show_cell(column, around.form.fill(spot, cell_of(spot, around)), spot, around)


def _refer(column: Column, spot: Spot, around: Around, word: str, address: str) -> None:
    show_cell(column, around.form.refer(spot, word, address), spot, around)


def _refer_to_new(column: Column, spot: Spot, around: Around, word: str) -> None:
    show_cell(column, around.form.refer_to_new(spot, word), spot, around)
