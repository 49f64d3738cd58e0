"""A file system of few bytes, which can be filled up to the last of them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["filled", "mounted"]

_PAGE = 4096


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """Mount it while the block runs; where that cannot be done, the test is skipped and says why.

    :param folder: an empty folder.
    :param size: its size, such as ``200k``.
    """
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("a small file system can be mounted by root alone")
    command = [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small file system can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def filled(folder: Path, room: int) -> Iterator[None]:
    """Fill the file system while the block runs.

    :param folder: a folder of it.
    :param room: bytes that are left.
    """
    disk = os.statvfs(folder)
    file = folder / "filler"
    file.write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - room) // _PAGE * _PAGE))
    try:
        yield
    finally:
        file.unlink()
