"""The check of a whole release, made once and kept, since it takes seconds and its outcome never changes."""

import hashlib
import json
import logging
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
from graph_app.settings import Settings
from graph_app.validation.check import Report, check_graph, results_on_columns
from graph_app.validation.findings import collapse
from loaders import resources
from loaders.findings import Finding
from loaders.mapping.quads import ontology_graph

__all__ = ["check_release"]

logger = logging.getLogger(__name__)


def check_release(release: Release, settings: Settings) -> tuple[Finding, ...]:
    """Return what loading found when a release was made, and what the shapes find in it.

    What is checked are the columns of the release, or the content of the remote engine that the settings name, which
    may have changed values.

    :param release: the release.
    :param settings: where the report is kept, which engine holds the release, and the base of all instance IRIs.
    :returns: the findings, those of loading first.
    :raises NoRelease: if a part of the release cannot be read.
    """
    path = settings.home / "reports" / f"{release.version}.json"
    key = " ".join(filter(None, (release.sha256, _rules(), settings.base, settings.store)))
    checked = _kept(path, key)
    if checked is None:
        checked = _checked(release, settings).findings
        _keep(path, key, checked)
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
    files = [
        *sorted(resources.SHAPES.glob("*.ttl")),
        *sorted(resources.ONTOLOGY.glob("*.ttl")),
        *sorted(Path(__file__).parent.rglob("*.py")),
    ]
    digests = "".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    return hashlib.sha256(digests.encode()).hexdigest()


def _kept(path: Path, key: str) -> tuple[Finding, ...] | None:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return findings_from(document["findings"]) if document["key"] == key else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("The report %s cannot be read and is made anew: %s", path, error)
        return None


def _keep(path: Path, key: str, findings: tuple[Finding, ...]) -> None:
    text = f'{{"key": {json.dumps(key)}, "findings": {findings_text(findings)}}}\n'
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent) as folder:
            fresh = Path(folder) / path.name
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(path)
    except OSError as error:
        logger.warning("The report %s cannot be kept: %s", path, error)
