"""A column map: which column of somebody's table says what about a project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote

from loaders.records import Cell
from loaders.sources.mapped.readings import Reading

__all__ = ["GRANT", "PROJECT", "Column", "ColumnMap", "Known", "Part", "Persons", "TableForm", "Target"]

#: Names of the two parts that a row has one of each at most.
PROJECT, GRANT = "project", "grant"


@dataclass(frozen=True, slots=True)
class TableForm:
    """How the table is written; what is empty or ``None`` is found out.

    :param sheet: name of the sheet.
    :param heading_row: row of the headings, counted from 1.
    :param first_row: first row below them that holds data, where more headings or units stand in between.
    :param encoding: Python's name of the encoding of a CSV file.
    :param separator: the character between its cells.
    """

    sheet: str = ""
    heading_row: int | None = None
    first_row: int | None = None
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a column fills.

    :param part: name of a part of the row, such as ``project`` or an organisation that the map names.
    :param field: a field of that part's kind, or ``id``.
    :param reading: how the text of its cells is read.
    """

    part: str
    field: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    :param heading: its heading, or the part of a longer or bilingual heading that stands on a line of its own.
    :param targets: what it fills; several where one cell says several things.
    :param letter: its letter, where the heading does not tell it from others.
    :param optional: whether some files of the same shape lack it.
    """

    heading: str
    targets: tuple[Target, ...]
    letter: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that is left out on purpose.

    :param heading: its heading, as of :class:`Column`.
    :param reason: why.
    :param letter: its letter, where the heading does not tell it from others.
    """

    heading: str
    reason: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Persons:
    """How a list marks the natural persons among its organisations, who are no part of the graph.

    :param heading: heading of the column that marks them.
    :param values: what stands in it for a person, as look-up keys.
    """

    heading: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a row tells of: the project, an organisation in one role, an amount.

    :param name: how the map calls it.
    :param kind: kind of entity in :mod:`loaders.model`.
    :param constants: field to the cells that are the same in every row.
    :param identity: of an organisation or place: parts and fields that make two mentions the same one in the whole
        list, the name always among them; empty where a mention counts within its project only.
    :param of: of an amount or identifier: name of the part that it belongs to.
    :param scheme: of an organisation: scheme of its identifiers.
    :param persons: of an organisation: how persons are marked.
    """

    name: str
    kind: str
    constants: Mapping[str, tuple[Cell, ...]] = field(default_factory=lambda: MappingProxyType({}))
    identity: tuple[tuple[str, str], ...] = ()
    of: str = PROJECT
    scheme: str = ""
    persons: Persons | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a list mentions and the graph has already, as a person has decided.

    :param kind: ``organisation``, ``project`` or ``programme``.
    :param name: how the list calls it; a project without an id by its title.
    :param ident: its identifier in the list, where only that one is meant; else empty.
    :param within: id of the project in the list, where it is meant in that one alone; else empty.
    :param space: identifier space of the entity of the graph.
    :param key: its key there.
    :param named: whether the graph calls it so already, so that the name needs not be kept as another one.
    """

    kind: str
    name: str
    ident: str
    within: str
    space: str
    key: str
    named: bool = False

    @property
    def path(self) -> str:
        """The entity as people write it, such as ``organisation/curated/iom``."""
        return "/".join((self.kind, *(quote(part, safe="") for part in (self.space, self.key))))


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """A whole map.

    :param about: which list it is for, as a sentence.
    :param table: how the table is written.
    :param columns: the columns that are read.
    :param left_out: the columns that are left out on purpose.
    :param parts: name to part; always with ``project``, and with ``grant`` where the list is about grants.
    :param key: parts and fields that tell projects apart where a row has no id.
    :param numbered: whether rows with the same key are different projects, or rows of one.
    :param required: parts and fields without which a row is no entry but a legend or a total.
    :param not_read: why no row of such a file is read, where none is.
    :param not_totals: look-up keys of titles that look like the word before a sum, and name a project.
    :param known: what the list mentions and the graph has already, the narrowest first.
    :param links: of a grant, ``donor``, ``recipient`` or ``programme`` to the part that it is.
    """

    about: str
    table: TableForm
    columns: tuple[Column, ...]
    left_out: tuple[LeftOut, ...]
    parts: Mapping[str, Part]
    key: tuple[tuple[str, str], ...] = ()
    numbered: bool = False
    required: tuple[tuple[str, str], ...] = ()
    not_read: str = ""
    not_totals: frozenset[str] = frozenset()
    known: tuple[Known, ...] = ()
    links: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def fills(self, part: str, name: str) -> bool:
        """Tell whether any column or constant fills a field."""
        known = part in self.parts and name in self.parts[part].constants
        return known or any((t.part, t.field) == (part, name) for column in self.columns for t in column.targets)
