"""Strict rules: what has to hold for two entities to be one without anybody deciding it."""

from itertools import product

from graph_app.identity.described import Code, Described
from graph_app.identity.index import Index
from graph_app.identity.names import Name

__all__ = ["rule_for"]


def rule_for(left: Described, right: Described, index: Index) -> str:
    """Return the strict rule by which two entities are one.

    ``same-identifier-same-name``: they share a trusted identifier and a name, but for spelling and legal form.
    ``same-identifier-acronym``: they share a trusted identifier, and one is called by the acronym that the other gives
    itself beside its name.

    :param left: an entity.
    :param right: another of the same kind.
    :param index: the entities of the release.
    :returns: name of the rule, or an empty string where none holds.
    """
    if not any(_is_trusted(code, index) for code in left.codes & right.codes):
        return ""
    pairs = list(product(left.names, right.names))
    if any(_are_the_same(one, other) for one, other in pairs):
        return "same-identifier-same-name"
    if any(_gives_itself(one, other) or _gives_itself(other, one) for one, other in pairs):
        return "same-identifier-acronym"
    return ""


def _is_trusted(code: Code, index: Index) -> bool:
    return bool(code.register) and code.number in index.by_code


def _are_the_same(one: Name, other: Name) -> bool:
    return bool(one.core) and _told(one) == _told(other)


def _told(name: Name) -> tuple[object, ...]:
    return name.whole, name.towns, name.countries, name.numbers


def _gives_itself(short: Name, long: Name) -> bool:
    return bool(short.acronym) and short.acronym in long.acronyms
