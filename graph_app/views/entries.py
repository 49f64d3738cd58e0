"""New entries: the template, files to check or to work on, and the drafts that wait to be gone on with."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from graph_app.components.downloads import download
from graph_app.components.escape import escape
from graph_app.components.header import header
from graph_app.components.texts import text
from graph_app.components.times import ago, exactly
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.draft_outcome import last_check
from graph_app.stewardship.drafts import Draft, create_draft, drafts_of
from graph_app.stewardship.permissions import Command, may
from graph_app.stewardship.reopening import reopen, sent_back, why_sent_back
from graph_app.views.acting import attempt, page_actor, say_done
from graph_app.views.entry_check import show_check
from graph_app.views.entry_draft import show_draft
from graph_app.views.entry_form import FORM, begin_form_box, show_form
from graph_app.views.entry_ways import DRAFT
from graph_app.views.reading import settings
from loaders.findings import LANGUAGES
from loaders.sources import SOURCES
from loaders.template.workbook import write_workbook

__all__ = ["show"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UPLOADS = "uploads"


def show() -> None:
    """Draw the page."""
    header(text("page.entries"), text("entries.intro"))
    say_done()
    actor = page_actor()
    steward = actor if actor is not None and may(actor, Command.SUBMIT, None, settings()) else None
    if steward is not None and (ident := st.query_params.get(DRAFT)):
        show_draft(ident, steward)
        return
    if steward is not None and (ident := st.query_params.get(FORM)):
        show_form(ident, steward)
        return
    if steward is not None:
        _drafts(steward)
    left, right = st.columns(2, gap="large")
    with left.container(border=True):
        _template_box()
    with right.container(border=True):
        files = _upload_box()
    if files and steward is not None:
        _begin(files, steward)
    elif files:
        show_check([(file.name, file.getvalue()) for file in files], signed_in=actor is not None)
    else:
        st.info(text("entries.how" if steward is not None else "entries.how_viewer"), icon=":material/info:")
    if steward is not None:
        begin_form_box(steward)


def _template_box() -> None:
    st.subheader(text("entries.template"), anchor=False)
    st.markdown(text("entries.template_note"))
    with st.container(horizontal=True):
        for code in LANGUAGES:
            download(text(f"entries.template_{code}"), _template(code), f"integration-graph-{code}.xlsx", _XLSX)


def _upload_box() -> Sequence[UploadedFile]:
    st.subheader(text("entries.check"), anchor=False)
    known = sorted({suffix.removeprefix(".") for source in SOURCES.values() for suffix in source.suffixes if suffix})
    # Another key after each upload: the files are kept in a draft then, and the box is empty again.
    key = f"entry files {st.session_state.get(_UPLOADS, 0)}"
    files = st.file_uploader(text("entries.upload"), type=known, accept_multiple_files=True, key=key)
    st.caption(text("entries.persons"))
    return files


def _begin(files: Sequence[UploadedFile], steward: Actor) -> None:
    """Keep files as a draft, and open it."""

    def work() -> None:
        draft = create_draft([(file.name, file.getvalue()) for file in files], steward, settings())
        st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
        st.query_params[DRAFT] = draft.id

    attempt(work, text("draft.keeping"), text("draft.kept"))


def _drafts(steward: Actor) -> None:
    """Draw the drafts of somebody, and what was sent back to them, so that they go on where they stopped."""
    found, returned = drafts_of(steward, settings()), sent_back(steward, settings())
    if not found and not returned:
        return
    with st.container(border=True):
        st.subheader(text("draft.go_on"), anchor=False)
        for draft in found:
            name, when, act = st.columns([6, 4, 2], vertical_alignment="center")
            name.markdown(f"**{escape(draft.name)}**  \n{_told(draft)}")
            exact = text("draft.times", begun=exactly(draft.created), changed=exactly(draft.changed))
            when.caption(text("draft.touched", begun=ago(draft.created), changed=ago(draft.changed)), help=exact)
            if act.button(text("draft.open"), key=f"open {draft.id}", width="stretch"):
                _lead_to(draft)
                st.rerun()
        for one in returned:
            name, when, act = st.columns([6, 4, 2], vertical_alignment="center")
            reviewer, reason = why_sent_back(one)
            said = text("draft.sent_back", name=escape(reviewer), reason=escape(reason))
            name.markdown(f"**{escape(one.load.name)}**  \n{said}")
            last = one.events[-1].time
            when.caption(text("draft.sent_back_when", when=ago(last), ident=one.id), help=exactly(last))
            if act.button(text("draft.reopen"), key=f"reopen {one.id}", width="stretch"):
                attempt(partial(_reopen, one.id, steward), text("draft.keeping"), text("draft.kept"))


def _told(draft: Draft) -> str:
    """Tell drafts of one name apart: how many rows and edits each has, and what is left to repair."""
    outcome = last_check(draft)
    told = [] if outcome is None else [text("draft.rows", count=outcome.rows)]
    told.append(text("draft.edits", count=len(draft.edits)))
    told.append(text("draft.unchecked") if outcome is None else text("draft.faults", count=outcome.faults))
    return " · ".join(told)


def _lead_to(draft: Draft) -> None:
    st.query_params[FORM if draft.origin == FORM else DRAFT] = draft.id


def _reopen(ident: str, steward: Actor) -> None:
    _lead_to(reopen(ident, steward, settings()))


@st.cache_data(show_spinner=False)
def _template(code: str) -> bytes:
    buffer = BytesIO()
    write_workbook(buffer, code)
    return buffer.getvalue()
