"""Pairs of entities of one release that may be one."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.identity.candidates import candidates, candidates_of
from graph_app.identity.described import Described, code_of
from graph_app.identity.graph import judge, known_names
from graph_app.identity.index import Entity, Index
from graph_app.identity.likeness import Relation
from graph_app.identity.suggestions import SHOWN
from graph_app.questions.engine import Engine
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from loaders.vocabulary import BASE

WORDS = st.sampled_from(
    ["Caritas", "IOM", "Praha", "Wien", "Refugee", "Council", "Ministry", "of the Interior", "Danish", "II", "z. s."]
)
NAMES = st.lists(WORDS, min_size=1, max_size=4, unique=True).map(" ".join)


@pytest.fixture(scope="module")
def engine(curated_settings: Settings) -> Iterator[Engine]:
    with Engine(current_release(curated_settings), curated_settings) as running:
        yield running


def entity(name: str, *texts: str, seat: str = "", code: tuple[str, str] | None = None, part_of: str = "") -> Entity:
    found = code_of(*code) if code else None
    codes, wholes = frozenset([found] if found else []), frozenset([part_of] if part_of else [])
    return Entity(name, Described("organisation", texts, seat=seat, codes=codes, part_of=wholes))


def pairs(*entities: Entity) -> dict[tuple[str, str], tuple[Relation, str]]:
    return {(found.left, found.right): (found.relation, found.rule) for found in candidates_of(Index(entities))}


def test_nobody_is_asked_what_the_graph_states(engine: Engine) -> None:
    index = known_names(engine).index(engine, "organisation")
    iom, prague, budapest = (
        index.entities[f"{BASE}organisation/curated/{key}"] for key in ("iom", "iom-prague", "iom-budapest")
    )
    assert all(iom.iri in index.wholes(branch.described) for branch in (prague, budapest))
    found = {frozenset((one.left, one.right)) for one in candidates(engine, "organisation")}
    assert found.isdisjoint(frozenset(pair) for pair in combinations((iom.iri, prague.iri, budapest.iri), 2))


def test_branches_of_one_head_are_its_parts_and_not_each_other() -> None:
    found = pairs(entity("a", "IOM"), entity("b", "IOM Prague"), entity("c", "IOM Budapest"))
    assert found == {("a", "b"): (Relation.PART, ""), ("a", "c"): (Relation.PART, "")}


@pytest.mark.parametrize("relation", ["part_of", "part_of, by way of another"])
def test_a_stated_part_is_neither_a_part_to_decide_nor_the_same_unless_a_rule_says_so(relation: str) -> None:
    between = [entity("m", "Regional Office", part_of="a")] if "way" in relation else []
    whole = "m" if between else "a"
    assert pairs(entity("a", "IOM"), *between, entity("b", "IOM Prague", part_of=whole)) == {}
    assert pairs(entity("a", "Caritas"), *between, entity("b", "Caritas", part_of=whole)) == {}
    code = ("CZ-ICO", "25755277")
    twice = [entity("a", "Člověk v tísni", code=code), entity("b", "Člověk v tísni, o.p.s.", code=code, part_of=whole)]
    (found,) = candidates_of(Index([*twice, *between]))
    assert found.rule == "same-identifier-same-name"
    assert "stated-part" in {reason.rule for reason in found.reasons if reason.against}


def test_the_same_identifier_with_the_same_name_is_a_rule() -> None:
    code = ("CZ-ICO", "25755277")
    assert pairs(
        entity("a", "Člověk v tísni, o.p.s.", code=code),
        entity("b", "CLOVEK V TISNI", code=("CZ-ICO", "CZ-ICO-25755277")),
    ) == {("a", "b"): (Relation.SAME, "same-identifier-same-name")}


def test_a_name_alone_is_no_rule() -> None:
    assert pairs(entity("a", "Člověk v tísni"), entity("b", "Clovek v tisni")) == {("a", "b"): (Relation.SAME, "")}


def test_ministries_of_two_countries_are_no_candidates() -> None:
    one = entity("a", "Ministry of the Interior, Czechia", seat="CZE")
    assert pairs(one, entity("b", "Ministry of the Interior, Slovakia")) == {}
    assert pairs(one, entity("b", "Ministry of the Interior", seat="SVK")) == {}


def test_many_told_in_the_same_words_are_each_paired_with_the_first() -> None:
    crowd = [entity(f"{number:03}", "Norwegian Refugee Council") for number in range(40)]
    assert set(pairs(*crowd, entity("nrc", "NRC"))) == {("000", f"{number:03}") for number in range(1, 40)} | {
        ("000", "nrc")
    }


@given(st.lists(NAMES, min_size=2, max_size=12, unique=True))
def test_each_pair_that_is_likely_comes_once_and_in_order(names: list[str]) -> None:
    entities = [entity(f"{place:02}", name) for place, name in enumerate(names)]
    index = Index(entities)
    found = candidates_of(index)
    told = [(one.left, one.right) for one in found]
    assert len(told) == len(set(told))
    assert all(left < right for left, right in told)
    scores = [one.score for one in found if one.relation is Relation.SAME]
    assert scores == sorted(scores, reverse=True)
    for left, right in combinations(entities, 2):
        there, back = judge(left.described, right, index), judge(right.described, left, index)
        likely = there is not None and back is not None and min(there.score, back.score) >= SHOWN
        assert ((left.iri, right.iri) in told) is likely
