"""The check of a draft: what was understood, what was found, and what stands in the cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_app.journal.deployment import open_journal
from graph_app.journal.loads import loads_in_force
from graph_app.questions.current import current_engine
from graph_app.questions.neighbourhood import neighbourhood
from graph_app.settings import Settings
from graph_app.stewardship.described import describe, format_of
from graph_app.stewardship.drafts import Draft, laid_out
from graph_app.stewardship.edits.edited import can_edit
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.understood import FileRead, Understanding, files_read
from graph_app.validation.entry import check_entry
from graph_app.validation.marked import tables_of
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Severity
from loaders.mapping.quads import data_graph, derived_graph, provenance_graph
from loaders.sources import detect
from loaders.sources.tables import Row

__all__ = ["Checked", "SheetTexts", "check_draft"]

#: Rows of a sheet that are laid out in a grid.
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class SheetTexts:
    """What stands in a sheet.

    :param file: name of the file.
    :param sheet: name of the sheet, or empty.
    :param rows: row to its cells; the first :data:`MOST_ROWS`.
    :param left_out: how many more there are.
    """

    file: str
    sheet: str
    rows: Mapping[int, tuple[str, ...]]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a draft came to.

    :param form: name of the format, empty where none reads the files.
    :param reason: why it is this one.
    :param dataset: what the files would become, or ``None`` where that cannot be told.
    :param refused: why not, as a sentence, or empty.
    :param files: how each was read.
    :param understood: what its records tell.
    :param findings: what was found, in the order of the files.
    :param accepted: whether it may be handed in.
    :param sheets: what stands in the sheets whose cells can be edited.
    """

    form: str
    reason: str
    dataset: Dataset | None
    refused: str
    files: Sequence[FileRead]
    understood: Understanding
    findings: tuple[Finding, ...]
    accepted: bool
    sheets: Sequence[SheetTexts]

    @property
    def blocking(self) -> int:
        """How many findings keep it out."""
        return sum(found.severity is Severity.VIOLATION for found in self.findings)


def check_draft(draft: Draft, settings: Settings) -> Checked:
    """Check a draft with its edits made, with what it refers to in the current release.

    :param draft: the draft.
    :param settings: where journal and releases are.
    :returns: what the check came to; a file that cannot be read is a finding.
    :raises NoRelease: if there is no release.
    :raises QueryError: if the release does not answer.
    :raises StewardshipError: if the draft cannot be laid out.
    """
    understood = Understanding()
    with laid_out(draft) as (whole, paths):
        files: tuple[FileRead, ...] = ()
        form, reason, refused, dataset = "", "", "", None
        findings: tuple[Finding, ...] = ()
        accepted = False
        try:
            files = tuple(files_read(paths))
            form, reason = _form(whole, draft)
            loads = loads_in_force(open_journal(settings).events())
            dataset = describe(whole.name, draft.id[:12], form, draft.stated, draft.actor, loads, settings)
        except SourceFault as fault:
            findings = fault.findings
        except Refused as error:
            refused = str(error)
        if dataset is not None:
            with current_engine(settings).lease() as engine:
                base = settings.base
                # What the dataset holds is replaced, and what was derived from it is derived anew.
                replaced = [data_graph(dataset.key, base), provenance_graph(dataset.key, base), derived_graph(base)]
                report = check_entry(
                    whole,
                    dataset,
                    lambda iris: neighbourhood(engine, iris, leave_out=replaced),
                    base=base,
                    look=understood.look,
                )
            findings, accepted = report.findings, report.accepted
        sheets = [sheet for path in paths for sheet in _sheets(path)]
    return Checked(form, reason, dataset, refused, files, understood, findings, accepted, sheets)


def _form(whole: Path, draft: Draft) -> tuple[str, str]:
    stated = draft.stated
    if stated.source or stated.map:
        return format_of(whole, stated), ""
    found = detect(whole)
    return found.source.name, found.reason


def _sheets(path: Path) -> list[SheetTexts]:
    if not can_edit(path):
        return []
    sheets = []
    for table in tables_of(path):
        rows: dict[int, tuple[str, ...]] = {}
        left_out = 0
        for item in table.rows:
            if isinstance(item, Row) and len(rows) < MOST_ROWS:
                rows[item.number] = item.cells
            elif isinstance(item, Row):
                left_out += 1
        sheets.append(SheetTexts(table.file, table.sheet, rows, left_out))
    return sheets
