"""The tables in which CORDIS data are published, told apart by their headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

__all__ = ["Header", "Layout", "read_header"]


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of table.

    :param name: key in ``layouts.yaml``.
    :param needed: headings by which it is known, in small letters; one of each group must be there.
    :param columns: what a column holds, to the headings that it may have.
    :param missing: words that stand for no value, in small letters.
    :param day_first: whether dates are written ``29/11/2021``.
    :param personal: headings of columns about natural persons, which are not read.
    """

    name: str
    needed: tuple[frozenset[str], ...]
    columns: Mapping[str, tuple[str, ...]]
    missing: frozenset[str]
    day_first: bool
    personal: frozenset[str]


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of one table.

    :param layout: the layout that they follow.
    :param columns: what a column holds, to the indexes of the columns that say it, the preferred one first.
    :param personal: indexes of the columns about natural persons.
    :param left_out: headings of the columns that are not read.
    :param width: number of columns.
    :param project: indexes of the columns about the project, which rows of participations repeat.
    """

    layout: Layout
    columns: Mapping[str, tuple[int, ...]]
    personal: tuple[int, ...]
    left_out: tuple[str, ...]
    width: int
    project: tuple[int, ...]


#: What columns hold that are about an organisation or its participation; all others are about the project.
_OF_PARTICIPATIONS = frozenset(
    {
        *("pic", "vat", "name", "short_name", "type", "postcode", "city", "country", "organisation_website"),
        *("role", "standing", "ended", "own_contribution", "own_net_contribution", "own_total_cost"),
    }
)


def read_header(cells: Sequence[str]) -> Header | None:
    """Read a row as headings.

    :param cells: the text of its cells.
    :returns: the header, or ``None`` where no layout has such headings.
    """
    headings = [cell.strip().lstrip("\ufeff").strip('"').casefold() for cell in cells]
    for layout in _layouts():
        if all(group.intersection(headings) for group in layout.needed):
            columns = {
                name: tuple(headings.index(heading) for heading in known if heading in headings)
                for name, known in layout.columns.items()
            }
            personal = tuple(index for index, heading in enumerate(headings) if heading in layout.personal)
            read = {index for indexes in columns.values() for index in indexes} | set(personal)
            left_out = tuple(cell.strip() for index, cell in enumerate(cells) if cell.strip() and index not in read)
            found = {name: indexes for name, indexes in columns.items() if indexes}
            own = {index for name in found.keys() - _OF_PARTICIPATIONS for index in found[name]}
            return Header(layout, MappingProxyType(found), personal, left_out, len(cells), tuple(sorted(own)))
    return None


@cache
def _layouts() -> tuple[Layout, ...]:
    text = files(__package__).joinpath("layouts.yaml").read_text(encoding="utf-8")
    return tuple(_layout(name, entry) for name, entry in YAML(typ="safe").load(StringIO(text)).items())


def _layout(name: str, entry: Mapping[str, Any]) -> Layout:
    return Layout(
        name,
        tuple(_small(group) for group in entry["needed"]),
        MappingProxyType(
            {held: tuple(heading.casefold() for heading in known) for held, known in entry["columns"].items()}
        ),
        _small(entry.get("missing", ())) | {"", "-"},
        entry.get("dates") == "day-first",
        _small(entry.get("personal", ())),
    )


def _small(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)
