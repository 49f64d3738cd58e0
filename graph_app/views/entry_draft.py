"""A draft under way: what was understood, the grid with its findings, repairs, what will change, and handing in."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from io import BytesIO
from typing import Any
from uuid import uuid4

import streamlit as st

from graph_app.components.changes import draw_changes
from graph_app.components.escape import escape
from graph_app.components.findings import draw_findings, draw_places
from graph_app.components.grid import can_draw_grid, draw_grid, taken
from graph_app.components.marked_sheet import draw_marked_sheet
from graph_app.components.messages import problem
from graph_app.components.repairs import draw_repairs
from graph_app.components.texts import language, text
from graph_app.components.understood import draw_encoding, draw_understood
from graph_app.components.verdict import draw_verdict
from graph_app.journal.deployment import open_journal
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.described import Stated
from graph_app.stewardship.draft_check import Checked, SheetTexts, check_draft, suggested_map
from graph_app.stewardship.drafts import (
    Draft,
    describe_draft,
    discard_draft,
    edit_draft,
    laid_out,
    open_draft,
    read_as,
    replace_file,
    undo,
)
from graph_app.stewardship.edits.accepted import repairs_by_rule
from graph_app.stewardship.edits.model import edit_from
from graph_app.stewardship.errors import StewardshipError
from graph_app.stewardship.examination import Examination, examine_files
from graph_app.stewardship.hand_in import hand_in
from graph_app.validation.marked import marked_sheets, placed
from graph_app.validation.marked_workbook import write_marked_workbook
from graph_app.views.acting import attempt, local_actor
from graph_app.views.matching import show_matches
from graph_app.views.reading import references, release, settings
from loaders.errors import SourceError
from loaders.findings import Finding, Severity

__all__ = ["DRAFT", "show_draft"]

#: Query parameter that names a draft.
DRAFT = "draft"
_REFUSED, _DONE, _SESSION = "draft refused", "draft done", "draft session"
_LONGEST_COMMENT = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_draft(ident: str, steward: Actor) -> None:
    """Draw a draft.

    :param ident: its id.
    :param steward: who works on it.
    """
    if st.button(text("draft.all"), icon=":material/arrow_back:", key="all drafts"):
        _leave()
    _work(ident, steward)


@st.fragment
def _work(ident: str, steward: Actor) -> None:
    try:
        draft = open_draft(ident, steward, settings())
        with st.spinner(text("entries.checking")):
            checked = _checked(draft.version, release().version, draft)
    except (StewardshipError, SourceError) as error:
        problem(text("draft.none"), escape(error))
        return
    st.subheader(escape(draft.name), anchor=False)
    # What comes and goes has a place of its own, so that the grid below keeps its place, and the focus with it.
    with st.container():
        if said := st.session_state.pop(_REFUSED, ""):
            problem(text("acting.refused"), escape(said))
    with st.container():
        if checked.refused:
            problem(text("entries.refused"), escape(checked.refused))
        else:
            draw_verdict(checked.findings, accepted=checked.accepted)
    with st.container():
        for file in checked.files:
            if not file.certain:
                draw_encoding(file, partial(_confirm, draft, file.name))
    with st.expander(text("understood.title"), icon=":material/search:"):
        draw_understood(checked, _named)
    with st.container():
        _map(draft, checked)
    _cells(draft, checked)
    with st.container():
        show_matches(draft, checked, lambda edits: _do(lambda: edit_draft(draft, edits)))
    _ways_on(draft, checked, steward)


@st.cache_resource(max_entries=12, show_spinner=False)
def _checked(version: str, release_version: str, _draft: Draft) -> Checked:
    """Return the check of a draft as it is, against the release that is current."""
    del version, release_version  # the same question has another answer after the next edit or release
    return check_draft(_draft, settings())


def _named(iris: Sequence[str]) -> Mapping[str, str]:
    return {iri: found.label for iri, found in references(iris).items()}


def _cells(draft: Draft, checked: Checked) -> None:
    """Draw the sheets with what was found, and repairs that wait to be accepted."""
    places = placed(checked.findings)
    sheets = {(sheet.file, sheet.sheet): sheet for sheet in checked.sheets}
    shown = [place for place in sheets if place in places or place in checked.understood.first_rows]
    shown = shown or [place for place, sheet in sheets.items() if sheet.rows]
    with st.container():
        if elsewhere := [found for found in checked.findings if not _in_sheet(found, sheets)]:
            with st.container(border=True):
                st.markdown(f"**{text('entries.elsewhere')}**")
                draw_places(elsewhere)
    with st.container():
        rules = repairs_by_rule(checked.findings, {place: sheet.rows for place, sheet in sheets.items()})
        draw_repairs(rules, checked.findings, lambda edits: _do(lambda: edit_draft(draft, edits)))
    if not shown:
        return
    shown.sort(key=lambda place: (place not in places, list(sheets).index(place)))

    def label(place: tuple[str, str]) -> str:
        blocking = sum(found.severity is Severity.VIOLATION for at in places.get(place, {}).values() for found in at)
        return f"{place[1] or place[0]}" + (f" ✖ {blocking}" if blocking else "")

    place = shown[0]
    if len(shown) > 1:
        place = st.radio(text("draft.sheet"), shown, format_func=label, horizontal=True, key=f"sheet {draft.id}")
    if can_draw_grid():
        _grid(draft, checked, sheets[place], text_of=label(place))
    else:
        st.info(text("grid.missing"), icon=":material/table:")
        with laid_out(draft) as (_, paths):
            for marked in marked_sheets(paths, checked.findings):
                draw_marked_sheet(marked)


def _in_sheet(found: Finding, sheets: Mapping[tuple[str, str], SheetTexts]) -> bool:
    place = found.location
    return place is not None and place.row is not None and (place.file, place.sheet) in sheets


def _grid(draft: Draft, checked: Checked, sheet: SheetTexts, *, text_of: str) -> None:
    place = (sheet.file, sheet.sheet)
    key = f"grid {draft.id} {sheet.file} {sheet.sheet}"
    st.markdown(f"**{escape(text_of)}**")
    draw_grid(
        sheet.rows,
        placed(checked.findings).get(place, {}),
        key=key,
        header=checked.understood.header(place, sheet.rows),
        edited=len(draft.batches),
        done=st.session_state.get(f"{_DONE} {draft.id}", 0),
        session=st.session_state.setdefault(_SESSION, uuid4().hex),
        on_changes=lambda: _take(draft.id, key, sheet.file, sheet.sheet),
    )
    st.caption(text("grid.keys"))
    if sheet.left_out:
        st.caption(text("grid.left_out", count=sheet.left_out))


def _take(ident: str, key: str, file: str, sheet: str) -> None:
    """Make the changes that somebody made in the grid; each is numbered, and made once."""
    done_key = f"{_DONE} {ident}"
    for change in taken(key):
        if change["id"] <= st.session_state.get(done_key, 0):
            continue
        try:
            _change(open_draft(ident, _steward(), settings()), change, file, sheet)
        except StewardshipError as error:
            st.session_state[_REFUSED] = str(error)
        st.session_state[done_key] = change["id"]


def _change(draft: Draft, change: Mapping[str, Any], file: str, sheet: str) -> None:
    if change["kind"] == "undo":
        undo(draft)
    else:
        edit_draft(draft, [edit_from((file, sheet, *told)) for told in change["edits"]])


def _steward() -> Actor:
    """Return who acts now, which may be nobody any longer."""
    actor = local_actor()
    if actor is None:
        raise StewardshipError(text("acting.nobody"))
    return actor


def _confirm(draft: Draft, name: str, encoding: str) -> None:
    _do(lambda: read_as(draft, name, encoding))


def _do(work: Callable[[], object]) -> None:
    """Do something with the draft, or say why it was not done when the page is drawn anew."""
    try:
        work()
    except StewardshipError as error:
        st.session_state[_REFUSED] = str(error)


def _map(draft: Draft, checked: Checked) -> None:
    """Offer a column map for a table of an unknown shape, and show the one that reads it."""
    known = draft.stated.map
    drafted = "" if known or checked.understood.counts else suggested_map(draft)
    if not (known or drafted):
        return
    key = f"map {draft.id}"

    def use() -> None:
        _do(lambda: describe_draft(draft, Stated(source="mapped", map=st.session_state[key])))

    with st.expander(text("draft.map"), icon=":material/view_column:", expanded=not known):
        st.markdown(text("draft.map_note"))
        st.text_area(text("draft.map_text"), known or drafted, height=360, key=key)
        with st.container(horizontal=True):
            st.button(text("draft.map_use"), type="primary", key="use map", on_click=use)
            if known:
                leave = partial(_do, partial(describe_draft, draft, Stated()))
                st.button(text("draft.map_leave"), key="leave map", on_click=leave)


def _ways_on(draft: Draft, checked: Checked, steward: Actor) -> None:
    names = [text("entries.as_list", count=len(checked.findings)), text("review.changes"), text("draft.files")]
    listed, changed, files = st.tabs(names)
    with listed:
        if checked.findings:
            draw_findings(checked.findings, name="findings")
            st.download_button(
                text("draft.marked"),
                lambda: _marked(draft, checked),
                f"{draft.files[0].name.rsplit('.', 1)[0]}-findings.xlsx",
                _XLSX,
                on_click="ignore",
                icon=":material/download:",
                key="marked workbook",
            )
    with changed:
        if checked.dataset is None:
            st.caption(text("draft.unread"))
        elif st.toggle(text("draft.show_changes"), key=f"changes {draft.id}"):
            with st.spinner(text("entries.checking")):
                draw_changes(_examined(draft.version, release().version, draft, checked).changes)
    with files:
        _files(draft)
    if checked.accepted:
        _hand_in(draft, steward)


def _marked(draft: Draft, checked: Checked) -> bytes:
    buffer = BytesIO()
    with laid_out(draft) as (_, paths):
        write_marked_workbook(paths, checked.findings, buffer, language())
    return buffer.getvalue()


@st.cache_resource(max_entries=6, show_spinner=False)
def _examined(version: str, release_version: str, _draft: Draft, _checked: Checked) -> Examination:
    del version, release_version  # as above
    if _checked.dataset is None:
        raise RuntimeError("Only what can be read is examined.")
    with laid_out(_draft) as (whole, _):
        return examine_files(whole, _checked.dataset, open_journal(settings()).events(), settings())


def _files(draft: Draft) -> None:
    """Draw the edited files to take away, one to put in their place, and the end of the draft."""
    with laid_out(draft) as (_, paths):
        for path in paths:
            st.download_button(
                text("download", what=path.name),
                path.read_bytes(),
                path.name,
                on_click="ignore",
                icon=":material/download:",
                key=f"file {path.name}",
            )
    key = f"replace {draft.id} {draft.version}"

    def replace() -> None:
        if (fresh := st.session_state[key]) is not None:
            _do(lambda: replace_file(draft, fresh.name, fresh.getvalue()))

    st.file_uploader(text("draft.replace"), key=key, on_change=replace)
    sure = st.checkbox(text("draft.sure"), key=f"sure {draft.id}")
    if st.button(text("draft.discard"), disabled=not sure, icon=":material/delete:", key="discard"):
        discard_draft(draft)
        _leave()


def _hand_in(draft: Draft, steward: Actor) -> None:
    comment = st.text_input(text("entries.comment"), key="entry comment", max_chars=_LONGEST_COMMENT)

    def work() -> None:
        outcome = hand_in(draft, steward, settings(), comment=comment)
        if outcome.submission.state == "received":
            raise StewardshipError(text("draft.blocked"))
        st.query_params.pop(DRAFT, None)

    if st.button(text("entries.hand_in"), type="primary", key="hand in"):
        attempt(work, text("entries.handing_in"), text("entries.handed_in"))


def _leave() -> None:
    st.query_params.pop(DRAFT, None)
    st.rerun(scope="app")
