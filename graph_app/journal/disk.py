"""Writing that has reached the disk when it returns."""

import os
from pathlib import Path

__all__ = ["make_folder", "sync_folder", "write_whole"]


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, so that they are still there after a power cut.

    :param folder: the folder; nothing happens where it exists.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk.

    :param folder: the folder.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(descriptor: int, data: bytes) -> None:
    """Write all bytes, where the system may take only some of them at a time.

    :param descriptor: an open file.
    :param data: the bytes.
    :raises OSError: if not all of them can be written; some may have been.
    """
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
