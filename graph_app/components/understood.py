"""What was understood of files: format, encoding, columns and records."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st
from openpyxl.utils import get_column_letter

from graph_app.components.escape import escape
from graph_app.components.texts import in_language, number, text
from graph_app.stewardship.draft_check import Checked
from graph_app.stewardship.understood import FileRead
from loaders.fields import ValueKind
from loaders.model import ENTITIES
from loaders.records import Cell
from loaders.sources import SOURCES

__all__ = ["draw_encoding", "draw_understood"]

_CUT = 60


def draw_understood(checked: Checked, named: Callable[[Sequence[str]], Mapping[str, str]]) -> None:
    """Draw what was understood.

    :param checked: the check.
    :param named: IRIs to what people call them.
    """
    if checked.form:
        told = text("understood.format", format=escape(in_language(SOURCES[checked.form].title)))
        st.markdown(f"{told} {escape(checked.reason)}")
    for file in checked.files:
        size = number(file.size)
        separator = text("understood.tab") if file.separator == "\t" else f"“{file.separator}”"
        how = text("understood.csv", encoding=file.encoding, separator=separator) if file.separator else ""
        st.markdown(f"**{escape(file.name)}**: {size} B{'. ' if how else ''}{escape(how)}")
    known = checked.understood
    names = named(
        [str(ENTITIES[kind].type) for kind in known.counts if kind in ENTITIES]
        + [column.property for column in known.columns if column.property]
    )

    def kind_name(kind: str) -> str:
        return names.get(str(ENTITIES[kind].type), kind) if kind in ENTITIES else kind

    if known.counts:
        counts = ", ".join(f"{count} × {kind_name(kind)}" for kind, count in known.counts.items())
        st.markdown(text("understood.records", records=escape(counts)))
    else:
        st.markdown(text("understood.nothing"))
    headings = _headings(checked)
    rows = [
        {
            text("understood.column"): column.letter or "–",
            text("understood.heading"): headings.get((column.file, column.sheet, column.letter), ""),
            text("understood.sheet"): column.sheet or column.file,
            text("understood.fills"): f"{kind_name(column.kind)} · {names.get(column.property, column.field)}",
        }
        for column in known.columns
    ]
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", height=min(320, 38 + 35 * len(rows)))
    for sheet in checked.sheets:
        for index, heading in known.unread((sheet.file, sheet.sheet), sheet.rows):
            place = f"{sheet.sheet or sheet.file}, {get_column_letter(index + 1)}"
            st.markdown(f":material/visibility_off: {text('understood.unread', place=escape(place))} {escape(heading)}")
    for kind, records in known.examples.items():
        st.markdown(f"**{escape(kind_name(kind))}**, {text('understood.first')}")
        preview = [
            {
                name: "; ".join(_shown(kind, name, cell) for cell in cells)[:_CUT]
                for name, cells in record.fields.items()
            }
            for record in records
        ]
        st.dataframe(pd.DataFrame(preview).fillna(""), hide_index=True, width="stretch")


def _shown(kind: str, name: str, cell: Cell) -> str:
    """Return a value as people know it: a reference of a table by what stands there, not by the key made of it."""
    refers = kind in ENTITIES and ENTITIES[kind].field(name).kind is ValueKind.REFERENCE
    return cell.source if refers and cell.source else cell.text


def draw_encoding(file: FileRead, on_choice: Callable[[str], None]) -> None:
    """Draw the question in which encoding a file is written, with words by which people see it.

    :param file: a file that does not say it.
    :param on_choice: called with the encoding that somebody confirms, before the page is drawn anew.
    """
    samples = dict(file.choices)
    with st.container(border=True):
        st.markdown(f"**{text('understood.encoding', file=escape(file.name))}**")
        key = f"encoding {file.name}"
        st.radio(
            text("understood.words"),
            list(samples),
            index=list(samples).index(file.encoding) if file.encoding in samples else 0,
            format_func=lambda encoding: f"{escape(samples[encoding])}  ({encoding})",
            key=key,
        )
        confirm = text("understood.confirm")
        st.button(
            confirm, type="primary", key=f"confirm {file.name}", on_click=lambda: on_choice(st.session_state[key])
        )


def _headings(checked: Checked) -> Mapping[tuple[str, str, str], str]:
    headings: dict[tuple[str, str, str], str] = {}
    for sheet in checked.sheets:
        place = (sheet.file, sheet.sheet)
        cells = sheet.rows.get(checked.understood.header(place, sheet.rows), ())
        headings |= {(*place, get_column_letter(index + 1)): cell for index, cell in enumerate(cells)}
    return headings
