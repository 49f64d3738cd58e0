"""The maps that come with the program, for lists that many people have."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from loaders.sources.mapped.column_map import ColumnMap
from loaders.sources.mapped.header import find_header
from loaders.sources.mapped.map_reader import parse_map
from loaders.sources.tables import Row

__all__ = ["fitting_map", "map_names", "map_text", "shipped_map"]

_FOLDER = Path(__file__).with_name("maps")
#: Share of a map's columns that a table must have to be taken for one of its kind without anybody saying so.
_FITS = 0.9


def map_names() -> tuple[str, ...]:
    """Return the names of the shipped maps."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def map_text(name: str) -> str:
    """Return the text of a shipped map.

    :param name: one of :func:`map_names`.
    :raises KeyError: if there is none of that name.
    """
    if name not in map_names():
        raise KeyError(name)
    return (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def shipped_map(name: str) -> ColumnMap:
    """Return a shipped map.

    :param name: one of :func:`map_names`.
    :raises KeyError: if there is none of that name.
    """
    return parse_map(map_text(name), f"{name}.yaml")


def fitting_map(rows: Iterable[Row]) -> str:
    """Return the shipped map whose headings a table has.

    :param rows: the first rows of the table.
    :returns: its name, or an empty string where none fits.
    """
    first = list(rows)
    best, fit = "", 0.0
    for name in map_names():
        known = shipped_map(name)
        header = find_header(known, first)
        if header is None:
            continue
        wanted = [column for column in known.columns if not column.optional]
        share = 1 - sum(column in header.missing for column in wanted) / len(wanted)
        if share >= _FITS and len(header.places) > fit:
            best, fit = name, len(header.places)
    return best
