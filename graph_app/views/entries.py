"""New entries: the template, the check of filled-in files with every fault at its cell, and the verdict."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from graph_app.components.downloads import download
from graph_app.components.findings import draw_findings, draw_places
from graph_app.components.header import header
from graph_app.components.marked_sheet import draw_marked_sheet
from graph_app.components.messages import empty, problem
from graph_app.components.texts import text
from graph_app.stewardship.permissions import Command, may
from graph_app.stewardship.submit import submit
from graph_app.validation.entry import EntryReport, check_entry
from graph_app.validation.marked import MarkedSheet, marked_sheets
from graph_app.views.acting import attempt, local_actor, say_done
from graph_app.views.entry_form import show_form
from graph_app.views.reading import entity_lookup, settings
from loaders.datasets import Dataset
from loaders.findings import LANGUAGES, Severity
from loaders.mapping.quads import derived_graph
from loaders.sources.files import shown_name
from loaders.template.workbook import write_workbook

__all__ = ["show"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_NAME = 120
_LONGEST_COMMENT = 500


def show() -> None:
    """Draw the page."""
    header(text("page.entries"), text("entries.intro"))
    say_done()
    if show_form():
        return
    left, right = st.columns(2, gap="large")
    with left.container(border=True):
        st.subheader(text("entries.template"), anchor=False)
        st.markdown(text("entries.template_note"))
        with st.container(horizontal=True):
            for code in LANGUAGES:
                download(text(f"entries.template_{code}"), _template(code), f"integration-graph-{code}.xlsx", _XLSX)
    with right.container(border=True):
        st.subheader(text("entries.check"), anchor=False)
        files = st.file_uploader(
            text("entries.upload"), type=["xlsx", "csv"], accept_multiple_files=True, key="entry files"
        )
        st.caption(text("entries.persons"))
    if not files:
        st.info(text("entries.how"), icon=":material/info:")
        return
    with st.spinner(text("entries.checking")):
        report, sheets = _check(files)
    _verdict(report)
    if report.accepted:
        _hand_in(files)
    _findings(report, sheets)


@st.cache_data(show_spinner=False)
def _template(code: str) -> bytes:
    buffer = BytesIO()
    write_workbook(buffer, code)
    return buffer.getvalue()


@contextmanager
def _laid(files: Sequence[UploadedFile]) -> Iterator[tuple[Path, list[Path]]]:
    """Lay the files down: gives the file or folder that they make up, and each of them."""
    contents = [(_safe(file.name), file.getvalue()) for file in files]
    with TemporaryDirectory() as folder:
        paths = []
        for number, (name, content) in enumerate(contents):
            # Two files of one name would hide each other; the folder keeps them apart and their names as they are.
            path = Path(folder) / (
                name if name not in {known for known, _ in contents[:number]} else f"{number} {name}"
            )
            path.write_bytes(content)
            paths.append(path)
        yield (paths[0] if len(paths) == 1 else Path(folder)), paths


def _check(files: Sequence[UploadedFile]) -> tuple[EntryReport, list[MarkedSheet]]:
    told = hashlib.sha256(b"".join(hashlib.sha256(file.getvalue()).digest() for file in files)).hexdigest()
    submission = f"submission-{told[:12]}"
    dataset = Dataset(submission, {"en": "New entry", "cs": "Nový záznam"}, "template", submission)
    with _laid(files) as (whole, paths):
        base = settings().base
        # What a rule derived from the graph would be derived anew with the entry in it.
        lookup = entity_lookup([str(derived_graph(base))])
        report = check_entry(whole, dataset, lookup, base=base)
        return report, marked_sheets(paths, report.findings)


def _hand_in(files: Sequence[UploadedFile]) -> None:
    """Draw what puts the files before a reviewer."""
    actor = local_actor()
    if actor is None:
        empty(text("acting.nobody"))
        return
    if not may(actor, Command.SUBMIT, None, settings()):
        return
    comment = st.text_input(text("entries.comment"), key="entry comment", max_chars=_LONGEST_COMMENT)

    def work() -> None:
        with _laid(files) as (whole, _):
            submit(whole, actor, settings(), comment=comment)

    if st.button(text("entries.hand_in"), type="primary", key="hand in"):
        attempt(work, text("entries.handing_in"), text("entries.handed_in"))


def _safe(name: str) -> str:
    """Return a name that stays in its folder: the last part, without signs that hide or lead."""
    last = shown_name(name).replace("\\", "/").rsplit("/", 1)[-1].lstrip(".")
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[:_LONGEST_NAME] or 'entry'}{dot}{suffix}" if dot else last[:_LONGEST_NAME] or "entry"


def _verdict(report: EntryReport) -> None:
    counted = {severity: sum(found.severity is severity for found in report.findings) for severity in Severity}
    told = text(
        "entries.counted",
        violations=counted[Severity.VIOLATION],
        warnings=counted[Severity.WARNING],
        infos=counted[Severity.INFO],
    )
    if report.accepted:
        st.success(f"**{text('entries.accepted')}** {told}  \n{text('entries.next')}", icon=":material/check_circle:")
    else:
        problem(text("entries.refused"), f"{told}  \n{text('entries.nothing_taken')}")


def _findings(report: EntryReport, sheets: Sequence[MarkedSheet]) -> None:
    if not report.findings:
        return
    marked, listed = st.tabs([text("entries.at_cells"), text("entries.as_list", count=len(report.findings))])
    with marked:
        at_cells = {found for sheet in sheets for mark in sheet.marks for found in mark.findings}
        if elsewhere := [found for found in report.findings if found not in at_cells]:
            st.markdown(f"**{text('entries.elsewhere')}**")
            draw_places(elsewhere)
        for sheet in sheets:
            draw_marked_sheet(sheet)
    with listed:
        draw_findings(report.findings, name="findings")
