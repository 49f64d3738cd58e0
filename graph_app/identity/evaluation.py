"""How well pairs of names that mean one organisation are found: precision and recall at each threshold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph_app.identity.candidates import Candidate, candidates_of
from graph_app.identity.gold import Gold, Pair
from graph_app.identity.index import Index
from graph_app.identity.likeness import Relation
from graph_app.identity.suggestions import SHOWN

__all__ = ["PRECISION", "THRESHOLDS", "Measured", "chosen", "evaluate"]

THRESHOLDS = (SHOWN, 0.8, 0.85, 0.88, 0.9, 0.93, 0.95, 0.98, 1.0)
#: What may be accepted without a look at each pair is right at least this often.
PRECISION = 0.98


@dataclass(frozen=True, slots=True)
class Measured:
    """What is found where strict rules and all candidates from a score on are accepted.

    :param threshold: the score; ``None`` for strict rules alone.
    :param right: accepted pairs that mean one organisation.
    :param wrong: accepted pairs that mean two.
    :param same: pairs of the table that mean one, found or not.
    :param alike: those of them that have a telling word, an acronym or its initials in common; the others are
        translations that no list knows, renamings, and names that a publisher gave to an identifier of somebody else.
    :param right_alike: accepted pairs of those.
    """

    threshold: float | None
    right: int
    wrong: int
    same: int
    alike: int
    right_alike: int

    @property
    def precision(self) -> float:
        """Share of accepted pairs that mean one organisation; 1 where none is accepted."""
        accepted = self.right + self.wrong
        return self.right / accepted if accepted else 1.0

    @property
    def recall(self) -> float:
        """Share of all pairs of the table that mean one and are accepted, whether blocking found them or not."""
        return self.right / self.same if self.same else 1.0

    @property
    def recall_alike(self) -> float:
        """The same share of those pairs whose names have anything telling in common."""
        return self.right_alike / self.alike if self.alike else 1.0


def evaluate(gold: Gold) -> Sequence[Measured]:
    """Find candidates among the names of a table and compare them with what the table says.

    Every pair of names counts once, however often either occurs. Recall is over all pairs that the table has as the
    same, also those that blocking never compares; precision is over all accepted pairs of which the table tells.

    :param gold: the names.
    :returns: strict rules alone first, then from the least threshold on.
    """
    index = Index(gold.entities)
    found = [candidate for candidate in candidates_of(index) if candidate.relation is Relation.SAME]
    alike = _alike(gold, index)
    at = [_measured(gold, alike, (one for one in found if one.rule), None)]
    for threshold in THRESHOLDS:
        accepted = (one for one in found if one.rule or one.score >= threshold)
        at.append(_measured(gold, alike, accepted, threshold))
    return at


def chosen(measured: Iterable[Measured]) -> float | None:
    """Return the least threshold from which on at least 98 of 100 accepted pairs are right, or nothing.

    :param measured: what was measured on the half for tuning.
    """
    enough = (one.threshold for one in measured if one.threshold is not None and one.precision >= PRECISION)
    return min(enough, default=None)


def _measured(gold: Gold, alike: frozenset[Pair], accepted: Iterable[Candidate], threshold: float | None) -> Measured:
    pairs = {(one.left, one.right) for one in accepted} - gold.unknown
    if gold.labelled is not None:
        pairs &= gold.labelled
    right = pairs & gold.same
    return Measured(threshold, len(right), len(pairs - right), len(gold.same), len(alike), len(right & alike))


def _alike(gold: Gold, index: Index) -> frozenset[Pair]:
    told = {iri: frozenset().union(*map(index.telling, one.described.names)) for iri, one in index.entities.items()}
    return frozenset(pair for pair in gold.same if told[pair[0]] & told[pair[1]])
