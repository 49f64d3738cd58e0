"""New entries: the template, files to check or to work on, and the drafts that wait to be gone on with."""

from collections.abc import Sequence
from io import BytesIO

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from graph_app.components.downloads import download
from graph_app.components.escape import escape
from graph_app.components.header import header
from graph_app.components.texts import text
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.drafts import create_draft, drafts_of
from graph_app.stewardship.permissions import Command, may
from graph_app.views.acting import attempt, local_actor, say_done
from graph_app.views.entry_check import show_check
from graph_app.views.entry_draft import DRAFT, show_draft
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
    actor = local_actor()
    steward = actor if actor is not None and may(actor, Command.SUBMIT, None, settings()) else None
    if steward is not None and (ident := st.query_params.get(DRAFT)):
        show_draft(ident, steward)
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
        show_check([(file.name, file.getvalue()) for file in files])
    else:
        st.info(text("entries.how" if steward is not None else "entries.how_viewer"), icon=":material/info:")
    # The form that makes a draft without a file stands here: show_form().


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
    """Draw the drafts of somebody, so that they go on where they stopped."""
    found = drafts_of(steward, settings())
    if not found:
        return
    with st.container(border=True):
        st.subheader(text("draft.go_on"), anchor=False)
        for draft in found:
            name, when, act = st.columns([6, 3, 2], vertical_alignment="center")
            name.markdown(escape(draft.name))
            when.caption(text("draft.changed", when=f"{draft.changed:%Y-%m-%d %H:%M} UTC", edits=len(draft.edits)))
            if act.button(text("draft.open"), key=f"open {draft.id}", width="stretch"):
                st.query_params[DRAFT] = draft.id
                st.rerun()


@st.cache_data(show_spinner=False)
def _template(code: str) -> bytes:
    buffer = BytesIO()
    write_workbook(buffer, code)
    return buffer.getvalue()
