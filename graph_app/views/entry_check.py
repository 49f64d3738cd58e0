"""The check of files by people who hand nothing in: nothing is kept."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from graph_app.components.findings import draw_advice, draw_findings, draw_places
from graph_app.components.marked_sheet import draw_marked_sheet
from graph_app.components.messages import empty, problem, refusal
from graph_app.components.texts import text
from graph_app.components.verdict import draw_verdict
from graph_app.stewardship.draft_files import named, refuse_large
from graph_app.stewardship.errors import StewardshipError
from graph_app.validation.entry import EntryReport, check_entry
from graph_app.validation.marked import MarkedSheet, marked_sheets
from graph_app.views.acting import why_nobody
from graph_app.views.reading import entity_lookup, settings
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Severity
from loaders.mapping.quads import derived_graph
from loaders.sources import SOURCES, detect

__all__ = ["show_check"]


def show_check(files: Sequence[tuple[str, bytes]], *, signed_in: bool) -> None:
    """Draw what a check finds in files, for those who may not hand them in.

    :param files: name and bytes of each.
    :param signed_in: whether it is known who they are.
    """
    try:
        with st.spinner(text("entries.checking")):
            report, sheets = _check(files)
    except StewardshipError as error:
        problem(text("acting.refused"), refusal(error))
        return
    draw_verdict(report.findings, accepted=report.accepted)
    empty(text("entries.not_allowed") if signed_in else why_nobody())
    if not report.findings:
        return
    marked, listed = st.tabs([text("entries.at_cells"), text("entries.as_list", count=len(report.findings))])
    with marked:
        at_cells = {found for sheet in sheets for mark in sheet.marks for found in mark.findings}
        elsewhere = [found for found in report.findings if found not in at_cells]
        if faults := [found for found in elsewhere if found.severity is Severity.VIOLATION]:
            st.markdown(f"**{text('entries.elsewhere')}**")
            draw_places(faults)
        draw_advice(elsewhere)
        for sheet in sheets:
            draw_marked_sheet(sheet)
    with listed:
        draw_findings(report.findings, name="findings")


def _check(files: Sequence[tuple[str, bytes]]) -> tuple[EntryReport, list[MarkedSheet]]:
    contents = named(files)
    refuse_large([len(content) for _, content in contents])
    told = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for _, content in contents)).hexdigest()
    with TemporaryDirectory() as top:
        folder = Path(top) / "entry"
        folder.mkdir()
        paths = [folder / name for name, _ in contents]
        for path, (_, content) in zip(paths, contents, strict=True):
            path.write_bytes(content)
        whole = paths[0] if len(paths) == 1 else folder
        try:
            form = detect(whole).source.name
        except SourceFault as fault:
            return EntryReport(fault.findings, 0), []
        key = f"submission-{told[:12]}"
        title = {"en": "New entry", "cs": "Nový záznam"}
        dataset = Dataset(key, title, form, SOURCES[form].namespace or key)
        base = settings().base
        # What a rule derived from the graph would be derived anew with the entry in it.
        report = check_entry(whole, dataset, entity_lookup([str(derived_graph(base))]), base=base)
        tables = [path for path in paths if path.suffix.lower() in {".csv", ".xlsx"}]
        return report, marked_sheets(tables, report.findings)
