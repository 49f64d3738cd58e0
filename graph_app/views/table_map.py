"""A draft of a table of any shape: what its columns are, said by choices, before it is read."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.messages import problem
from graph_app.components.repairs import draw_sums
from graph_app.components.table_columns import Chosen, Parts, draw_column
from graph_app.components.table_map import draw_form, draw_preview, draw_rest, draw_yaml
from graph_app.components.texts import language, text
from graph_app.journal.deployment import open_journal
from graph_app.stewardship.draft_check import Checked, SheetTexts
from graph_app.stewardship.drafts import Draft, edit_draft
from graph_app.stewardship.edits.accepted import without_row
from graph_app.stewardship.table_map import (
    MapTable,
    Origin,
    TableMap,
    change_map,
    first_rows_of,
    is_table,
    keep_map,
    map_of,
    name_no_total,
    redrafted,
    table_of,
    use_map,
)
from graph_app.views.entry_ways import do
from graph_app.views.reading import settings
from loaders.errors import SourceError, SourceFault
from loaders.findings import Finding
from loaders.sources.mapped.choices import LEFT_OUT, ColumnChoice, choices_of, kind_of_part
from loaders.sources.mapped.choosing import choose, mend, state_setting
from loaders.sources.mapped.map_text import MapText
from loaders.sources.mapped.same_in_all import rest_of, state_rest

__all__ = ["is_unknown", "show_sums", "show_table_map"]

#: Rules of a table of which nothing is known, whatever its name, and of one that was taken for the template by some of
#: its headings.
_UNKNOWN = frozenset({"table-unknown", "sheet-without-header"})
_BY_HEADINGS = frozenset({"sheet-told-by-header", "sheet-misnamed", "unknown-column"})
_SUM = "map-total"
_PREVIEWED = 5
_HEADS = 15
#: Whether somebody wants a map from the values alone, although one was learned.
_AFRESH = "map afresh"


def is_unknown(checked: Checked) -> bool:
    """Tell whether a draft is a table of which nothing is known yet.

    :param checked: its check.
    """
    told = any(found.rule in _UNKNOWN for found in checked.findings)
    return told and not checked.understood.counts and len(checked.files) == 1 and bool(checked.sheets)


def show_table_map(draft: Draft, checked: Checked) -> None:
    """Draw what the columns of a table are, where it is none of a known shape.

    :param draft: the draft.
    :param checked: its check.
    """
    if not is_table(draft) or not checked.sheets:
        return
    used = bool(draft.stated.map)
    by_headings = any(found.rule in _BY_HEADINGS for found in checked.findings)
    if not (used or draft.making or is_unknown(checked) or by_headings):
        return
    title = text("columns.title_used" if used else "columns.title_other" if by_headings else "columns.title")
    opened = bool(draft.making) or is_unknown(checked)
    with st.expander(title, icon=":material/view_column:", expanded=opened):
        if not opened and not st.toggle(text("columns.look"), key=f"look {draft.id}"):
            return
        try:
            _draw(draft, checked)
        except SourceFault as fault:
            for found in fault.findings:
                problem(text("draft.unread"), escape(found.text(language())))


def show_sums(draft: Draft, checked: Checked) -> None:
    """Draw rows that look like sums of others, with what they may be.

    :param draft: the draft.
    :param checked: its check.
    """
    found = [one for one in checked.findings if one.rule == _SUM]
    if not found:
        return
    sheets = {(sheet.file, sheet.sheet): sheet.rows for sheet in checked.sheets}
    edits = {one: without_row(one, sheets) for one in found}

    def keep(one: Finding) -> None:
        do(lambda: change_map(draft, lambda written: name_no_total(written, one.value)))

    draw_sums(
        [(one, " · ".join(edit.old for edit in edits[one] if edit.old.strip())) for one in found],
        lambda one: do(lambda: edit_draft(draft, edits[one])),
        keep if draft.stated.map else None,
    )


def _draw(draft: Draft, checked: Checked) -> None:
    events = open_journal(settings()).events()
    afresh = st.session_state.get(f"{_AFRESH} {draft.id}") == draft.id
    found = map_of(draft, checked.sheets, events, afresh=afresh and not draft.making)
    try:
        written = MapText(found.text)
    except SourceFault as fault:
        _faults(fault)
        draw_yaml(found.text, partial(_keep, draft), key=f"map {draft.id}")
        return
    table = table_of(written, checked.sheets)
    if table is None:
        return
    _told(draft, found)
    _form(draft, table, checked.sheets)
    _columns(draft, written, table)

    def state(name: str, value: str) -> None:
        _change(draft, written, table, lambda: state_rest(written, name, value))

    draw_rest(rest_of(written), state, key=f"rest {draft.id}")
    _preview(draft, found.text)
    with st.container(horizontal=True):
        label = text("columns.use_again" if draft.stated.map else "columns.use")
        waits = found.origin is not Origin.USED
        use = partial(do, partial(use_map, draft, found.text))
        st.button(label, type="primary", disabled=not waits, key="use map", on_click=use)
        if draft.stated.map:
            st.button(text("draft.map_leave"), key="leave map", on_click=partial(do, partial(use_map, draft, "")))
    draw_yaml(found.text, partial(_keep, draft), key=f"map {draft.id}")


def _told(draft: Draft, found: TableMap) -> None:
    """Say where the choices come from."""

    def afresh() -> None:
        st.session_state[f"{_AFRESH} {draft.id}"] = draft.id

    match found.origin:
        case Origin.LEARNED:
            st.info(text("columns.learned", ident=found.submission[:12]), icon=":material/history:")
            st.button(text("columns.afresh"), key="map afresh", on_click=afresh, type="tertiary")
        case Origin.DRAFTED:
            st.markdown(text("columns.drafted"))
        case Origin.MAKING:
            st.markdown(text("columns.making"))
        case Origin.USED:
            st.markdown(text("columns.used"))


def _form(draft: Draft, table: MapTable, sheets: Sequence[SheetTexts]) -> None:
    def redraft(sheet: str, row: int | None) -> None:
        do(lambda: keep_map(draft, redrafted(draft, sheet, row)))

    filled = {sheet.sheet: sheet.rows for sheet in sheets if sheet.rows}
    rows = filled.get(table.sheet, {})
    heads = dict(islice(((row, cells) for row, cells in rows.items() if any(map(str.strip, cells))), _HEADS))
    draw_form(list(filled), table.sheet, heads, table.heading_row, redraft, key=f"form {draft.id}")


def _columns(draft: Draft, written: MapText, table: MapTable) -> None:
    choices = choices_of(written, table.headings)
    parts = _parts(written, choices)
    for choice in choices:
        draw_column(
            choice,
            table.values(choice.index),
            parts,
            _chosen(draft, written, table, choice),
            key=f"column {draft.id} {choice.index}",
        )


def _chosen(draft: Draft, written: MapText, table: MapTable, choice: ColumnChoice) -> Chosen:
    """Return what happens when somebody chooses something of a column."""
    values = table.values(choice.index)
    kind = kind_of_part(written, choice.part)

    def changed(work: Callable[[], None]) -> None:
        _change(draft, written, table, work)

    def meaning(word: str) -> None:
        reason = text("columns.left_out_reason") if word == LEFT_OUT else ""
        changed(lambda: choose(written, choice, word, values, reason=reason))

    return Chosen(
        meaning,
        lambda part: changed(lambda: choose(written, choice, choice.meaning, values, part=part)),
        lambda name, told: changed(lambda: state_setting(written, choice, name, told)),
        lambda name, told: changed(lambda: written.set_of_part(kind, choice.part, name, told)),
    )


def _change(draft: Draft, written: MapText, table: MapTable, work: Callable[[], None]) -> None:
    """Make a choice in the map, and keep it in the draft."""
    work()
    mend(written, table.headings)
    _keep(draft, str(written))


def _keep(draft: Draft, written: str) -> None:
    do(lambda: keep_map(draft, written))


def _preview(draft: Draft, written: str) -> None:
    st.markdown(f"**{text('columns.preview')}**")
    try:
        rows = first_rows_of(draft, written, _PREVIEWED)
    except SourceFault as fault:
        _faults(fault)
        return
    except SourceError as error:
        st.caption(escape(error))
        return
    draw_preview(rows)


def _faults(fault: SourceFault) -> None:
    for found in fault.findings:
        place = f"{text('line', line=found.location.line)}: " if found.location and found.location.line else ""
        st.caption(f":material/error: {place}{escape(found.text(language()))}")


def _parts(written: MapText, choices: Sequence[ColumnChoice]) -> Parts:
    found: dict[str, tuple[str, str]] = {}
    for choice in choices:
        if choice.part:
            found.setdefault(choice.part, (choice.heading, kind_of_part(written, choice.part)))
    return found
