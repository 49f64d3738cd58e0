"""The lists find what texts speak of, and nothing in texts that only look like it."""

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from loaders.schemes import scheme
from loaders.terms.lists import SCHEMES, TermList, languages, term_list

HERE = Path(__file__).parent
CASES: dict[str, list[tuple[str, list[str]]]] = YAML(typ="safe").load(HERE / "cases.yaml")
LISTS = Path(__file__).resolve().parents[3] / "loaders" / "terms" / "lists"
#: Texts that speak of something, and texts that only look so, that each language must have.
ENOUGH = {"en": (25, 15), "cs": (25, 15), "de": (25, 15)}
ENOUGH_ELSEWHERE = (10, 6)


def entries(language: str) -> dict[str, dict[str, list[str]]]:
    listed: dict[str, dict[str, list[str]]] = YAML(typ="safe").load(LISTS / f"{language}.yaml")
    return listed


def concepts(terms: TermList, text: str) -> set[str]:
    return {hit.concept for hit in terms.find(text)}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [pytest.param(language, *case, id=f"{language}: {case[0]}") for language, cases in CASES.items() for case in cases],
)
def test_a_text_speaks_of_these_concepts_and_no_others(language: str, text: str, expected: list[str]) -> None:
    terms = term_list(language)
    assert terms is not None
    assert concepts(terms, text) == set(expected)


def test_every_language_has_enough_cases_of_both_kinds() -> None:
    assert set(CASES) == set(languages())
    for language, cases in CASES.items():
        found = sum(bool(expected) for _, expected in cases)
        least = ENOUGH.get(language, ENOUGH_ELSEWHERE)
        assert (found, len(cases) - found) >= least, language
        assert len(cases) - found >= least[1], language


@pytest.mark.parametrize("language", languages())
def test_a_list_names_concepts_of_the_schemes_and_no_term_twice_for_one(language: str) -> None:
    listed = entries(language)
    assert set(listed) == {*SCHEMES, "never"}
    for name in SCHEMES:
        assert set(listed[name]) <= {concept.key for concept in scheme(name).concepts}
    for part in listed.values():
        for heading, terms in part.items():
            assert terms, heading
            assert len(terms) == len(set(terms)), heading
            assert all(term == " ".join(term.split()) and term.strip("*. ") for term in terms), heading


@pytest.mark.parametrize("language", languages())
def test_a_list_finds_its_own_terms(language: str) -> None:
    """A term that its list itself would never reach, or that a false friend hides, is a mistake."""
    terms = term_list(language)
    assert terms is not None
    lost = [
        (concept, term)
        for name in SCHEMES
        for concept, listed in entries(language)[name].items()
        for term in listed
        if concept
        not in concepts(terms, " ".join(word.split("|")[0].strip("*") for word in term.split() if word != ".."))
    ]
    assert lost == []


SMALL = TermList(
    {
        "target-groups": {"refugees": ["*flüchtling*", "réfugié|réfugiés"], "women": ["žen"], "migrants": ["migra*"]},
        "themes": {"language": ["language course|courses", "course for .. refugees"], "health": ["health"]},
        "never": {"cells": ["migrating cell*"]},
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kriegsflüchtlinge", [("refugees", "Kriegsflüchtlinge", 0)]),
        ("die FLUECHTLINGE", [("refugees", "FLUECHTLINGE", 4)]),
        ("Les refugies.", [("refugees", "refugies", 4)]),
        ("refugiesme", []),
        ("zen a žen", [("women", "žen", 6)]),
        (
            "language-courses and a language  course",
            [("language", "language-courses", 0), ("language", "language  course", 23)],
        ),
        ("a course for young refugees", [("language", "course for young refugees", 2)]),
        ("a course for many very young refugees", []),
        ("migrating cells, migrating people", [("migrants", "migrating", 17)]),
        ("İHealth health", [("health", "health", 8)]),
        ("", []),
    ],
)
def test_words_are_found_whole_and_given_as_they_stand(text: str, expected: list[tuple[str, str, int]]) -> None:
    hits = list(SMALL.find(text))
    assert [(hit.concept, hit.words, hit.start) for hit in hits] == expected
    assert all(text[hit.start : hit.start + len(hit.words)] == hit.words for hit in hits)


@pytest.mark.parametrize(
    ("tag", "known"), [("en-GB", True), ("CS", True), ("zh", False), ("", False), ("../en", False)]
)
def test_a_list_is_found_by_the_tag_of_a_language(tag: str, known: bool) -> None:
    assert (term_list(tag) is not None) == known


_WORDS = st.lists(
    st.sampled_from(["migrant", "cells", "of", "refugees", "-", "  ", "İ", "resettlement", "é"]), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=200), _WORDS.map(" ".join)))
def test_any_text_is_searched_and_words_are_parts_of_it(text: str) -> None:
    for language in ("en", "de"):
        terms: Any = term_list(language)
        last = -1
        for hit in terms.find(text):
            assert text[hit.start : hit.start + len(hit.words)] == hit.words
            assert hit.start >= last
            last = hit.start


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "text", ["a" * 60_000, "resettlement of " * 4_000, "flüchtling" * 6_000, "migrant-" * 8_000, "\u00a0" * 60_000]
)
def test_no_text_takes_long(language: str, text: str) -> None:
    terms: Any = term_list(language)
    begun = time.process_time()
    sum(1 for _ in terms.find(text))
    assert time.process_time() - begun < 5
