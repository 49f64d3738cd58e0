"""Who decides who is who, and what is not taken because something else holds."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.journal.decisions import Decision, Judgement, decisions_in_force
from graph_app.journal.deployment import open_journal
from graph_app.releases.merging.clusters import group
from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.deciding import decide, decisions, undo, withdraw
from graph_app.stewardship.errors import Refused

JANA = Actor("jana", EVERY_ROLE)
A, B, C, D = (f"organisation/test/{key}" for key in "abcd")


@pytest.fixture
def home(tmp_path) -> Settings:
    return Settings(home=tmp_path / "home")


def same(left: str, right: str) -> Decision:
    return Decision(left, right, Judgement.SAME)


def different(left: str, right: str) -> Decision:
    return Decision(left, right, Judgement.DIFFERENT)


def held(settings: Settings) -> set[tuple[str, ...]]:
    return {(one.decision.left, one.decision.right, one.decision.judgement) for one in decisions(settings)}


def test_what_is_decided_is_in_the_journal_with_its_author(home: Settings) -> None:
    outcome = decide([same(A, B), different(C, D)], JANA, home)
    assert outcome.event is not None
    assert (outcome.event.actor, len(outcome.taken)) == ("jana", 2)
    assert held(home) == {(A, B, "same"), (C, D, "different")}


def test_a_later_decision_takes_the_place_of_an_earlier_one(home: Settings) -> None:
    decide([same(A, B)], JANA, home)
    decide([different(B, A)], JANA, home)
    assert held(home) == {(B, A, "different")}


def test_the_same_again_writes_nothing(home: Settings) -> None:
    decide([same(A, B)], JANA, home)
    head = open_journal(home).head
    outcome = decide([same(B, A)], JANA, home)
    assert (outcome.event, outcome.known, open_journal(home).head) == (None, (same(B, A),), head)


def test_undoing_brings_back_what_was_decided_before(home: Settings) -> None:
    decide([same(A, B)], JANA, home)
    later = decide([different(A, B), same(C, D)], JANA, home).event
    assert later is not None
    undo(later.seq, JANA, home, reason="a slip")
    assert held(home) == {(A, B, "same")}
    withdraw(B, A, JANA, home)
    assert held(home) == set()
    with pytest.raises(Refused, match="Nothing is decided"):
        withdraw(B, A, JANA, home)
    with pytest.raises(Refused, match="does not decide"):
        undo(3, JANA, home, reason="a slip")


def test_two_that_are_apart_do_not_become_one_by_way_of_a_third(home: Settings) -> None:
    decide([different(A, C), same(A, B)], JANA, home)
    outcome = decide([same(B, C), same(C, D)], JANA, home)
    assert outcome.taken == (same(C, D),)
    assert outcome.contradicted == ((same(B, C), different(A, C)),)


def test_two_that_are_one_by_way_of_a_third_are_not_set_apart(home: Settings) -> None:
    decide([same(A, B), same(B, C)], JANA, home)
    outcome = decide([different(A, C)], JANA, home)
    assert (outcome.event, outcome.taken) == (None, ())
    ((refused, _),) = outcome.contradicted
    assert refused == different(A, C)


@given(
    st.lists(
        st.tuples(st.sampled_from(list(combinations("abcdef", 2))), st.sampled_from(list(Judgement)[:3])), max_size=14
    )
)
def test_groups_never_hold_two_that_are_apart(drawn: list[tuple[tuple[str, str], Judgement]]) -> None:
    wanted = {frozenset(pair): Decision(*pair, judgement) for pair, judgement in drawn}
    found = group(wanted.values())
    for decision in wanted.values():
        together = decision.right in found.members.get(decision.left, frozenset())
        if decision.judgement is not Judgement.SAME:
            assert not together
        elif not together:
            assert decision in [one for one, _ in found.contradicted]


def test_every_event_is_read_as_it_was_written(home: Settings) -> None:
    decision = Decision(A, B, Judgement.PART, score=0.8, reasons=({"en": "A", "cs": "B"},), rule="r", comment="x")
    decide([decision], JANA, home)
    (one,) = decisions_in_force(open_journal(home).events())
    assert one.decision == decision
    assert one.decision.reasons == ({"en": "A", "cs": "B"},)
