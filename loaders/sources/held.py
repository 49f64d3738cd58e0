"""Files that somebody works on: their cells stand in memory, and they keep the hash that they were received with."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from loaders.findings import Finding
from loaders.sources.tables import Pace, Row, Rows

__all__ = ["Held", "HeldSheet", "held", "holding"]


@dataclass(frozen=True, slots=True)
class HeldSheet:
    """A sheet as it stands in memory.

    :param name: its name.
    :param items: its rows, findings about single cells in between.
    """

    name: str
    items: Sequence[Row | Finding]

    @property
    def many(self) -> Callable[[Pace], Iterator[Rows | Finding]] | None:
        """Gives rows that follow each other together; nothing does where a cell cannot be trusted."""
        trusted = not any(item.untrusted for item in self.items if isinstance(item, Row))
        return self._together if trusted else None

    def _together(self, pace: Pace) -> Iterator[Rows | Finding]:
        width = max((len(item.cells) for item in self.items if isinstance(item, Row)), default=0)
        taken: list[Row] = []
        for item in self.items:
            if taken and (len(taken) >= pace.rows or isinstance(item, Finding) or item.number != taken[-1].number + 1):
                yield _rows(taken, width)
                taken = []
            if isinstance(item, Finding):
                yield item
            else:
                taken.append(item)
        if taken:
            yield _rows(taken, width)


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a file without reading it.

    :param sha256: the hash that its source records have.
    :param sheets: the sheets of a workbook, or ``None`` where they are read from the file.
    """

    sha256: str
    sheets: Sequence[HeldSheet] | None = None


def _rows(rows: Sequence[Row], width: int) -> Rows:
    cells = [row.cells if len(row.cells) == width else (*row.cells, *[""] * (width - len(row.cells))) for row in rows]
    # Each is as wide as the widest, so that they can be looked at a column at a time.
    return Rows(rows[0].number, cells, [row.line for row in rows])


_HELD: ContextVar[Mapping[Path, Held]] = ContextVar("held", default=MappingProxyType({}))


@contextmanager
def holding(files: Mapping[Path, Held]) -> Iterator[None]:
    """Let readers take files as they are held, in this thread and as long as the context lasts.

    :param files: the files.
    """
    token = _HELD.set(files)
    try:
        yield
    finally:
        _HELD.reset(token)


def held(path: Path) -> Held | None:
    """Return what is held of a file, if anything.

    :param path: the file.
    """
    return _HELD.get().get(path)
