"""Strict rules: what has to hold for two entities to be one without anybody deciding it."""

from itertools import product

from graph_app.identity.described import Code, Described
from graph_app.identity.forms import has_right_form
from graph_app.identity.index import Index
from graph_app.identity.names import Name
from graph_app.identity.sharing import Sharing

__all__ = ["Rules"]


class Rules:
    """The strict rules, on the entities of a release.

    ``same-identifier-same-name``: they share a trusted identifier and a name, but for spelling and legal form.
    ``same-identifier-acronym``: they share a trusted identifier, and one is called by the acronym that the other gives
    itself beside its name.

    An identifier is trusted where it has the form of its register and no clearly different names share it.

    :param index: the entities of one kind.
    """

    def __init__(self, index: Index) -> None:
        self._sharing = Sharing(index)

    def holding(self, left: Described, right: Described) -> str:
        """Return the rule by which two entities are one.

        :param left: an entity.
        :param right: another of the same kind.
        :returns: name of the rule, or an empty string where none holds.
        """
        if not any(self._is_trusted(code, left.kind) for code in left.codes & right.codes):
            return ""
        pairs = list(product(left.names, right.names))
        if any(_are_the_same(one, other) for one, other in pairs):
            return "same-identifier-same-name"
        if any(_gives_itself(one, other) or _gives_itself(other, one) for one, other in pairs):
            return "same-identifier-acronym"
        return ""

    def _is_trusted(self, code: Code, kind: str) -> bool:
        return has_right_form(code, kind) and not self._sharing.is_shared(code.key)


def _are_the_same(one: Name, other: Name) -> bool:
    return bool(one.core) and _told(one) == _told(other)


def _told(name: Name) -> tuple[object, ...]:
    return name.whole, name.towns, name.countries, name.numbers


def _gives_itself(short: Name, long: Name) -> bool:
    return bool(short.acronym) and short.acronym in long.acronyms
