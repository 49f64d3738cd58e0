"""What is done with a draft beside repairing it: lists, what will change, its files, and handing in."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

import streamlit as st

from graph_app.components.changes import draw_changes
from graph_app.components.escape import escape
from graph_app.components.findings import draw_findings
from graph_app.components.texts import language, text
from graph_app.journal.deployment import open_journal
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.draft_check import Checked
from graph_app.stewardship.drafts import (
    Draft,
    discard_draft,
    laid_out,
    replace_file,
)
from graph_app.stewardship.errors import StewardshipError
from graph_app.stewardship.examination import Examination, examine_files
from graph_app.stewardship.hand_in import hand_in
from graph_app.validation.marked_workbook import write_marked_workbook
from graph_app.views.acting import attempt
from graph_app.views.reading import reference, release, settings
from loaders.sources.mapped.map_reader import parse_map

__all__ = ["DRAFT", "REFUSED", "do", "draw_ways_on", "leave"]

#: Query parameter that names a draft.
DRAFT = "draft"
#: What was refused before the page was drawn anew.
REFUSED = "draft refused"
_LONGEST_COMMENT = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_ways_on(draft: Draft, checked: Checked, steward: Actor) -> None:
    """Draw what comes after the repairs.

    :param draft: the draft.
    :param checked: its check.
    :param steward: who works on it.
    """
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
            for name, iri in _decided(draft):
                st.markdown(text("matches.taken", name=escape(name), entity=escape(reference(iri).label)))
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


def _decided(draft: Draft) -> list[tuple[str, str]]:
    """Return what the table names and the graph has already: the name, and the IRI."""
    known = parse_map(draft.stated.map).known if draft.stated.map else ()
    return [(one.name, settings().base + one.path) for one in known]


def _edited(draft: Draft, name: str) -> bytes:
    with laid_out(draft) as (_, paths):
        return next(path.read_bytes() for path in paths if path.name == name)


def _files(draft: Draft) -> None:
    """Draw the edited files to take away, one to put in their place, and the end of the draft."""
    for file in draft.files:
        st.download_button(
            text("download", what=file.name),
            partial(_edited, draft, file.name),
            file.name,
            on_click="ignore",
            icon=":material/download:",
            key=f"file {file.name}",
        )
    key = f"replace {draft.id} {draft.version}"

    def replace() -> None:
        if (fresh := st.session_state[key]) is not None:
            do(lambda: replace_file(draft, fresh.name, fresh.getvalue()))

    st.file_uploader(text("draft.replace"), key=key, on_change=replace)
    sure = st.checkbox(text("draft.sure"), key=f"sure {draft.id}")
    if st.button(text("draft.discard"), disabled=not sure, icon=":material/delete:", key="discard"):
        discard_draft(draft)
        leave()


def _hand_in(draft: Draft, steward: Actor) -> None:
    comment = st.text_input(text("entries.comment"), key="entry comment", max_chars=_LONGEST_COMMENT)

    def work() -> None:
        outcome = hand_in(draft, steward, settings(), comment=comment)
        if outcome.submission.state == "received":
            raise StewardshipError(text("draft.blocked"))
        st.query_params.pop(DRAFT, None)

    if st.button(text("entries.hand_in"), type="primary", key="hand in"):
        attempt(work, text("entries.handing_in"), text("entries.handed_in"))


def leave(**to: str) -> None:
    """Go back to all drafts, or to another page of one.

    :param to: query parameters that lead there.
    """
    st.query_params.pop(DRAFT, None)
    st.query_params.update(to)
    st.rerun(scope="app")


def do(work: Callable[[], object]) -> None:
    """Do something with the draft, or say why it was not done when the page is drawn anew.

    :param work: what is done.
    """
    try:
        work()
    except StewardshipError as error:
        st.session_state[REFUSED] = error
