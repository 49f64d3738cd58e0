"""Ties between organisations, made from who is a member of which project or partnership."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

__all__ = ["Actor", "Membership", "Tie", "partners_of", "ties"]


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation in a network.

    :param iri: its IRI.
    :param label: its name in the reader's language.
    :param type: name of its type of organisation, or empty.
    :param seat: name of the country of its seat, or empty.
    """

    iri: str
    label: str
    type: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """One organisation in one place of shared work.

    :param context: IRI of the project, or of the partnership where there is no project.
    :param organisation: IRI of the organisation.
    """

    context: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Two organisations that work together, and where they do.

    :param first: IRI of the organisation whose IRI sorts first.
    :param second: IRI of the other one.
    :param contexts: IRIs of the projects and partnerships that they share, sorted.
    """

    first: str
    second: str
    contexts: tuple[str, ...]

    @property
    def weight(self) -> int:
        """Count the projects and partnerships behind the tie."""
        return len(self.contexts)


def ties(memberships: Iterable[Membership]) -> tuple[Tie, ...]:
    """Join every two organisations that are members of the same project or partnership.

    :param memberships: who is where; repeats count once.
    :returns: one tie a pair, the strongest first, equal ones by IRI.
    """
    members: dict[str, set[str]] = {}
    for membership in memberships:
        members.setdefault(membership.context, set()).add(membership.organisation)
    shared: dict[tuple[str, str], list[str]] = {}
    for context in sorted(members):
        for pair in combinations(sorted(members[context]), 2):
            shared.setdefault(pair, []).append(context)
    found = (Tie(first, second, tuple(contexts)) for (first, second), contexts in shared.items())
    return tuple(sorted(found, key=lambda tie: (-tie.weight, tie.first, tie.second)))


def partners_of(organisation: str, found: Iterable[Tie]) -> Mapping[str, Tie]:
    """Return the ties of one organisation by its partner.

    :param organisation: IRI of the organisation.
    :param found: ties of the network.
    :returns: IRI of the partner to the tie.
    """
    partners: dict[str, Tie] = {}
    for tie in found:
        if organisation == tie.first:
            partners[tie.second] = tie
        elif organisation == tie.second:
            partners[tie.first] = tie
    return partners
