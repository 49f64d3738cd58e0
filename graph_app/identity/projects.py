"""Whether a project of an entry is one of the graph, or one that continues it."""

from collections.abc import Sequence
from itertools import product

from graph_app.identity.described import Described
from graph_app.identity.index import Entity, Index
from graph_app.identity.likeness import Relation, words_alike
from graph_app.identity.names import Name
from graph_app.identity.suggestions import Reason, Suggestion

__all__ = ["are_apart_in_time", "judge_project"]

_TITLES_FIT = 0.5
_BY_IDENTIFIER = 0.98
_IDENTIFIER_ALONE = 0.75
_AGREES = 0.04
#: Titles such as “Integration of foreigners” are given again and again: alone they are a possibility.
_TITLE_ALONE = 0.86
_OTHERS = 0.85
#: Successors are called as what they continue, but for a number or a year.
_SUCCESSOR = 0.9
_SHOWN_TOGETHER = 3


def judge_project(
    wanted: Described, entity: Entity, index: Index, together: Sequence[str] | None = None
) -> Suggestion | None:
    """Compare a project with one of the graph.

    :param wanted: the project.
    :param entity: the project of the graph.
    :param index: knows which words are rare.
    :param together: names of the organisations that both have; ``None`` where those of one are not known.
    :returns: what they are to each other, or nothing where they are two that have nothing to do with each other.
    """
    known = entity.described
    title, rule, one, other = _titles(wanted, known, index)
    said = {"one": one.text, "other": other.text} if one and other else {"one": "", "other": ""}
    reasons = [Reason("similar-name" if rule == "slips" else rule, said)]
    if acronyms := {name.whole for name in wanted.short_names} & {name.whole for name in known.short_names}:
        title = (1 + title) / 2
        reasons.insert(0, Reason("same-acronym", {"acronym": min(acronyms).upper()}))
    relation, score = Relation.SAME, min(title, _TITLE_ALONE)
    common = {code.key for code in wanted.codes} & {code.key for code in known.codes}
    if common and index.with_code(min(common)):
        reasons.insert(0, Reason("same-identifier", {"code": min(common)}))
        if title < _TITLES_FIT:
            reasons[1] = Reason("unlike-names", said, against=True)
        score = _BY_IDENTIFIER if title >= _TITLES_FIT else _IDENTIFIER_ALONE
        if one and other and one.numbers and other.numbers and one.numbers != other.numbers:
            # Publishers give a second phase the number of the first.
            relation, reasons = Relation.FOLLOWS, [reasons[0], Reason("other-stage", said)]
    elif one and other and _apart(one, other):
        return None
    elif one and other and one.numbers != other.numbers:
        relation, reasons = Relation.FOLLOWS, [Reason("other-stage", said)]
    score, relation = _by_time(wanted, known, score, relation, reasons)
    if relation is Relation.FOLLOWS and title < _SUCCESSOR:
        return None
    if together:
        reasons.append(Reason("known-together", {"names": ", ".join(dict.fromkeys(together[:_SHOWN_TOGETHER]))}))
        score = min(score + _AGREES * min(len(together), 2), 1.0)
    elif together is not None:
        reasons.append(Reason("other-organisations", against=True))
        score *= _OTHERS
    return Suggestion(entity.iri, other.text if other else "", round(score, 3), relation, tuple(reasons))


def _titles(wanted: Described, known: Described, index: Index) -> tuple[float, str, Name | None, Name | None]:
    """Return how alike the two titles are that are most alike, in which way, and both."""
    found: tuple[float, str, Name | None, Name | None] = (0.0, "unlike-names", None, None)
    for one, other in product(wanted.names, known.names):
        score, rule = words_alike(one, other, index.weigh)
        if rule == "acronym":  # titles are not abbreviated to letters; acronyms of projects are told apart from titles
            continue
        if found[2] is None or score > found[0]:
            found = (score, rule, one, other)
    return found


def _apart(one: Name, other: Name) -> bool:
    """Tell whether titles name different places."""
    by_town = one.towns and other.towns and not one.towns & other.towns
    by_country = one.countries and other.countries and not one.countries & other.countries
    return bool(by_town or by_country)


def _by_time(
    wanted: Described, known: Described, score: float, relation: Relation, reasons: list[Reason]
) -> tuple[float, Relation]:
    """Let the times of two projects count: what ended before the other began is another project."""
    if are_apart_in_time(wanted, known):
        reasons.append(Reason("other-time", against=relation is Relation.SAME))
        return score, Relation.FOLLOWS
    overlap = wanted.start and known.start and (wanted.end or known.end or wanted.start[:4] == known.start[:4])
    if relation is Relation.SAME and overlap:
        reasons.append(Reason("same-time"))
        return min(score + _AGREES, 1.0), relation
    return score, relation


def are_apart_in_time(one: Described, other: Described) -> bool:
    """Tell whether one of two projects ended before the other began.

    :param one: a project.
    :param other: another.
    """
    return _before(one.end, other.start) or _before(other.end, one.start)


def _before(end: str, start: str) -> bool:
    """Tell whether a date is before another, as far as both are precise."""
    precision = min(len(end), len(start))
    return bool(precision) and end[:precision] < start[:precision]
