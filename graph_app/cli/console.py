"""Where the command line writes: data on standard output, everything else on standard error; and how it fails."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import NoReturn, TextIO

import typer
from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

from loaders.findings import LANGUAGES

__all__ = ["Exit", "Work", "err", "fail", "out", "plain", "told", "working", "write"]

#: Wide enough for tables of IRIs where no terminal sets a width.
_WIDTH_OF_FILES = 160
#: What Python does not call printable and no terminal obeys: the spaces that group digits do not break a line.
_KEPT = frozenset("\n\u00a0\u202f")
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


class Exit(IntEnum):
    """Exit codes of every command."""

    OK = 0
    INVALID = 1  #: the data has violations
    FAILED = 2  #: the command was used wrongly or cannot run


def out(stream: TextIO | None = None) -> Console:
    """Return the console for data.

    :param stream: where data goes; standard output if not said.
    """
    width = None if (stream or sys.stdout).isatty() else _WIDTH_OF_FILES
    return Console(file=stream, width=width, highlight=False)


def err() -> Console:
    """Return the console for messages."""
    width = None if sys.stderr.isatty() else _WIDTH_OF_FILES
    return Console(stderr=True, highlight=False, soft_wrap=True, width=width)


class _WhileReading(ProgressColumn):
    """Shows another column while a file is read; nobody knows the end of other steps."""

    def __init__(self, column: ProgressColumn) -> None:
        super().__init__()
        self._column = column

    def render(self, task: Task) -> RenderableType:
        return self._column.render(task) if task.total is not None else ""


class Work:
    """Shows what long work is doing: call it with each step; :meth:`at` takes how far a file is read.

    :param bar: the bar that shows it on a terminal.
    :param console: where steps are told in lines where there is no terminal.
    """

    def __init__(self, bar: Progress, console: Console) -> None:
        self._bar = bar
        self._console = console
        self._task = bar.add_task("", total=None)
        self._file = ("", 0)

    def __call__(self, step: str) -> None:
        """Begin a step.

        :param step: what is done, as a sentence.
        """
        self._bar.reset(self._task, total=None, description=plain(step).markup)
        self._file = ("", 0)
        if self._bar.disable:
            self._console.print(plain(step), style="dim")

    def at(self, name: str, position: int, size: int) -> None:
        """Show how far a file is read, with the rate and the time that is left.

        :param name: name of the file.
        :param position: bytes that are read.
        :param size: bytes that it has.
        """
        if self._bar.disable:
            return
        if name != self._file[0] or position < self._file[1]:
            self._bar.reset(self._task, total=size)
        self._file = (name, position)
        self._bar.update(self._task, completed=position, total=size)


@contextmanager
def working() -> Iterator[Work]:
    """Show what long work is doing: a moving bar with rate and time on a terminal, a line a step elsewhere.

    :returns: a context that gives what is called with each step.
    """
    console = err()
    of_files = map(_WhileReading, (DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn()))
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), *of_files)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield Work(bar, console)


def write(text: str) -> None:
    """Write data as it is, with one line end after it."""
    typer.echo(text, nl=not text.endswith("\n"))


def plain(text: str) -> Text:
    """Make text from the graph safe for a terminal: no markup, no control characters."""
    return Text("".join(letter if letter.isprintable() or letter in _KEPT else "�" for letter in text))


def fail(message: str, code: Exit = Exit.FAILED) -> NoReturn:
    """End the command with a sentence.

    :param message: what is wrong, and the repair.
    :param code: the exit code.
    """
    err().print(plain(message), style="red")
    raise typer.Exit(code)


@contextmanager
def told(language: str = LANGUAGES[0]) -> Iterator[None]:
    """Turn every error that is made for people into its sentence and exit code 2; any other keeps its traceback.

    :param language: language of the sentence, where it is known in that one.
    """
    if sys.stdout is None:
        fail("Standard output is closed: there is nowhere to write.")
    try:
        yield
    except (typer.Exit, BrokenPipeError):  # who reads may stop when they have enough
        raise
    except OSError as error:
        _forget_unwritten()
        reason = error.strerror or str(error)
        repair = " Make room, then try again." if error.errno in _FULL else ""
        fail((f"{error.filename}: {reason}." if error.filename else f"{reason}.") + repair)
    except _for_people() as error:
        from graph_app.journal.said import said

        fail(said(error, language))


def _forget_unwritten() -> None:
    """Have what standard output refuses not be tried again at the very end, which would end in another exit code."""
    try:
        sys.stdout.flush()
    except OSError:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _for_people() -> tuple[type[Exception], ...]:
    from graph_app.conversion.errors import ConversionError
    from graph_app.journal.errors import JournalError
    from graph_app.questions.catalogue import CatalogueError
    from graph_app.questions.errors import QueryError
    from graph_app.questions.parameters import ParameterError
    from graph_app.questions.process import WorkerEnded
    from graph_app.releases.publish import Busy
    from graph_app.releases.release import NoRelease
    from graph_app.settings import SettingsError
    from graph_app.stewardship.errors import StewardshipError
    from graph_app.store.oxigraph import StoreError
    from loaders.errors import LoaderError

    return (
        CatalogueError,
        ConversionError,
        JournalError,
        QueryError,
        ParameterError,
        WorkerEnded,
        Busy,
        NoRelease,
        SettingsError,
        StewardshipError,
        StoreError,
        LoaderError,
    )
