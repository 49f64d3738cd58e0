"""Put a finished folder in its place, so that a crash at any moment leaves either the old state or the new one."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Busy", "point_to", "put", "settle", "workshop"]

_WORK = ".building-"
_LOCK = ".lock"


class Busy(Exception):
    """Somebody else builds in the same folder."""


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """Lend an empty folder beside the releases to one builder at a time; what is left in it afterwards is removed.

    :param folder: the folder of releases; made where it is missing.
    :returns: the empty folder.
    :raises Busy: if another process builds there now.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"Another build is running in {folder}. Wait until it ends.") from error
        for leftover in folder.glob(f"{_WORK}*"):  # of builds that were killed: the lock says that none is running
            shutil.rmtree(leftover)
        work = folder / f"{_WORK}{os.getpid()}"
        work.mkdir()
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def settle(work: Path, target: Path) -> None:
    """Make a finished folder permanent: everything in it reaches the disk before it gets its name.

    :param work: the finished folder.
    :param target: its name, which no folder has yet.
    """
    for parent, _, files in os.walk(work):
        for name in files:
            _sync(Path(parent) / name)
        _sync(Path(parent))
    work.rename(target)
    _sync(target.parent)


def point_to(link: Path, target: Path) -> None:
    """Point a link to a folder beside it, in one step: readers see the old folder or the new one, never none.

    :param link: the link; made where it is missing.
    :param target: the folder.
    """
    fresh = link.with_name(f".{link.name}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target.name)
    fresh.replace(link)
    _sync(link.parent)


def put(path: Path, target: Path) -> None:
    """Put a finished file in the place of another one, in one step.

    :param path: the file.
    :param target: the other one.
    """
    _sync(path)
    path.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
