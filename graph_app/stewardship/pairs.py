"""Pairs that may be one, and what decisions say of them, also by way of others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph_app.identity.candidates import Candidate
from graph_app.identity.likeness import Relation
from graph_app.journal.decisions import Decided, Decision, Judgement, Way
from graph_app.releases.merging.clusters import Groups, group
from loaders.findings import LANGUAGES

__all__ = ["Effect", "Pair", "Standing", "acceptable", "decision_on", "effect_of", "pairs_of"]


class Standing(StrEnum):
    """Whether somebody still has to decide on a pair."""

    OPEN = "open"
    UNSURE = "unsure"  #: somebody looked, and could not tell
    DECIDED = "decided"
    FOLLOWS = "follows"  #: what was decided on others says it


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that may be one.

    :param left: IRI of the first, without the base of all instances.
    :param right: of the second.
    :param candidate: how alike they are, and why; ``None`` where nobody but the reader thinks of it.
    :param standing: whether somebody still has to decide.
    :param judgement: what holds of them, where something does.
    :param decided: the decision that says so, on these two or on others.
    """

    left: str
    right: str
    candidate: Candidate | None = None
    standing: Standing = Standing.OPEN
    judgement: Judgement | None = None
    decided: Decided | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other pairs."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Effect:
    """What decisions would make of entities.

    :param before: how many entities become others.
    :param after: how many they are then.
    :param largest: how many the largest of those is made of.
    :param contradicted: how many of the decisions would not be taken.
    """

    before: int
    after: int
    largest: int
    contradicted: int


class Known:
    """What decisions say of any two entities.

    :param decided: the decisions that hold, in their order.
    """

    def __init__(self, decided: Sequence[Decided]) -> None:
        self._on = {one.decision.pair: one for one in decided}
        self._members = group(one.decision for one in decided).members
        self._between = {
            frozenset(map(self._whole, one.decision.pair)): one
            for one in decided
            if one.decision.judgement not in {Judgement.SAME, Judgement.UNSURE}
        }
        self._joined = {
            self._whole(one.decision.left): one for one in decided if one.decision.judgement is Judgement.SAME
        }

    def pair(self, left: str, right: str, candidate: Candidate | None = None) -> Pair:
        """Return two entities with what is decided on them.

        :param left: IRI of the first, without the base.
        :param right: of the second.
        :param candidate: how alike they are.
        """
        own = self._on.get(frozenset({left, right}))
        unsure = own is not None and own.decision.judgement is Judgement.UNSURE
        if own is not None and not unsure:
            return Pair(left, right, candidate, Standing.DECIDED, own.decision.judgement, own)
        if (other := self._follows(left, right)) is not None:
            return Pair(left, right, candidate, Standing.FOLLOWS, other.decision.judgement, other)
        return (
            Pair(left, right, candidate, Standing.UNSURE, Judgement.UNSURE, own)
            if unsure
            else Pair(left, right, candidate)
        )

    def _follows(self, left: str, right: str) -> Decided | None:
        one, other = self._whole(left), self._whole(right)
        return self._joined.get(one) if one == other else self._between.get(frozenset({one, other}))

    def _whole(self, iri: str) -> str:
        return min(self._members.get(iri, (iri,)))


def pairs_of(candidates: Iterable[Candidate], decided: Sequence[Decided], base: str) -> tuple[Pair, ...]:
    """Return candidates with what is decided on them.

    :param candidates: the candidates of a release.
    :param decided: the decisions that hold, in their order.
    :param base: base of all instance IRIs.
    :returns: the pairs in the order of the candidates.
    """
    known = Known(decided)
    return tuple(known.pair(one.left.removeprefix(base), one.right.removeprefix(base), one) for one in candidates)


def decision_on(
    pair: Pair, judgement: Judgement, *, way: Way = Way.PERSON, swapped: bool = False, comment: str = ""
) -> Decision:
    """Return what somebody decides on a pair, with what they saw of it.

    :param pair: the pair.
    :param judgement: what the first is to the second.
    :param way: how the decision comes about.
    :param swapped: whether it is rather what the second is to the first.
    :param comment: what they add.
    """
    seen = pair.candidate
    left, right = (pair.right, pair.left) if swapped else (pair.left, pair.right)
    return Decision(
        left,
        right,
        judgement,
        way,
        seen.score if seen is not None else None,
        tuple({code: reason.text(code) for code in LANGUAGES} for reason in seen.reasons) if seen is not None else (),
        seen.rule if seen is not None and way is Way.RULE else "",
        comment.strip(),
    )


def acceptable(pairs: Iterable[Pair], *, rule: str = "", least: float = 1.0) -> tuple[Pair, ...]:
    """Return pairs that are probably the same and that nobody has looked at, of a strict rule or from a score on.

    :param pairs: all pairs.
    :param rule: name of the rule; empty for those from a score on.
    :param least: the least score, where no rule is named.
    """
    return tuple(
        pair
        for pair in pairs
        if pair.standing is Standing.OPEN
        and (seen := pair.candidate) is not None
        and seen.relation is Relation.SAME
        and (seen.rule == rule if rule else seen.score >= least)
    )


def effect_of(wanted: Sequence[Decision], decided: Sequence[Decided]) -> Effect:
    """Return what decisions would make of entities, those of others that are taken as well.

    :param wanted: the decisions, none of which is made yet.
    :param decided: the decisions that hold.
    """
    held = [one.decision for one in decided]
    before, after = group(held), group([*held, *wanted])
    touched = {_members(after, iri) for one in wanted for iri in one.pair}
    touched = {members for members in touched if members not in before.groups and len(members) > 1}
    entities = {_members(before, iri) for members in touched for iri in members}
    left_out = sum(one in wanted for one, _ in after.contradicted)
    return Effect(len(entities), len(touched), max(map(len, touched), default=0), left_out)


def _members(groups: Groups, iri: str) -> frozenset[str]:
    return groups.members.get(iri, frozenset({iri}))
