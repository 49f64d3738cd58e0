"""Where a command writes its data: a file that is there as a whole or not at all, or standard output."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from graph_app.cli.console import fail

__all__ = ["binary_output", "refuse_output", "text_output"]


def refuse_output(path: Path | None, inputs: Iterable[Path], *, force: bool) -> None:
    """End the command if a file must not be written: it is one that is read, or exists.

    :param path: the file, or ``None`` for standard output.
    :param inputs: files that the command reads.
    :param force: whether a file that exists may be replaced.
    """
    if path is None:
        return
    if not path.parent.is_dir():
        fail(f"There is no folder {path.parent} to write {path.name} into.")
    if path.is_dir():
        fail(f"{path} is a folder. Name a file to write.")
    if path.exists() and any(path.samefile(file) for file in inputs):
        fail(f"{path} is what is checked, and nothing is written over it. Name another file.")
    if path.exists() and not force:
        fail(f"{path} exists already. Name another file, or add --force to replace it.")


@contextmanager
def text_output(path: Path | None) -> Iterator[TextIO]:
    """Open where text goes.

    :param path: the file, or ``None`` for standard output.
    :returns: a context that gives the stream; the file comes into being when it ends without error.
    """
    if path is None:
        yield sys.stdout
        return
    with _fresh(path) as fresh, fresh.open("w", encoding="utf-8", newline="") as stream:
        yield stream


@contextmanager
def binary_output(path: Path | None) -> Iterator[BinaryIO]:
    """Open where bytes go; a terminal is refused.

    :param path: the file, or ``None`` for standard output.
    :returns: a context that gives the stream; the file comes into being when it ends without error.
    """
    if path is None:
        if sys.stdout.isatty():
            fail("A workbook cannot be shown on a terminal. Name a file with --output.")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with _fresh(path) as fresh, fresh.open("wb") as stream:
        yield stream


@contextmanager
def _fresh(path: Path) -> Iterator[Path]:
    """Give a file that takes the place of another when the context ends."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        yield fresh
        # As any other file that is written here, not as private as a temporary one.
        mask = os.umask(0)
        os.umask(mask)
        fresh.chmod(0o666 & ~mask)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
