"""The check of a whole release, made once and kept, since it takes seconds and its outcome never changes."""

from contextlib import closing
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_app.columns.declined import ColumnsError
from graph_app.columns.encoding import memory_for_columns
from graph_app.columns.engine import ColumnStore
from graph_app.releases.content import read_graph
from graph_app.releases.findings import findings_from, findings_text, read_findings
from graph_app.releases.release import Release, unreadable
from graph_app.releases.reports import digest_of_files, keep_report, kept_report, report_path
from graph_app.settings import Settings
from graph_app.validation.check import Report, check_graph, results_on_columns
from graph_app.validation.findings import collapse
from loaders import resources
from loaders.findings import Finding
from loaders.mapping.quads import ontology_graph

__all__ = ["check_release"]


def check_release(release: Release, settings: Settings) -> tuple[Finding, ...]:
    """Return what loading found when a release was made, and what the shapes find in it.

    What is checked are the columns of the release, or the content of the remote engine that the settings name, which
    may have changed values.

    :param release: the release.
    :param settings: where the report is kept, which engine holds the release, and the base of all instance IRIs.
    :returns: the findings, those of loading first.
    :raises NoRelease: if a part of the release cannot be read.
    """
    path = report_path(settings, release.version)
    key = " ".join(filter(None, (release.sha256, _rules(), settings.base, settings.store)))
    checked = kept_report(path, key, findings_from)
    if checked is None:
        checked = _checked(release, settings).findings
        keep_report(path, key, findings_text(checked))
    return (*_findings_of_loading(release, settings), *checked)


def _checked(release: Release, settings: Settings) -> Report:
    leave_out = frozenset({str(ontology_graph(settings.base))})
    if settings.store:
        # Imported late: the client of remote engines is not needed without one.
        from graph_app.releases.remote import read_remote_graph  # noqa: PLC0415

        return check_graph(read_remote_graph(release, settings, leave_out=leave_out))
    try:
        memory = memory_for_columns(release.columns)
        with (
            TemporaryDirectory() as scratch,
            closing(ColumnStore.open(release.columns, memory_limit=memory, scratch=Path(scratch))) as columns,
        ):
            read = partial(read_graph, release, leave_out=leave_out)
            return Report(tuple(collapse(results_on_columns(columns, read))))
    except ColumnsError as error:
        raise unreadable(release.path, error) from error


def _findings_of_loading(release: Release, settings: Settings) -> tuple[Finding, ...]:
    if not settings.store:
        return read_findings(release)
    from graph_app.releases.remote import remote_findings  # noqa: PLC0415

    return remote_findings(settings)


@cache
def _rules() -> str:
    """Return a hash of all that a report follows from beside the data: shapes, concepts, and the code of this room."""
    return digest_of_files(
        [
            *sorted(resources.SHAPES.glob("*.ttl")),
            *sorted(resources.ONTOLOGY.glob("*.ttl")),
            *sorted(Path(__file__).parent.rglob("*.py")),
        ]
    )
