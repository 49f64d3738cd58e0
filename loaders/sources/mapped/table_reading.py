"""A table that is being read through a map, and what it has said so far."""

from dataclasses import dataclass, field

from loaders.sources.mapped.column_map import ColumnMap
from loaders.sources.mapped.header import Header
from loaders.sources.mapped.keys import Numbers
from loaders.sources.mapped.known import KnownEntities
from loaders.sources.tables import Table

__all__ = ["Reading", "Seen"]


@dataclass(slots=True)
class Seen:
    """What a list has said so far: of every project and organisation a hash or two, as lists can be long.

    :param numbers: counts rows that say the same.
    :param projects: hash of the key of a project to its first row.
    :param told: hashes of what was said of organisations, places and programmes, which stand in many rows.
    :param names: hash of the key of an organisation to that of the name under which it came first.
    :param rows: number of rows with data.
    :param asides: rows that are no entries.
    """

    numbers: Numbers = field(default_factory=Numbers)
    projects: dict[int, int] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    names: dict[int, int] = field(default_factory=dict)
    rows: int = 0
    asides: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """A table that is being read.

    :param dataset: key of the dataset.
    :param column_map: the map.
    :param table: the table.
    :param header: its headings.
    :param seen: what was read before, in this table and those before it.
    :param known: what the list mentions and the graph has already.
    :param telling: index of the column of titles and of that of ids, ``None`` where there is none.
    """

    dataset: str
    column_map: ColumnMap
    table: Table
    header: Header
    seen: Seen
    known: KnownEntities
    telling: tuple[int | None, int | None] = (None, None)
