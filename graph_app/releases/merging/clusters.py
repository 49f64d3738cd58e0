"""From decisions on pairs to groups of what is one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph_app.journal.decisions import Decision, Judgement

__all__ = ["Groups", "group"]


@dataclass(frozen=True, slots=True)
class Groups:
    """What is one, by decisions that hold.

    :param members: each of which something was decided to be the same, to all that is one with it, itself included.
    :param contradicted: decisions that two are the same, each with one that says otherwise; they make nothing one.
    """

    members: Mapping[str, frozenset[str]] = field(hash=False)
    contradicted: tuple[tuple[Decision, Decision], ...] = ()

    @property
    def groups(self) -> frozenset[frozenset[str]]:
        """All groups of two and more."""
        return frozenset(self.members.values())


def group(decisions: Iterable[Decision]) -> Groups:
    """Group what is the same, also by way of others; never two that somebody decided not to be one.

    :param decisions: those that hold, in the order in which they were made: where two contradict each other by
        way of a third, it is the later one of those that say “the same” that makes nothing one.
    """
    decisions = tuple(decisions)
    apart: dict[str, list[Decision]] = {}
    for other in decisions:
        if other.judgement not in {Judgement.SAME, Judgement.UNSURE}:
            for iri in other.pair:
                apart.setdefault(iri, []).append(other)
    members: dict[str, frozenset[str]] = {}
    contradicted: list[tuple[Decision, Decision]] = []
    for one in decisions:
        if one.judgement is not Judgement.SAME:
            continue
        left, right = (members.get(iri, frozenset({iri})) for iri in (one.left, one.right))
        against = (other for iri in sorted(left) for other in apart.get(iri, ()) if other.pair - {iri} <= right)
        found = next(against, None) if left is not right else None
        if found is not None:
            contradicted.append((one, found))
            continue
        both = left | right
        members.update(dict.fromkeys(both, both))
    return Groups(members, tuple(contradicted))
