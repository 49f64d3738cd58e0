"""Strict rules: what has to hold for two entities to be one without anybody deciding it."""

from collections.abc import Container
from itertools import product

from graph_app.identity.described import Described
from graph_app.identity.forms import has_form
from graph_app.identity.index import Index
from graph_app.identity.likeness import Relation, compare, words_alike
from graph_app.identity.names import Name
from graph_app.identity.organisations import is_of_every_country
from graph_app.identity.projects import are_apart_in_time

__all__ = ["RULES", "rule_for"]

RULES = (
    "same-identifier-same-name",
    "same-identifier-acronym",
    "same-identifier-like-name",
    "same-activity-identifier",
)

#: Names that are so much alike differ by a slip, an addition or the order of their words.
_LIKE = 0.9


def rule_for(left: Described, right: Described, index: Index, shared: Container[str]) -> str:
    """Return the strict rule by which two entities are one.

    ``same-identifier-same-name``: they are organisations that share a trusted identifier and a name, but for spelling
    and legal form.
    ``same-identifier-acronym``: they share a trusted identifier, and one is called by the acronym that the other gives
    itself beside its name.
    ``same-identifier-like-name``: they share a trusted identifier, and names that differ by
    little, neither of which has a place or number that the other has not.

    ``same-activity-identifier``: they are projects that share a trusted identifier, such as that of an IATI activity,
    and a title but for slips; neither names a place, stage or year that the other does not, and neither ended before
    the other began.

    An identifier is trusted where its register is known and its form is right. One that stands with clearly different
    names anywhere in the release makes only those one that have the same name, and no ministries without a country.

    :param left: an entity.
    :param right: another of the same kind.
    :param index: the entities of the release.
    :param shared: keys of the identifiers that stand with clearly different names.
    :returns: name of the rule, or an empty string where none holds.
    """
    common = [code for code in left.codes & right.codes if code.register and has_form(code)]
    if not common:
        return ""
    is_clear = any(code.key not in shared for code in common)
    if left.kind == "project":
        return _rule_for_projects(left, right, index) if is_clear else ""
    return _rule_for_organisations(left, right, index, is_clear=is_clear)


def _rule_for_projects(left: Described, right: Described, index: Index) -> str:
    if are_apart_in_time(left, right):
        return ""
    titles = product(left.names, right.names)
    return "same-activity-identifier" if any(_have_one_title(*pair, index) for pair in titles) else ""


def _rule_for_organisations(left: Described, right: Described, index: Index, *, is_clear: bool) -> str:
    pairs = list(product(left.names, right.names))
    if any(_are_the_same(one, other) and (is_clear or not is_of_every_country(one)) for one, other in pairs):
        return "same-identifier-same-name"
    if not is_clear:
        return ""
    if any(_gives_itself(one, other) or _gives_itself(other, one) for one, other in pairs):
        return "same-identifier-acronym"
    return "same-identifier-like-name" if any(_are_like(one, other, index) for one, other in pairs) else ""


def _are_the_same(one: Name, other: Name) -> bool:
    return _are_of_one_place(one, other) and one.whole == other.whole and bool(one.core)


def _have_one_title(one: Name, other: Name, index: Index) -> bool:
    score, rule = words_alike(one, other, index.weigh)
    return _are_of_one_place(one, other) and rule != "acronym" and score >= _LIKE


def _are_of_one_place(one: Name, other: Name) -> bool:
    return (one.towns, one.countries, one.numbers) == (other.towns, other.countries, other.numbers)


def _are_like(one: Name, other: Name, index: Index) -> bool:
    found = compare(one, other, index.weigh)
    return found.relation is Relation.SAME and found.rule != "acronym" and found.score >= _LIKE


def _gives_itself(short: Name, long: Name) -> bool:
    return bool(short.acronym) and short.acronym in long.acronyms
