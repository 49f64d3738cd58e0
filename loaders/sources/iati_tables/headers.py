"""The headings of a flattened IATI table: which element and attribute of the standard each column holds."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from loaders.errors import ValueFault
from loaders.normalise.languages import language_code

__all__ = ["IDENTIFIER", "Column", "Header", "read_header"]

_APART = re.compile(r"[^a-z0-9]+")
#: A name that may end in a number and a language, in either order.
_ENDINGS = re.compile(r"(.+?)(?:_([0-9]{1,3}))?(?:_([a-z]{2,3}))?(?:_([0-9]{1,3}))?")
#: Codes of three letters that exports write for the usual ones of two.
_LANGUAGES = MappingProxyType(
    {"eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "deu": "de", "ger": "de"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    :param element: element of an activity, a key of ``columns`` in ``columns.yaml``.
    :param attribute: attribute of the element; what ends in ``text`` may have a language.
    :param number: which of several such elements in one row, counted from 1.
    :param language: BCP 47 tag of a text, or empty where the heading names none.
    """

    element: str
    attribute: str
    number: int = 1
    language: str = ""


#: The column that every table must have: it says which activity a row is about.
IDENTIFIER = Column("activity", "identifier")


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table.

    :param width: number of columns, up to the last that has a heading.
    :param columns: index of a column to what it holds.
    :param personal: indexes of columns that hold contacts, which are not read.
    :param left_out: index to heading of columns that the standard knows and that are left out on purpose.
    :param unknown: index to heading of columns that nobody knows.
    :param twice: index to heading of columns that hold what another one holds.
    """

    width: int
    columns: Mapping[int, Column]
    personal: frozenset[int]
    left_out: Mapping[int, str]
    unknown: Mapping[int, str]
    twice: Mapping[int, str]

    @property
    def elements(self) -> frozenset[str]:
        """The elements that the columns belong to."""
        return frozenset(column.element for column in self.columns.values())


def read_header(cells: Sequence[str]) -> Header | None:
    """Read a row as headings.

    :param cells: the text of its cells.
    :returns: the header, or ``None`` where no cell is the heading of the identifier of an activity.
    """
    columns: dict[int, Column] = {}
    personal: set[int] = set()
    left_out, unknown, twice = dict[int, str](), dict[int, str](), dict[int, str]()
    for index, cell in enumerate(cells):
        if not cell.strip():
            continue
        name = _plain(cell)
        column = _column(name)
        if column is not None and column in columns.values():
            twice[index] = cell.strip()
        elif column is not None:
            columns[index] = column
        elif name.startswith(_beginnings("personal")):
            personal.add(index)
        elif name.startswith(_beginnings("left_out")):
            left_out[index] = cell.strip()
        else:
            unknown[index] = cell.strip()
    if IDENTIFIER not in columns.values():
        return None
    width = max(*columns, *personal, *left_out, *unknown, *twice, 0) + 1
    return Header(width, columns, frozenset(personal), left_out, unknown, twice)


def _plain(heading: str) -> str:
    """Return a heading without case and signs: ``participating-org (Funding)`` is ``participating_org_funding``."""
    return _APART.sub("_", unicodedata.normalize("NFKC", heading).casefold()).strip("_")


def _column(name: str) -> Column | None:
    for base, number, language in _readings(name):
        known = _known().get(base)
        if known is not None and (not language or known[1].endswith("text")):
            return Column(*known, number, language)
    return None


def _readings(name: str) -> Iterator[tuple[str, int, str]]:
    """Yield what a name may be: its base, a number and a language."""
    yield name, 1, ""
    match = _ENDINGS.fullmatch(name)
    if match is None:
        return
    base, before, word, after = match.groups()
    number = int(before or after or 1)
    if word and (language := _language(word)):
        yield base, number, language
    yield f"{base}_{word}" if word else base, number, ""


def _language(word: str) -> str:
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    try:
        return language_code(word) if len(word) == 2 else ""
    except ValueFault:
        return ""


@cache
def _names() -> Mapping[str, Any]:
    text = files(__package__).joinpath("columns.yaml").read_text(encoding="utf-8")
    names: Mapping[str, Any] = YAML(typ="safe").load(StringIO(text))
    return names


@cache
def _beginnings(part: str) -> tuple[str, ...]:
    """Return what the names of the columns of one part of ``columns.yaml`` begin with."""
    return tuple(_names()[part])


@cache
def _known() -> Mapping[str, tuple[str, str]]:
    """Return every name of a column that is read, with its element and attribute."""
    return {
        name: (element, attribute)
        for element, attributes in _names()["columns"].items()
        for attribute, names in attributes.items()
        for name in names
    }
