"""What follows a release that is published already: search index, counts and store, as columns answer without them."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from graph_app.releases.coverage import note_coverage
from graph_app.releases.publish import put
from graph_app.releases.release import DESCRIPTION, Release, write_release
from graph_app.releases.report import Progress
from graph_app.releases.search import add_search
from graph_app.releases.store import add_store

__all__ = ["add_following"]

_COUNTING = "Counting what projects state"


def add_following(release: Release, work: Path, progress: Progress) -> Release:
    """Make what a published release lacks.

    :param release: the release.
    :param work: an empty folder on the same disk.
    :param progress: told in a sentence what is done next.
    :returns: the release, its report completed.
    :raises SearchError: if the search index cannot be written.
    :raises ColumnsError: if the columns cannot be read.
    :raises StoreError: if the disk refuses.
    """
    if not release.search.is_file():
        release = _add("Indexing names for search", add_search, release, work, progress)
    if _COUNTING not in release.report.steps:
        release = _add(_COUNTING, note_coverage, release, work, progress)
    if not release.complete:
        release = _add(f"Storing {release.triples:,} statements", add_store, release, work, progress)
    return release


def _add(step: str, make: Callable[[Release, Path], None], release: Release, work: Path, progress: Progress) -> Release:
    began = time.monotonic()
    progress(f"{step}; columns answer meanwhile")
    # Arrow keeps for later what it no longer needs; index and store need it now.
    pa.default_memory_pool().release_unused()
    make(release, work)
    seconds = round(time.monotonic() - began, 3)
    report = release.report
    report = replace(report, seconds=report.seconds + seconds, steps={**report.steps, step: seconds})
    release = replace(release, report=report)
    write_release(release, work)
    put(work / DESCRIPTION, release.path / DESCRIPTION)
    return release
