"""A draft under way: what was understood, the grid with its findings, repairs, what will change, and handing in."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.findings import draw_places
from graph_app.components.grid import can_draw_grid, draw_grid, taken
from graph_app.components.marked_sheet import draw_marked_sheet
from graph_app.components.messages import problem, refusal
from graph_app.components.repairs import draw_repairs
from graph_app.components.texts import text
from graph_app.components.understood import draw_encoding, draw_understood
from graph_app.components.verdict import draw_verdict
from graph_app.journal.deployment import open_journal
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.draft_check import Checked, SheetTexts, check_draft
from graph_app.stewardship.drafts import (
    Draft,
    edit_draft,
    laid_out,
    open_draft,
    read_as,
    undo,
)
from graph_app.stewardship.edits.accepted import repairs_by_rule
from graph_app.stewardship.edits.model import edit_from
from graph_app.stewardship.errors import Refused, StewardshipError
from graph_app.stewardship.form_drafts import FORM
from graph_app.stewardship.hand_in import handed_in_before
from graph_app.stewardship.reopening import why_sent_back
from graph_app.stewardship.submission import Submission, find_submission
from graph_app.validation.marked import marked_sheets, placed
from graph_app.views.acting import page_actor, why_nobody
from graph_app.views.entry_ways import REFUSED, do, draw_ways_on, leave
from graph_app.views.matching import show_matches
from graph_app.views.reading import references, release, settings
from graph_app.views.table_map import is_unknown, show_sums, show_table_map
from loaders.errors import SourceError
from loaders.findings import Finding, Severity

__all__ = ["show_draft"]

_DONE, _SESSION = "draft done", "draft session"
#: Rule of the note that columns are not read, since no map names them.
_UNREAD = "map-unread"


def show_draft(ident: str, steward: Actor) -> None:
    """Draw a draft.

    :param ident: its id.
    :param steward: who works on it.
    """
    if st.button(text("draft.all"), icon=":material/arrow_back:", key="all drafts"):
        leave()
    _work(ident, steward)


@st.fragment
def _work(ident: str, steward: Actor) -> None:
    try:
        draft = open_draft(ident, steward, settings())
        with st.spinner(text("entries.checking")):
            checked = _checked(draft.version, release().version, draft)
    except (StewardshipError, SourceError) as error:
        problem(text("draft.none"), refusal(error))
        return
    st.subheader(escape(draft.name), anchor=False)
    if draft.origin == FORM and st.button(text("draft.to_form"), icon=":material/edit_note:", key="to form"):
        leave(**{FORM: draft.id})
    if draft.follows:
        _told_follows(draft)
    # What comes and goes has a place of its own, so that the grid below keeps its place, and the focus with it.
    with st.container():
        if refused := st.session_state.pop(REFUSED, None):
            problem(text("acting.refused"), refusal(refused))
    with st.container():
        if checked.refused:
            problem(text("entries.refused"), escape(checked.refused))
        elif is_unknown(checked):
            st.info(f"**{text('columns.unknown')}** {text('columns.unknown_note')}", icon=":material/view_column:")
        else:
            draw_verdict(checked.findings, accepted=checked.accepted)
    with st.container():
        _told_before(draft)
    with st.container():
        for file in checked.files:
            if not file.certain:
                draw_encoding(file, partial(_confirm, draft, file.name))
    with st.expander(text("understood.title"), icon=":material/search:"):
        draw_understood(checked, _named)
    with st.container():
        show_table_map(draft, checked)
    if not is_unknown(checked):
        _cells(draft, checked)
    with st.container():
        show_matches(draft, checked)
    draw_ways_on(draft, checked, steward)


def _told_follows(draft: Draft) -> None:
    reviewer, reason = _sent_back(draft.follows)
    told = text("draft.follows", ident=draft.follows, name=escape(reviewer), reason=escape(reason))
    st.info(told, icon=":material/reply:")


def _told_before(draft: Draft) -> None:
    for before in _before(draft.id, len(draft.files), release().version, draft):
        told = text(f"state.{before.state.value}")
        st.warning(text("draft.again", ident=before.id[:12], state=told), icon=":material/content_copy:")


@st.cache_resource(max_entries=12, show_spinner=False)
def _checked(version: str, release_version: str, _draft: Draft) -> Checked:
    """Return the check of a draft as it is, against the release that is current."""
    del version, release_version  # the same question has another answer after the next edit or release
    return check_draft(_draft, settings())


@st.cache_resource(max_entries=12, ttl=60, show_spinner=False)
def _before(ident: str, files: int, release_version: str, _draft: Draft) -> Sequence[Submission]:
    """Return what was made of the files of a draft before; the journal is not read at each repair."""
    del ident, files, release_version  # as above
    return handed_in_before(_draft, settings())


@st.cache_resource(max_entries=50, show_spinner=False)
def _sent_back(ident: str) -> tuple[str, str]:
    return why_sent_back(find_submission(open_journal(settings()).events(), ident))


def _named(iris: Sequence[str]) -> Mapping[str, str]:
    return {iri: found.label for iri, found in references(iris).items()}


def _cells(draft: Draft, checked: Checked) -> None:
    """Draw the sheets with what was found, and repairs that wait to be accepted."""
    places = placed(checked.findings)
    sheets = {(sheet.file, sheet.sheet): sheet for sheet in checked.sheets}
    shown = [place for place in sheets if place in places or place in checked.understood.first_rows]
    shown = shown or [place for place, sheet in sheets.items() if sheet.rows]
    with st.container():
        # Advice and notes stand in the list of all findings; but what is not read must not go unseen.
        telling = [found for found in checked.findings if found.severity is Severity.VIOLATION or found.rule == _UNREAD]
        if elsewhere := [found for found in telling if not _in_sheet(found, sheets)]:
            with st.container(border=True):
                st.markdown(f"**{text('entries.elsewhere')}**")
                draw_places(elsewhere)
    with st.container():
        rules = repairs_by_rule(checked.findings, {place: sheet.rows for place, sheet in sheets.items()})
        draw_repairs(rules, checked.findings, lambda edits: do(lambda: edit_draft(draft, edits)))
        show_sums(draft, checked)
    if not shown:
        return

    def blocking(place: tuple[str, str]) -> str:
        count = sum(found.severity is Severity.VIOLATION for at in places.get(place, {}).values() for found in at)
        return f"✖ {count}" if count else ""

    def label(place: tuple[str, str]) -> str:
        return place[1] or place[0]

    place = _chosen(draft, shown, [*filter(blocking, shown), *(place for place in shown if place in places), *shown])
    if len(shown) > 1:
        # What changes with each repair stands below the names: a choice is lost where its own label changes.
        captions = [blocking(place) for place in shown]
        key = f"sheet {draft.id}"
        place = st.radio(text("draft.sheet"), shown, format_func=label, captions=captions, horizontal=True, key=key)
    if can_draw_grid():
        _grid(draft, checked, sheets[place], text_of=f"{label(place)} {blocking(place)}")
    else:
        st.info(text("grid.missing"), icon=":material/table:")
        with laid_out(draft) as (_, paths):
            for marked in marked_sheets(paths, checked.findings):
                draw_marked_sheet(marked)


def _chosen(draft: Draft, shown: Sequence[tuple[str, str]], first: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the sheet that somebody looks at; until they choose, the first that wants repair."""
    key = f"sheet {draft.id}"
    if st.session_state.get(key) not in shown:
        st.session_state[key] = first[0]
    chosen: tuple[str, str] = st.session_state[key]
    return chosen


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
            st.session_state[REFUSED] = error
        st.session_state[done_key] = change["id"]


def _change(draft: Draft, change: Mapping[str, Any], file: str, sheet: str) -> None:
    if change["kind"] == "undo":
        undo(draft)
        return
    try:
        edits = [edit_from((file, sheet, *told)) for told in change["edits"]]
    except ValueError as error:  # no grid of ours sends that
        raise Refused(str(error)) from error
    edit_draft(draft, edits)


def _steward() -> Actor:
    """Return who acts now, which may be nobody any longer."""
    actor = page_actor()
    if actor is None:
        raise StewardshipError(why_nobody())
    return actor


def _confirm(draft: Draft, name: str, encoding: str) -> None:
    do(lambda: read_as(draft, name, encoding))
