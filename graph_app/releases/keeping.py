"""Which releases stay: the current one, the newest others up to a number, and those in use."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph_app.releases.publish import workshop
from graph_app.releases.release import (
    CURRENT,
    NoRelease,
    Release,
    read_release,
    release_folders,
    releases,
    releases_folder,
)
from graph_app.releases.reports import remove_reports
from graph_app.settings import Settings

__all__ = ["Pruned", "prune", "use"]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What became of the releases of a home.

    :param removed: versions that were removed.
    :param left: versions that stay, each with the reason.
    """

    removed: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


@contextmanager
def use(release: Release) -> Iterator[None]:
    """Keep a release from being removed. The system ends this with the process, however that ends.

    :param release: the release.
    :returns: a context in which the release stays.
    :raises NoRelease: if it was removed already.
    """
    gone = f"The release {release.version} was removed. Take the current one."
    try:
        descriptor = os.open(release.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise NoRelease(gone) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not _names(release.path, descriptor):
            raise NoRelease(gone)
        yield
    finally:
        os.close(descriptor)


def prune(settings: Settings, keep: int, *, dry_run: bool = False) -> Pruned:
    """Remove releases that nobody needs any more, and the reports on them. All of them can be made again.

    Folders that cannot be read stay: what they are, a person has to say.

    :param settings: where releases are.
    :param keep: how many stay: the current one, and the newest others.
    :param dry_run: say what would be removed, and remove nothing.
    :returns: what was removed, and what stays and why.
    :raises Busy: if a build is running.
    """
    with workshop(releases_folder(settings)) as work:
        current = (releases_folder(settings) / CURRENT).resolve()
        newest = releases(settings)
        others = [release for release in newest if release.path != current][: max(keep - 1, 0)]
        removed: list[str] = []
        left: list[tuple[str, str]] = []
        for path in _by_age(settings, newest):
            reason = _reason(path, current, others)
            if not reason and not _remove(path, work, dry_run=dry_run):
                reason = "in use"
            if reason:
                left.append((path.name, reason))
                continue
            removed.append(path.name)
            if not dry_run:
                remove_reports(settings, path.name)
    return Pruned(tuple(removed), tuple(left))


def _by_age(settings: Settings, newest: Sequence[Release]) -> list[Path]:
    known = [release.path for release in newest]
    return [*known, *(path for path in release_folders(settings) if path not in known)]


def _reason(path: Path, current: Path, others: Sequence[Release]) -> str:
    if path.resolve() == current:
        return "current"
    if any(path == release.path for release in others):
        return "among the newest"
    try:
        read_release(path)
    except NoRelease:
        return "cannot be read; remove the folder by hand if it is of no use"
    return ""


def _remove(path: Path, work: Path, *, dry_run: bool) -> bool:
    """Remove a release, unless it is in use.

    :param work: a folder that is removed with all that is in it.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not dry_run:
            path.rename(work / path.name)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _names(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
