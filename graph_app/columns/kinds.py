"""The kinds of terms that the columns tell apart: each kind compares, calculates and sorts in its own way."""

from collections.abc import Iterable
from enum import IntFlag

__all__ = ["BY_ORDINAL", "LITERALS", "NUMERIC", "RESOURCES", "TEXT", "Kind", "kinds_of", "ordinal"]


class Kind(IntFlag):
    """A set of kinds; the file holds the ordinal of a single one."""

    NONE = 0
    IRI = 1 << 1
    BLANK = 1 << 2
    #: A plain string.
    STRING = 1 << 3
    #: A string with a language tag.
    LANG = 1 << 4
    BOOLEAN = 1 << 5
    #: ``xsd:integer`` and all that derives from it, within 64 bits.
    INTEGER = 1 << 6
    #: ``xsd:decimal`` with at most 20 digits before and 18 after the point.
    DECIMAL = 1 << 7
    FLOAT = 1 << 8
    DOUBLE = 1 << 9
    DATETIME = 1 << 10
    #: A day without time zone.
    DATE = 1 << 11
    TIME = 1 << 12
    GYEAR = 1 << 13
    GYEARMONTH = 1 << 14
    #: Of an unknown datatype, or surely not a value of its datatype: such a term is equal to itself alone.
    OTHER = 1 << 15
    #: A value that no column holds exactly; no expression may need it.
    UNSURE = 1 << 16


#: Kinds by their ordinal in the file, from 1 on.
BY_ORDINAL: dict[int, Kind] = {kind.bit_length() - 1: kind for kind in Kind if kind}
TEXT = Kind.STRING | Kind.LANG
NUMERIC = Kind.INTEGER | Kind.DECIMAL | Kind.FLOAT | Kind.DOUBLE
RESOURCES = Kind.IRI | Kind.BLANK
#: Every kind of literal.
LITERALS = Kind(sum(kind for kind in Kind if not kind & RESOURCES))


def ordinal(kind: Kind) -> int:
    """Return the number that the file holds for a kind.

    :param kind: a single kind.
    """
    return kind.bit_length() - 1


def kinds_of(ordinals: Iterable[int]) -> Kind:
    """Return the set of some kinds.

    :param ordinals: their numbers.
    """
    found = Kind.NONE
    for number in ordinals:
        found |= BY_ORDINAL[number]
    return found
