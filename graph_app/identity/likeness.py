"""How alike two names are, and in which way."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import DamerauLevenshtein, Prefix

from graph_app.identity.lists import lists
from graph_app.identity.names import Name
from graph_app.identity.places import country_of

__all__ = ["Likeness", "Relation", "Weigh", "compare", "words_alike"]

#: Gives the weight of a word: what few names have says more.
Weigh = Callable[[str], float]

_WEAK = 0.25
_PLACE = 0.5
#: Words that differ in more than a quarter of their letters are different words.
_ALIKE = 0.75
#: One letter less or more makes another acronym.
_SHORTEST_MISSPELT = 6
_BEGINNING = 5
_SAME_BEGINNING = 0.6
#: From here on, what differs beside the words decides.
_CLOSE = 0.75
#: Letters of whole names that are slips rather than other words.
_SLIPS = 0.93
_BY_INITIALS = 0.85
_OWN_ACRONYM = 0.97
_DIFFERENT = 0.3
#: A university and an institute of one name are two.
_OF_TWO_KINDS = 0.8
#: A word that only one name has may be what tells them apart.
_ONE_MORE = 0.9
#: A company is not registered in two countries under two forms.
_OTHER_FORM = 0.85
#: Names of so many telling words are not shared by several countries.
_TELLING = 4


class Relation(StrEnum):
    """What one entity may be to another."""

    SAME = "same"
    PART = "part"  #: one is a branch or member of the other
    FOLLOWS = "follows"  #: a project continues another
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How alike two names are.

    :param score: from 0 to 1.
    :param relation: what it speaks for.
    :param rule: in which way they are alike or not: key of a sentence in ``reasons.yaml``.
    """

    score: float
    relation: Relation
    rule: str


def compare(one: Name, other: Name, weigh: Weigh) -> Likeness:
    """Compare two names.

    :param one: a name.
    :param other: another name.
    :param weigh: weight of a word that is not weak by itself, from 0 to 1.
    """
    score, rule = words_alike(one, other, weigh)
    if rule == "slips" and one.numbers == other.numbers:
        return Likeness(score, Relation.SAME, "similar-name")
    if one.forms and other.forms and not one.forms & other.forms:
        score *= _OTHER_FORM
    if score < _CLOSE:
        return Likeness(score, Relation.SAME, rule)
    return _beside(one, other, score, rule)


def words_alike(one: Name, other: Name, weigh: Weigh) -> tuple[float, str]:
    """Compare what two names are called, with the places that both have.

    :param one: a name.
    :param other: another name.
    :param weigh: weight of a word that is not weak by itself, from 0 to 1.
    :returns: how alike they are, from 0 to 1, and in which way.
    """
    if one.core and one.whole == other.whole:
        same = one.text.casefold() == other.text.casefold()
        return 1.0, "same-name" if same else "same-words"
    return max(
        (_dice(_parts(one, other), _parts(other, one), weigh), "similar-name"),
        (max(_acronym_of(one, other), _acronym_of(other, one)), "acronym"),
        (float(DamerauLevenshtein.normalized_similarity(one.letters, other.letters, score_cutoff=_SLIPS)), "slips"),
    )


def _parts(name: Name, other: Name) -> list[str]:
    """Return what is compared: also an acronym in brackets that is a word of the other."""
    called = sorted(name.acronyms & set(other.core))
    return [*name.core, *called, *(f"@{place}" for place in sorted(name.towns | name.countries))]


def _acronym_of(short: Name, long: Name) -> float:
    acronyms = short.acronyms | ({short.acronym} if short.acronym else set())
    if acronyms & long.acronyms:
        return _OWN_ACRONYM
    return _BY_INITIALS if acronyms & long.initials else 0.0


