"""Identifiers that clearly different organisations or projects of a release share: they do not tell who is who."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from graph_app.identity.described import Described
from graph_app.identity.index import Entity, Index
from graph_app.identity.likeness import Relation, compare
from graph_app.identity.names import Name

__all__ = ["Shared", "are_unlike", "first_unlike", "shared_identifiers"]

#: Names that have less than this in common are those of two.
_NAMES_FIT = 0.5
#: Of more entities of one identifier, each is only compared with the first of them.
_ALL_COMPARED = 24


@dataclass(frozen=True, slots=True)
class Shared:
    """An identifier that stands with clearly different names.

    :param code: key of the identifier.
    :param entities: the IRIs of all that have it.
    :param names: two of the names that differ, as written.
    """

    code: str
    entities: tuple[str, ...]
    names: tuple[str, str]


def shared_identifiers(index: Index) -> Mapping[str, Shared]:
    """Return the identifiers that clearly different entities have.

    :param index: the entities of one kind.
    :returns: key of the identifier to what is wrong with it.
    """
    found = {}
    for code, places in index.by_code.items():
        entities = [index.all[place] for place in places]
        pair = first_unlike(entities, index)
        if pair is not None:
            names = (pair[0].texts[0], pair[1].texts[0])
            found[code] = Shared(code, tuple(sorted(entity.iri for entity in entities)), names)
    return found


def are_unlike(left: Described, right: Described, index: Index) -> bool:
    """Tell whether no name of one can be a name of the other, short of a translation that is not known.

    :param left: an entity.
    :param right: another.
    :param index: knows which words are rare.
    """
    pairs = list(product(left.names, right.names))
    return bool(pairs) and not any(_fit(one, other, index) for one, other in pairs)


def first_unlike(entities: Iterable[Entity], index: Index) -> tuple[Described, Described] | None:
    """Return two of several entities of which no name of one can be a name of the other, if there are such.

    :param entities: the entities.
    :param index: knows which words are rare.
    """
    different = list(dict.fromkeys(entity.described for entity in entities))
    for place, left in enumerate(different):
        for right in different[place + 1 :]:
            if are_unlike(left, right, index):
                return left, right
        if len(different) > _ALL_COMPARED:
            return None
    return None


def _fit(one: Name, other: Name, index: Index) -> bool:
    likeness = compare(one, other, index.weigh)
    if likeness.relation is Relation.DIFFERENT:
        return False
    return likeness.score >= _NAMES_FIT or _contains(one, other) or _contains(other, one)


def _contains(short: Name, long: Name) -> bool:
    """Tell whether one name has all words of a shorter one, as a name with an addition has."""
    return bool(short.core) and set(short.core) <= set(long.core)
