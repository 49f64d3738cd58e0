"""Decide where each predicate lives: in a table of its own, or in one that is shared by the members of a class."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph_app.columns.kinds import TEXT, Kind

__all__ = ["VALUES", "Facts", "Place", "find_homes", "still_of", "value_type"]

#: Of the subjects of a predicate, so many must be members of the class; of the members, so many must be subjects.
_INSIDE = 0.95
_COVERED = 0.5

#: Value type to its type in the file and the column of the table of terms that it comes from.
VALUES = {
    "integer": ("BIGINT", "number"),
    "decimal": ("DECIMAL(38, 18)", "number"),
    "double": ("DOUBLE", "double"),
    "boolean": ("BOOLEAN", "truth"),
    "date": ("DATE", "moment"),
    "dateTime": ("TIMESTAMP", "moment"),
    "lang": ("VARCHAR", "lang"),
}
_ALONE = {
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.DOUBLE: "double",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the data say of a predicate.

    :param id: number of its term.
    :param triples: how many there are.
    :param subjects: how many different subjects.
    :param objects: how many different objects.
    :param kinds: kinds of its objects.
    :param zoned: whether one of its objects has a time zone.
    """

    id: int
    triples: int
    subjects: int
    objects: int
    kinds: Kind
    zoned: bool

    @property
    def functional(self) -> bool:
        """Whether no subject has two objects."""
        return self.triples == self.subjects


@dataclass(frozen=True, slots=True)
class Place:
    """Where a predicate lives.

    :param id: number of its term.
    :param home: its table.
    :param objects: column of its objects.
    :param values: column of its values, or ``''``.
    :param value_type: type of its values, or ``''``.
    """

    id: int
    home: str
    objects: str
    values: str
    value_type: str

    @property
    def wide(self) -> bool:
        """Whether it shares its table with other predicates."""
        return self.objects != "o"


def value_type(facts: Facts) -> str:
    """Return the type of values that all objects of a predicate have, or ``''``.

    :param facts: the predicate.
    """
    if facts.kinds == Kind.DATETIME and not facts.zoned:
        return "dateTime"
    if facts.kinds & Kind.LANG and not facts.kinds & ~TEXT:
        return "lang"
    return _ALONE.get(facts.kinds, "")


def still_of(value_type: str, kinds: Kind, *, zoned: bool) -> bool:
    """Tell whether objects may join a predicate without leaving its type of values.

    :param value_type: the type, or ``''``.
    :param kinds: kinds of the objects that join.
    :param zoned: whether one of them has a time zone.
    """
    if value_type == "lang":
        return not kinds & ~TEXT
    if value_type == "dateTime":
        return kinds == Kind.DATETIME and not zoned
    return not value_type or _ALONE.get(kinds) == value_type


def find_homes(
    facts: Iterable[Facts], inside: Mapping[int, Mapping[int, int]], members: Mapping[int, int]
) -> dict[int, Sequence[Facts]]:
    """Group the predicates that a class's members have one value of each.

    :param facts: predicates that may share a table.
    :param inside: predicate to class to how many of its subjects are members.
    :param members: class to how many members it has.
    :returns: class to two predicates or more.
    """
    groups: defaultdict[int, list[Facts]] = defaultdict(list)
    for predicate in facts:
        fitting = [
            (members[name], name)
            for name, count in inside.get(predicate.id, {}).items()
            # A literal may stand where a class should, and is none.
            if name in members and count >= max(_INSIDE * predicate.subjects, _COVERED * members[name])
        ]
        if predicate.functional and fitting:
            groups[min(fitting)[1]].append(predicate)
    return {name: sorted(group, key=lambda one: one.id) for name, group in sorted(groups.items()) if len(group) > 1}
