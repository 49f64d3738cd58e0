"""Which pairs somebody still has to decide on, what many decisions at once would make, and what a decision keeps."""

from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.identity.candidates import Candidate
from graph_app.identity.likeness import Relation
from graph_app.identity.suggestions import Reason
from graph_app.journal.decisions import Decided, Decision, Judgement, Way
from graph_app.journal.events import Event, EventType
from graph_app.releases.merging.clusters import group
from graph_app.stewardship.pairs import Effect, Known, Pair, Standing, acceptable, decision_on, effect_of, pairs_of
from loaders.findings import LANGUAGES

BASE = "https://example.org/id/"
A, B, C, D, E = (f"organisation/test/{key}" for key in "abcde")
SAME, DIFFERENT, PART, UNSURE = Judgement.SAME, Judgement.DIFFERENT, Judgement.PART, Judgement.UNSURE
RULE = "same-identifier-same-name"


def decided(*said: tuple[str, Judgement, str]) -> list[Decided]:
    event = Event(1, "", "", "", datetime(2026, 1, 1, tzinfo=UTC), "jana", EventType.MATCH_DECIDED, {})
    return [
        Decided(Decision(left, right, judgement), event, number) for number, (left, judgement, right) in enumerate(said)
    ]


def candidate(
    left: str, right: str, score: float = 0.9, relation: Relation = Relation.SAME, rule: str = ""
) -> Candidate:
    reasons = (Reason("same-name"), Reason("other-seat", against=True))
    return Candidate(BASE + left, BASE + right, "One", "Other", score, relation, reasons, rule)


@pytest.mark.parametrize(
    ("known", "standing", "judgement"),
    [
        ([], Standing.OPEN, None),
        ([(B, SAME, A)], Standing.DECIDED, SAME),
        ([(A, UNSURE, B)], Standing.UNSURE, UNSURE),
        ([(A, SAME, C), (C, SAME, B)], Standing.FOLLOWS, SAME),
        ([(A, SAME, C), (C, DIFFERENT, B)], Standing.FOLLOWS, DIFFERENT),
        ([(A, SAME, C), (B, SAME, D), (C, PART, D)], Standing.FOLLOWS, PART),
        ([(A, UNSURE, B), (A, SAME, C), (C, SAME, B)], Standing.FOLLOWS, SAME),
        ([(A, SAME, C), (C, UNSURE, B)], Standing.OPEN, None),
        ([(A, DIFFERENT, C), (C, SAME, D)], Standing.OPEN, None),
    ],
)
def test_a_pair_is_settled_by_what_is_decided_on_it_or_on_others(
    known: list[tuple[str, Judgement, str]], standing: Standing, judgement: Judgement | None
) -> None:
    (pair,) = pairs_of([candidate(A, B)], decided(*known), BASE)
    assert (pair.key, pair.standing, pair.judgement) == ((A, B), standing, judgement)
    assert (pair.decided is None) is (judgement is None)


@given(
    st.lists(
        st.tuples(st.sampled_from(list(combinations((A, B, C, D, E), 2))), st.sampled_from((SAME, DIFFERENT, UNSURE))),
        unique_by=lambda said: said[0],
    )
)
def test_what_follows_is_what_a_release_makes_one(said: list[tuple[tuple[str, str], Judgement]]) -> None:
    known = decided(*((left, judgement, right) for (left, right), judgement in said))
    groups = group(one.decision for one in known)
    for left, right in combinations((A, B, C, D, E), 2):
        pair = Known(known).pair(left, right)
        own = next((one.decision.judgement for one in known if one.decision.pair == {left, right}), None)
        one = right in groups.members.get(left, ())
        if own in {None, UNSURE}:
            assert (pair.judgement is SAME) is one
            assert pair.standing is not Standing.DECIDED
        else:
            assert (pair.standing, pair.judgement) == (Standing.DECIDED, own)


def test_only_what_nobody_looked_at_is_accepted_at_once() -> None:
    pairs = pairs_of(
        [
            candidate(A, B, 0.99, rule=RULE),
            candidate(A, C, 0.95),
            candidate(A, D, 0.99, Relation.PART),
            candidate(C, D, 0.97),
            candidate(D, E, 0.98),
        ],
        decided((C, DIFFERENT, D), (E, UNSURE, D)),
        BASE,
    )
    assert [pair.key for pair in acceptable(pairs, rule=RULE)] == [(A, B)]
    assert [pair.key for pair in acceptable(pairs, least=0.95)] == [(A, B), (A, C)]
    assert acceptable(pairs, rule="another") == ()


@pytest.mark.parametrize(
    ("wanted", "known", "effect"),
    [
        ([(A, SAME, B)], [], Effect(2, 1, 2, 0)),
        ([(A, SAME, B), (B, SAME, C), (D, SAME, E)], [], Effect(5, 2, 3, 0)),
        ([(B, SAME, C)], [(A, SAME, B)], Effect(2, 1, 3, 0)),
        ([(B, SAME, C)], [(A, SAME, B), (A, DIFFERENT, C)], Effect(0, 0, 0, 1)),
        ([(A, SAME, B)], [(A, SAME, B)], Effect(0, 0, 0, 0)),
    ],
)
def test_it_is_told_what_many_decisions_would_make(
    wanted: list[tuple[str, Judgement, str]], known: list[tuple[str, Judgement, str]], effect: Effect
) -> None:
    assert effect_of([one.decision for one in decided(*wanted)], decided(*known)) == effect


def test_a_decision_keeps_what_was_seen() -> None:
    pair = Pair(A, B, candidate(A, B, 0.93, rule=RULE))
    by_rule = decision_on(pair, SAME, way=Way.RULE)
    assert (by_rule.score, by_rule.rule, len(by_rule.reasons)) == (0.93, RULE, 2)
    assert all(set(reason) == set(LANGUAGES) for reason in by_rule.reasons)
    by_person = decision_on(pair, PART, swapped=True, comment=" see its website ")
    assert (by_person.left, by_person.right, by_person.rule, by_person.comment) == (B, A, "", "see its website")
    assert decision_on(Pair(A, B), DIFFERENT) == Decision(A, B, DIFFERENT)
