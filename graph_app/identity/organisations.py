"""Whether an organisation of an entry is one of the graph: its name, weighed against all else that is known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

from graph_app.identity.described import Described
from graph_app.identity.index import Entity, Index
from graph_app.identity.likeness import Likeness, Relation, compare
from graph_app.identity.lists import lists
from graph_app.identity.names import Name, read_name
from graph_app.identity.suggestions import Reason, Suggestion

__all__ = ["is_of_every_country", "judge_organisation", "nearest"]

#: Words of which every country has an organisation.
_OF_EVERY_COUNTRY = frozenset({"ministry", "government", "municipality", "parliament", "embassy", "police"})
_NAMES_FIT = 0.5
_BY_IDENTIFIER = 0.98
_IDENTIFIER_ALONE = 0.75
#: One identifier, and one name is the other with something added.
_WITH_ADDITION = 0.9
_AGREES = 0.04
#: Names alone tell that one may be a part of the other, and no more.
_PART = 0.8
_CONTRADICTS = 0.7
_NOT_TOLD_WHICH = 0.76
_SHOWN_TOGETHER = 3


def judge_organisation(
    wanted: Described, entity: Entity, index: Index, together: Iterable[str] = ()
) -> Suggestion | None:
    """Compare an organisation with one of the graph.

    Neither a name alone nor an identifier alone decides: an identifier with another name scores as a possibility, a
    name with another seat, or another number of one register, less than what is shown.

    :param wanted: the organisation.
    :param entity: the organisation of the graph.
    :param index: knows which words are rare.
    :param together: names of partners and projects that both have.
    :returns: what they are to each other, or nothing where they are two.
    """
    one, other, found = nearest(wanted, entity.described, index)
    case = _Case(found.score, found.relation, [Reason(found.rule, {"one": one.text, "other": other.text})])
    _weigh_acronym(case, one, wanted, entity.described, index)
    _weigh_country(case, one, other, wanted, entity.described)
    _weigh_identifiers(case, one, other, wanted, entity.described, index)
    if case.relation is Relation.DIFFERENT:
        return None
    if case.relation is Relation.PART:
        case.score = min(case.score, _PART)
    _weigh_seats(case, one, other, wanted, entity.described)
    if shared := list(dict.fromkeys(together)):
        case.reasons.append(Reason("known-together", {"names": ", ".join(shared[:_SHOWN_TOGETHER])}))
        case.score = min(case.score + _AGREES * min(len(shared), 2), 1.0)
    return Suggestion(entity.iri, other.text, round(case.score, 3), case.relation, tuple(case.reasons))


@dataclass(slots=True)
class _Case:
    """What the evidence so far speaks for."""

    score: float
    relation: Relation
    reasons: list[Reason]


def _weigh_acronym(case: _Case, one: Name, wanted: Described, known: Described, index: Index) -> None:
    """Let a longer name, where there is one, have its say about a body whose acronym fits."""
    longer = [name for name in wanted.names if name is not one and not name.acronym]
    if case.reasons[0].rule != "acronym" or not longer:
        return
    other, nearest_of_known = max(
        ((name, compare(name, of_known, index.weigh).score) for name in longer for of_known in known.names),
        key=lambda pair: pair[1],
    )
    if nearest_of_known < _NAMES_FIT:
        case.score *= _CONTRADICTS
        case.reasons.append(Reason("unlike-names", {"one": other.text, "other": known.names[0].text}, against=True))


def _weigh_country(case: _Case, one: Name, other: Name, wanted: Described, known: Described) -> None:
    """Judge a country that only one name has by the seat of the other."""
    if case.relation is not Relation.PART or one.towns or other.towns or one.numbers != other.numbers:
        return
    bare = known if one.countries else wanted
    seat, named = bare.seat, one.countries | other.countries
    if seat in named:
        case.relation = Relation.SAME
        case.reasons.append(Reason("country-is-seat"))
    elif not named.isdisjoint(code.country for code in bare.codes):
        case.relation = Relation.SAME
        case.reasons.append(Reason("country-is-register"))
    elif _are_of_every_country(one, other):
        # A ministry is no part of that of another country.
        case.relation = Relation.DIFFERENT if seat else Relation.SAME


def _weigh_identifiers(case: _Case, one: Name, other: Name, wanted: Described, known: Described, index: Index) -> None:
    common = {code.key for code in wanted.codes} & {code.key for code in known.codes}
    if not common:
        if numbers := _two_numbers(wanted, known):
            case.reasons.append(Reason("other-identifier", numbers, against=True))
            case.score *= _CONTRADICTS
        return
    code = Reason("same-identifier", {"code": min(common)})
    if case.relation is not Relation.DIFFERENT and case.score >= _NAMES_FIT:
        case.score = max(case.score, _BY_IDENTIFIER)
        case.reasons.insert(0, code)
    elif case.relation is Relation.SAME and _has_addition(one, other):
        case.score = _WITH_ADDITION
        case.reasons.insert(0, code)
    elif index.with_code(min(common)):
        said = case.reasons[0].values
        case.score, case.relation = _IDENTIFIER_ALONE, Relation.SAME
        case.reasons[:] = [code, Reason("unlike-names", said, against=True)]


def _weigh_seats(case: _Case, one: Name, other: Name, wanted: Described, known: Described) -> None:
    if wanted.seat and known.seat and wanted.seat != known.seat:
        case.reasons.append(Reason("other-seat", against=True))
        # A branch may well be in another country than its head.
        case.score *= _CONTRADICTS if case.relation is Relation.SAME else 1.0
    elif wanted.seat and wanted.seat == known.seat:
        case.reasons.append(Reason("same-seat"))
        case.score = min(case.score + _AGREES, 1.0)
    elif case.relation is Relation.SAME and _not_told_which(one, other):
        case.reasons.append(Reason("every-country", against=True))
        case.score = min(case.score, _NOT_TOLD_WHICH)


def nearest(wanted: Described, known: Described, index: Index) -> tuple[Name, Name, Likeness]:
    """Return the two names, one of each, that are most alike, and how.

    :param wanted: what is looked up.
    :param known: what it is compared with.
    :param index: knows which words are rare.
    """
    if not wanted.names or not known.names:
        return _any_name(wanted), _any_name(known), Likeness(0.0, Relation.SAME, "unlike-names")
    compared = ((compare(one, other, index.weigh), one, other) for one, other in product(wanted.names, known.names))
    pairs = sorted(compared, key=lambda pair: (pair[0].score, pair[0].relation is Relation.SAME))
    found, one, other = pairs[-1]
    if found.relation is Relation.PART and any(pair[0].relation is Relation.DIFFERENT for pair in pairs):
        # “IOM” is another name of IOM Prague, and yet IOM Budapest is no part of that.
        found = replace(found, relation=Relation.DIFFERENT)
    return one, other, found


def _any_name(described: Described) -> Name:
    return read_name(described.texts[0] if described.texts else "")


def _has_addition(one: Name, other: Name) -> bool:
    """Tell whether one name is the other with words added; of a ministry that names a department of it."""
    shorter = set(one.core) & set(other.core)
    tells = bool(shorter - lists().weak) and shorter.isdisjoint(_OF_EVERY_COUNTRY)
    return tells and shorter in (set(one.core), set(other.core))


def _are_of_every_country(one: Name, other: Name) -> bool:
    return not _OF_EVERY_COUNTRY.isdisjoint(one.core) and not _OF_EVERY_COUNTRY.isdisjoint(other.core)


def is_of_every_country(name: Name) -> bool:
    """Tell whether every country has one of a name that names no place, such as a ministry.

    :param name: the name.
    """
    return not (name.towns or name.countries) and not _OF_EVERY_COUNTRY.isdisjoint(name.core)


def _not_told_which(one: Name, other: Name) -> bool:
    """Tell whether every country has one of the name, and one of the names does not say which it is."""
    placed = [name.towns or name.countries for name in (one, other)]
    return not all(placed) and _are_of_every_country(one, other)


def _two_numbers(wanted: Described, known: Described) -> dict[str, str]:
    """Return the numbers that one register has for each, where it has a number for both."""
    pairs = product(sorted(wanted.codes), sorted(known.codes))
    found = (pair for pair in pairs if pair[0].register and pair[0].register == pair[1].register)
    one, other = next(found, (None, None))
    return {"one": one.number, "other": other.number} if one is not None and other is not None else {}