def _dice(one: list[str], other: list[str], weigh: Weigh) -> float:
    """Return which share of the weight of all words is in words that both have."""
    weights = {word: _weight(word, weigh) for word in {*one, *other}}
    coined = any(sum(word not in lists().weak for word in words) == 1 for words in (one, other))
    pairs = sorted(
        (
            (alike, i, j)
            for i, word in enumerate(one)
            for j, wanted in enumerate(other)
            # Asked before the call: it is what comparing all of a release spends most time on.
            if word == wanted or min(len(word), len(wanted)) >= _SHORTEST_MISSPELT
            if (alike := _alike(word, wanted, coined=coined))
        ),
        reverse=True,
    )
    used_one: set[int] = set()
    used_other: set[int] = set()
    common = 0.0
    for alike, i, j in pairs:
        if i not in used_one and j not in used_other:
            used_one.add(i)
            used_other.add(j)
            common += alike * (weights[one[i]] + weights[other[j]])
    # A place that only one has is judged apart, once the words agree.
    left_one = [word for place, word in enumerate(one) if place not in used_one]
    left_other = [word for place, word in enumerate(other) if place not in used_other]
    compared = sum(weights[word] for word in [*one, *other])
    compared -= sum(weights[word] for word in [*left_one, *left_other] if word[0] == "@")
    of_two_kinds = not lists().weak.isdisjoint(left_one) and not lists().weak.isdisjoint(left_other)
    doubt = _OF_TWO_KINDS if of_two_kinds else 1.0
    doubt *= _ONE_MORE ** sum(word[0] != "@" and word not in lists().weak for word in [*left_one, *left_other])
    return common / compared * doubt if compared else 0.0


def _weight(word: str, weigh: Weigh) -> float:
    if word in lists().weak:
        return _WEAK
    return _PLACE if word[0] == "@" else weigh(word)


def _alike(word: str, wanted: str, *, coined: bool) -> float:
    """Return how alike two words are: 1 for the same, 0 for two words, between them for slips and other endings.

    Short words are either the same or two, which is asked before.

    :param coined: whether one is the only telling word of its name, which is often coined from a common beginning.
    """
    if word == wanted:
        return 1.0
    if "@" in {word[0], wanted[0]}:
        return 0.0
    if {word, wanted} <= lists().keys:
        return 0.0
    beginning = Prefix.similarity(word, wanted)
    longest = max(len(word), len(wanted))
    if not coined and beginning >= _BEGINNING and beginning >= _SAME_BEGINNING * longest and longest - beginning <= 4:
        return 0.9
    alike = DamerauLevenshtein.normalized_similarity(word, wanted, score_cutoff=_ALIKE)
    return float(alike)


def _beside(one: Name, other: Name, score: float, rule: str) -> Likeness:
    """Judge names whose words agree by the places and numbers in them."""
    countries = [name.countries | {country_of(town) for town in name.towns} for name in (one, other)]
    apart = {
        "other-number": one.numbers and other.numbers and one.numbers != other.numbers,
        # Each has a place that the other has not, whatever they have in common.
        "other-town": one.towns - other.towns and other.towns - one.towns,
        "other-country": countries[0] - countries[1] and countries[1] - countries[0],
        "place-names-it": _only_weak(one, other) and (one.towns | one.countries) != (other.towns | other.countries),
    }
    for reason in (reason for reason, holds in apart.items() if holds):
        return Likeness(_DIFFERENT, Relation.DIFFERENT, reason)
    telling = sum(word not in lists().weak for word in one.core)
    in_one = {
        "number-in-one": one.numbers != other.numbers,
        "town-in-one": bool(one.towns) != bool(other.towns),
        "country-in-one": bool(countries[0]) != bool(countries[1]) and rule != "acronym" and telling < _TELLING,
    }
    for reason in (reason for reason, holds in in_one.items() if holds):
        # A branch is called as its head is, so that words in which they differ speak against it.
        return Likeness(score if score >= _BY_INITIALS else _DIFFERENT, Relation.PART, reason)
    return Likeness(score, Relation.SAME, rule)


def _only_weak(one: Name, other: Name) -> bool:
    """Tell whether a name is nothing but words such as “municipality”, so that the place is what names it."""
    return any(set(name.core) <= lists().weak for name in (one, other))
