"""A sheet of the template as a section of the form: its parts, each with its fields, to add to and to remove."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.form.around import Around
from graph_app.components.form.inputs import draw_field
from graph_app.components.form.picker import values_of
from graph_app.components.form.references import name_of
from graph_app.components.form.told import draw_told
from graph_app.components.texts import text
from graph_app.stewardship.form import Spot, columns_in
from loaders.template.filled import Part
from loaders.template.headings import kind_name
from loaders.template.sheets import Column, Sheet

__all__ = ["draw_sheet"]

_ACROSS = 3
#: Fields from which groups make them easier to survey.
_MANY = 12


def draw_sheet(sheet: Sheet, around: Around) -> None:
    """Draw a section.

    :param sheet: the sheet.
    :param around: the form.
    """
    reader = around.languages[1]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(sheet.name[reader], anchor=False, width="content")
        st.button(
            text("form.add", what=kind_name(sheet.kind)[reader]),
            key=around.key(Spot(sheet.key, 0), "add"),
            icon=":material/add:",
            on_click=around.form.add,
            args=(sheet.key,),
        )
    for place, part in around.form.parts(sheet.key):
        with st.container(border=True):
            _draw_part(sheet, place, part, around)


def _draw_part(sheet: Sheet, place: int, part: Part, around: Around) -> None:
    spot = Spot(sheet.key, place)
    name = _name(sheet, part, around)
    what = kind_name(sheet.kind)[around.languages[1]]
    _head(f"**{escape(f'{what}: {name}' if name else what)}**", spot, around)
    draw_told(around.told(spot), "", key=around.key(spot), accept=None)
    columns = columns_in(sheet, around.form.languages)
    _draw_fields([column for column in columns if column.kind == sheet.kind], spot, around)
    if not sheet.further:
        return
    further = kind_name(sheet.further)[around.languages[1]]
    for number, index in enumerate(around.form.further(sheet.key, place), start=1):
        at = spot._replace(further=index)
        with st.container(border=True):
            _head(f"**{escape(further)} {number}**", at, around)
            _draw_fields([column for column in columns if column.kind == sheet.further], at, around)
    st.button(
        text("form.add", what=further),
        key=around.key(spot, "further"),
        icon=":material/add:",
        on_click=around.form.add_further,
        args=(sheet.key, place),
    )


def _head(title: str, spot: Spot, around: Around) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(title, width="content")
        st.button(
            text("form.remove"),
            key=around.key(spot, "remove"),
            icon=":material/delete:",
            type="tertiary",
            on_click=around.form.remove,
            args=(spot,),
        )


def _name(sheet: Sheet, part: Part, around: Around) -> str:
    """Return what a part is called: its own name, else that of what it refers to."""
    if name := around.form.name(sheet, part):
        return name
    for column in sheet.columns:
        values = values_of(column, part.cells.get(column.key, ""))
        if column.reference and column.reference != "project" and values:
            return name_of(column, values[0], around)
    return ""


def _draw_fields(columns: Sequence[Column], spot: Spot, around: Around) -> None:
    """Draw fields, many of them group by group."""
    shown = [column for column in columns if column.field != "id" and not _is_told_by_the_form(column, spot, around)]
    if len(shown) < _MANY:
        _draw_across(shown, spot, around)
        return
    order = sorted(shown, key=lambda column: column.group.order if column.group is not None else 0.0)
    for group, members in groupby(order, key=lambda column: column.group):
        if group is not None:
            st.caption(f"**{escape(group.name[around.languages[1]])}**")
        _draw_across(list(members), spot, around)


def _draw_across(columns: Sequence[Column], spot: Spot, around: Around) -> None:
    """Draw fields, as many beside each other as can be read."""
    for start in range(0, len(columns), _ACROSS):
        for place, column in zip(st.columns(_ACROSS), columns[start : start + _ACROSS], strict=False):
            with place:
                draw_field(column, spot._replace(key=column.key), around)


def _is_told_by_the_form(column: Column, spot: Spot, around: Around) -> bool:
    """Tell whether a field need not be shown: it names the only project that the form is about."""
    projects = [part.id for _, part in around.form.parts("projects")]
    said = around.form.text(spot._replace(key=column.key))
    return column.reference == "project" and spot.sheet != "projects" and projects == [said]
