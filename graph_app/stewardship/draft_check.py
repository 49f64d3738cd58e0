"""The check of a draft: what was understood, what was found, and what stands in the cells."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from graph_app.journal.deployment import open_journal
from graph_app.journal.loads import loads_in_force
from graph_app.questions.current import current_engine
from graph_app.questions.engine import Engine
from graph_app.questions.neighbourhood import neighbourhood
from graph_app.settings import Settings
from graph_app.stewardship.described import describe, format_of
from graph_app.stewardship.draft_outcome import LastCheck, keep_last_check
from graph_app.stewardship.drafts import Draft, readable
from graph_app.stewardship.edits.edited import can_edit
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.understood import FileRead, Understanding, files_read
from graph_app.validation.entry import EntryReport
from graph_app.validation.entry_again import EntryAgain
from graph_app.validation.marked import tables_of
from loaders.batches import Batch
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Severity
from loaders.mapping.quads import data_graph, derived_graph, provenance_graph
from loaders.records import Record
from loaders.sources import detect
from loaders.sources.tables import Row

__all__ = ["Checked", "SheetTexts", "check_draft"]

#: Drafts whose last check is remembered; one of 10,000 rows takes some 100 MB.
_REMEMBERED = 4
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

    @property
    def rows(self) -> int:
        """How many rows of the sheets hold anything, without their headers."""
        filled = (sum(any(map(str.strip, cells)) for cells in sheet.rows.values()) for sheet in self.sheets)
        return sum(max(0, rows - 1) for rows in filled) + sum(sheet.left_out for sheet in self.sheets)


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
    with readable(draft) as (whole, paths):
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
                report = _check(draft, whole, dataset, engine, settings.base, understood.look)
            findings, accepted = report.findings, report.accepted
        sheets = [sheet for path in paths for sheet in _sheets(path)]
    checked = Checked(form, reason, dataset, refused, files, understood, findings, accepted, sheets)
    keep_last_check(draft, LastCheck(draft.version, checked.rows, checked.blocking))
    return checked


def _check(
    draft: Draft, whole: Path, dataset: Dataset, engine: Engine, base: str, look: Callable[[Record | Batch], None]
) -> EntryReport:
    """Check a draft: only what was changed since its last check, where that is known."""
    # What the dataset holds is replaced, and what was derived from it is derived anew.
    replaced = [data_graph(dataset.key, base), provenance_graph(dataset.key, base), derived_graph(base)]
    basis = (draft.files, draft.encodings, dataset, engine.release, base)
    with _last_checks.of(draft.folder, basis, lambda: EntryAgain(base)) as again:
        return again.check(whole, dataset, lambda iris: neighbourhood(engine, iris, leave_out=replaced), look=look)


class _LastChecks:
    """The last checks of the drafts that were worked on last, each used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._checks: OrderedDict[Path, tuple[object, EntryAgain, Lock]] = OrderedDict()

    @contextmanager
    def of(self, folder: Path, basis: object, make: Callable[[], EntryAgain]) -> Iterator[EntryAgain]:
        """Return the check of a draft, a new one where it stands on something else than the last."""
        with self._lock:
            if folder not in self._checks or self._checks[folder][0] != basis:
                self._checks[folder] = (basis, make(), Lock())
            self._checks.move_to_end(folder)
            while len(self._checks) > _REMEMBERED:
                self._checks.popitem(last=False)
            _, again, used = self._checks[folder]
        with used:
            yield again


_last_checks = _LastChecks()


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
