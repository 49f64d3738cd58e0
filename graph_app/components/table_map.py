"""What a map makes of the first rows of a table, and what is said of the table as a whole."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import language, text
from loaders.findings import Finding
from loaders.schemes import COUNTRIES, scheme
from loaders.sources.mapped.preview import PreviewRow
from loaders.template.headings import heading

__all__ = ["draw_form", "draw_preview", "draw_rest", "draw_yaml"]

_HEADINGS_LENGTH = 90
_LANGUAGES = ("", "cs", "en", "de", "fr", "pl", "sk", "es", "it", "uk")
_SHOWN_FIELDS = ("id", "title", "start", "end")


def draw_form(
    sheets: Sequence[str],
    sheet: str,
    rows: Mapping[int, Sequence[str]],
    heading_row: int,
    on_choice: Callable[[str, int | None], None],
    *,
    key: str,
) -> None:
    """Draw the choice of the sheet and of the row of headings.

    :param sheets: names of the sheets.
    :param sheet: the one that is read.
    :param rows: the first rows of it that hold anything.
    :param heading_row: the row of headings.
    :param on_choice: called with a sheet and a row, or no row to have it found.
    :param key: what tells its fields from others.
    """
    left, right = st.columns([1, 3]) if len(sheets) > 1 else (None, st.container())
    if left is not None:
        sheet_key = f"{key} sheet"
        st.session_state[sheet_key] = sheet
        left.selectbox(
            text("draft.sheet"),
            sheets,
            key=sheet_key,
            on_change=lambda: on_choice(st.session_state[sheet_key], None),
        )
    row_key = f"{key} heading row"
    st.session_state[row_key] = heading_row

    def called(row: int) -> str:
        cells = ", ".join(" ".join(cell.split()) for cell in rows.get(row, ()) if cell.strip())
        return f"{row}: {cells[:_HEADINGS_LENGTH]}"

    right.selectbox(
        text("columns.heading_row"),
        list(dict.fromkeys((*rows, heading_row))),
        format_func=called,
        key=row_key,
        on_change=lambda: on_choice(sheet, st.session_state[row_key]),
    )


def draw_rest(given: Mapping[str, str], on_change: Callable[[str, str], None], *, key: str) -> None:
    """Draw what no column says: it is the same in all rows.

    :param given: what is stated: language, country, programme and funder.
    :param on_change: called with the name and the new text.
    :param key: what tells its fields from others.
    """
    st.markdown(f"**{text('columns.rest')}**")
    countries = {"": text("columns.none")} | {c.key: c.label(language()) for c in scheme(COUNTRIES).concepts}
    names = {code: code or text("columns.unstated") for code in _LANGUAGES}
    fields = st.columns(4)
    choices: Sequence[tuple[str, Mapping[str, str]]] = (("language", names), ("country", countries))
    for place, (name, options) in zip(fields, choices, strict=False):
        current, state_key = given.get(name, ""), f"{key} {name}"
        st.session_state[state_key] = current

        def choose(name: str = name, state_key: str = state_key) -> None:
            on_change(name, st.session_state[state_key] or "")

        place.selectbox(
            text(f"columns.rest_{name}"),
            list(dict.fromkeys((*options, current))),
            format_func=partial(_called, options),
            key=state_key,
            on_change=choose,
        )
    for place, name in zip(fields[2:], ("programme", "funder"), strict=True):
        state_key = f"{key} {name}"
        st.session_state[state_key] = given.get(name, "")

        def state(name: str = name, state_key: str = state_key) -> None:
            on_change(name, st.session_state[state_key].strip())

        place.text_input(text(f"columns.rest_{name}"), key=state_key, on_change=state, max_chars=300)


def draw_preview(rows: Sequence[PreviewRow]) -> None:
    """Draw what comes of the first rows, and what cannot be used in them.

    :param rows: the rows.
    """
    roles = {concept.key: concept.label(language()) for concept in scheme("roles").concepts}
    kinds = {concept.key: concept.label(language()) for concept in scheme("amount-kinds").concepts}
    shown = [
        {
            text("columns.row"): row.number,
            text("column.project"): _texts(row.project.get("title") or row.project.get("id", ())),
            text("column.organisations"): "; ".join(f"{n} ({roles.get(r, r)})" for n, r in row.organisations),
            text("columns.when"): " – ".join(filter(None, (_texts(row.project.get(n, ())) for n in ("start", "end")))),
            text("column.amounts"): "; ".join(f"{v} {c} ({kinds.get(k, k)})" for v, c, k in row.amounts),
            text("column.programme"): "; ".join(row.programmes),
            text("columns.more"): "; ".join(
                f"{heading('project', name).name[language()]}: {_texts(values)}"
                for name, values in row.project.items()
                if name not in _SHOWN_FIELDS and name not in ("programme", "place")
            ),
        }
        for row in rows
    ]
    if not shown:
        st.caption(text("columns.no_rows"))
        return
    filled = [name for name in shown[0] if any(row[name] for row in shown)]
    st.dataframe(pd.DataFrame(shown)[filled], hide_index=True, width="stretch")
    found = [finding for row in rows for finding in row.findings]
    for finding in found[:8]:
        st.caption(f":material/error: {_place(finding)} {escape(finding.text(language()))}")


def draw_yaml(written: str, on_take: Callable[[str], None], *, key: str) -> None:
    """Draw the map as text, for those who know how to write it.

    :param written: the map.
    :param on_take: called with the text that somebody has changed.
    :param key: what tells its fields from others.
    """
    if not st.toggle(text("columns.as_yaml"), key=f"{key} as yaml"):
        return
    state_key = f"{key} yaml"
    st.session_state[state_key] = written
    st.text_area(
        text("draft.map_text"), height=360, key=state_key, on_change=lambda: on_take(st.session_state[state_key])
    )


def _called(names: Mapping[str, str], word: str) -> str:
    return names.get(word, word)


def _texts(values: Sequence[str]) -> str:
    return ", ".join(values)


def _place(finding: Finding) -> str:
    return f"**{escape(finding.location.text(language()))}**" if finding.location else ""
