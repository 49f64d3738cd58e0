"""Pairs of entities of one release that may be one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph_app.identity.blocking import pairs_to_compare
from graph_app.identity.graph import judge, known_names
from graph_app.identity.index import Entity, Index
from graph_app.identity.likeness import Relation
from graph_app.identity.rules import rule_for
from graph_app.identity.shared import Shared, shared_identifiers
from graph_app.identity.suggestions import SHOWN, Reason
from graph_app.questions.engine import Engine

__all__ = ["Candidate", "candidates", "candidates_of"]

#: Most that two score whose identifier is that of others too: nobody accepts them without a look.
_DOUBTFUL = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that may be one, or a part and its whole, or a project and what it continues.

    :param left: IRI of the one that comes first in the order of IRIs.
    :param right: IRI of the other.
    :param left_name: the name of the left one that comes nearest to the other, as written.
    :param right_name: the name of the right one that comes nearest, as written.
    :param score: from 0 to 1: how likely the relation holds.
    :param relation: what the two are to each other.
    :param reasons: why, what counts most first.
    :param rule: the strict rule of :mod:`graph_app.identity.rules` that makes them one, or an empty string.
    """

    left: str
    right: str
    left_name: str
    right_name: str
    score: float
    relation: Relation
    reasons: tuple[Reason, ...]
    rule: str = ""


def candidates(engine: Engine, kind: str, *, least: float = SHOWN) -> Sequence[Candidate]:
    """Return all pairs of entities of a release that may be one, without those of which it is stated what they are.

    Of entities that are told in the very same words each is paired with the first of them alone: who decides on these
    pairs has decided on all.

    :param engine: the engine on the release.
    :param kind: ``organisation`` or ``project``.
    :param least: the least score.
    :returns: each pair once: first those of a strict rule, then those that may be the same, then parts and successors;
        of each the likeliest first.
    :raises QueryError: if the release does not answer.
    """
    return candidates_of(known_names(engine).index(engine, kind), least=least)


def candidates_of(index: Index, *, least: float = SHOWN) -> Sequence[Candidate]:
    """Return all pairs of entities that may be one, as :func:`candidates`.

    :param index: the entities of one kind.
    :param least: the least score.
    """
    shared = shared_identifiers(index)
    pairs = ((index.all[one], index.all[other]) for one, other in pairs_to_compare(index))
    found = (_candidate(one, other, index, shared, least) for one, other in pairs)
    return sorted((candidate for candidate in found if candidate is not None), key=_order)


def _candidate(
    one: Entity, other: Entity, index: Index, shared: Mapping[str, Shared], least: float
) -> Candidate | None:
    # Where each works is left out. Measured on 128 pairs of IOM's portfolio whose names are alike and of which
    # identifiers tell what they are: of 8 that are one, 3 (UNICEF, WFP, FAO in two spellings) share no country; no two
    # that are one share a project or a partner, and those that share projects are a donor and its receiver.
    left, right = sorted((one, other), key=lambda entity: entity.iri)
    there = judge(left.described, right, index)
    if there is None or there.score < least:
        return None
    # What differs by the direction in which it is looked at is in doubt: the lower score counts.
    back = judge(right.described, left, index)
    if back is None or back.score < least:
        return None
    told = min((there, back), key=lambda suggestion: suggestion.score)
    rule = rule_for(left.described, right.described, index, shared) if told.relation is Relation.SAME else ""
    if right.iri in index.wholes(left.described) or left.iri in index.wholes(right.described):
        # Nobody is asked what is stated, unless a rule says otherwise.
        if not rule:
            return None
        told = replace(told, reasons=(*told.reasons, Reason("stated-part", against=True)))
    if not rule and (doubt := _doubt(left, right, shared)) is not None:
        told = replace(told, score=min(told.score, _DOUBTFUL), reasons=(*told.reasons, doubt))
    return Candidate(left.iri, right.iri, back.name, there.name, told.score, told.relation, told.reasons, rule)


def _doubt(left: Entity, right: Entity, shared: Mapping[str, Shared]) -> Reason | None:
    """Return what speaks against two whose only common identifiers stand with clearly different names."""
    common = {code.key for code in left.described.codes} & {code.key for code in right.described.codes}
    if not common or not common <= shared.keys():
        return None
    names = shared[min(common)].names
    return Reason("shared-identifier", {"name": names[1]}, against=True)


def _order(candidate: Candidate) -> tuple[bool, bool, float, str, str]:
    other = candidate.relation is not Relation.SAME
    return not candidate.rule, other, -candidate.score, candidate.left, candidate.right
