"""Whether a release is still what it was when it was made."""

import hashlib
from pathlib import Path

from graph_app.columns.declined import ColumnsError
from graph_app.columns.integrity import check_columns
from graph_app.releases.findings import read_findings
from graph_app.releases.release import STATED, NoRelease, Release, read_release
from graph_app.releases.statistics import count_columns, read_statistics, store_agrees
from graph_app.store.oxigraph import StoreError, open_store

__all__ = ["intact", "sound"]


def intact(path: Path) -> Release | None:
    """Return a release if every part of it can be read and has its size: a look that costs milliseconds.

    Its store may be missing: a build that was ended before its store was there leaves such a release. Bytes that were
    changed in place are not noticed; a full build looks for those too.

    :param path: its folder.
    """
    try:
        release = read_release(path)
        if release.complete:
            open_store(release.store)
        check_columns(release.columns)
        check_columns(release.path / STATED)
        read_findings(release)
        read_statistics(release)
        sizes = {file.name: file.stat().st_size for file in release.content.iterdir()}
    except (NoRelease, StoreError, ColumnsError, OSError):
        return None
    return release if sizes == {part.name: part.size for part in release.parts} else None


def sound(release: Release) -> bool:
    """Return whether the content of a release has its hashes, and store and columns what was counted. Reads all of it.

    :param release: the release.
    """
    try:
        for path in release.content_files:
            with path.open("rb") as content:
                if hashlib.file_digest(content, "sha256").hexdigest() != release.files[path.name]:
                    return False
        check_columns(release.columns, whole=True)
        check_columns(release.path / STATED, whole=True)
        if count_columns(release.columns) != read_statistics(release):
            return False
        return not release.complete or store_agrees(open_store(release.store), release.columns)
    except (NoRelease, StoreError, ColumnsError, OSError, RuntimeError):  # the store tells damage as any of these
        return False
