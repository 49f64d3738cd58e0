"""How right matching is: what the strict rules and the candidates from each score on find of gold data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph_app.identity.candidates import Candidate, candidates_of
from graph_app.identity.gold import Gold, Pair
from graph_app.identity.index import Index
from graph_app.identity.likeness import Relation
from graph_app.identity.suggestions import SHOWN

__all__ = ["THRESHOLDS", "Row", "evaluate", "found_in"]

#: Scores from which on candidates are accepted.
THRESHOLDS = (1.0, 0.98, 0.96, 0.94, 0.92, 0.9, 0.88, 0.86, 0.84, 0.82, 0.8, 0.78, SHOWN)


@dataclass(frozen=True, slots=True)
class Row:
    """What is accepted, and how right that is.

    :param accepted: ``rules``, or the least score of the candidates that are accepted beside them.
    :param found: pairs accepted of which it is known what they are.
    :param right: those of them that are one.
    :param gold: all pairs that are one, whether they were compared or not.
    """

    accepted: str
    found: int
    right: int
    gold: int

    @property
    def precision(self) -> float | None:
        """Share of what is found that is right; nothing where nothing is found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of all that is one that is found; nothing where there is none."""
        return self.right / self.gold if self.gold else None


def found_in(gold: Gold) -> list[tuple[Candidate, bool]]:
    """Return the candidates for being the same of which it is known what they are, each with whether it is right.

    :param gold: the names.
    """
    candidates = candidates_of(Index(gold.entities))
    return list(_judged(gold, (one for one in candidates if one.relation is Relation.SAME)))


def evaluate(gold: Gold) -> Iterator[Row]:
    """Measure matching: the strict rules alone, then with the candidates from each of :data:`THRESHOLDS` on.

    A pair that is never compared, since nothing suggests it, counts as not found.

    :param gold: the names.
    """
    found = found_in(gold)
    by_rule = [right for candidate, right in found if candidate.rule]
    yield Row("rules", len(by_rule), sum(by_rule), len(gold.same))
    for least in THRESHOLDS:
        accepted = [right for candidate, right in found if candidate.rule or candidate.score >= least]
        yield Row(f"{least:.2f}", len(accepted), sum(accepted), len(gold.same))


def _judged(gold: Gold, candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, bool]]:
    for candidate in candidates:
        pair: Pair = (candidate.left, candidate.right)
        if pair in gold.same:
            yield candidate, True
        elif gold.different is None or pair in gold.different:
            yield candidate, False
