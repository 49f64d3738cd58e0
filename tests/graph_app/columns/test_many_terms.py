"""Parameters with many terms: the same rows as with few, each term in its place."""

from pathlib import Path

import pytest

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.questions.results import XSD, read_table

KNOWN = 60


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ColumnStore:
    folder: Path = tmp_path_factory.mktemp("many")
    lines = (f'<urn:x:{i}> <urn:is> "{i}"^^<{XSD}integer> <urn:g> .\n' for i in range(KNOWN))
    (folder / "many.nq").write_text("".join(lines), encoding="utf-8")
    build_columns(folder / "columns", folder / "many.nq")
    return ColumnStore.open(folder / "columns")


def rows(store: ColumnStore, text: str, terms: list[Constant]) -> list[tuple[str, str]]:
    _, found = read_table(store.evaluate(text, params={"x": terms}).body)
    return sorted(tuple("" if term is None else term.value for term in row) for row in found)


@pytest.mark.parametrize("number", [1, 20, 21, 100])
def test_each_term_is_looked_up(number: int, store: ColumnStore) -> None:
    terms = [Constant(Kind.IRI, f"urn:x:{i}") for i in range(number)]
    some = "SELECT ?x ?n { VALUES ?x { UNDEF } OPTIONAL { ?x <urn:is> ?n } }"
    expected = sorted((f"urn:x:{i}", str(i) if i < KNOWN else "") for i in range(number))
    assert rows(store, some, terms) == expected
    assert rows(store, some, terms[:1] * number) == [("urn:x:0", "0")] * number
    both = "SELECT ?x (STR(?x) AS ?text) { VALUES ?x { UNDEF } FILTER(isIRI(?x) && LANG(?x) = '') }"
    assert rows(store, both, terms) == []
    named = "SELECT ?x (STR(?x) AS ?text) { VALUES ?x { UNDEF } FILTER(isIRI(?x) && ?x != <urn:x:0>) }"
    assert rows(store, named, terms) == [(x, x) for x, _ in expected if x != "urn:x:0"]
    twice = "SELECT ?x ?n { { VALUES ?x { UNDEF } ?x <urn:is> ?n } UNION { VALUES ?x { UNDEF } BIND(0 AS ?n) } }"
    assert rows(store, twice, terms) == sorted(
        [*(pair for pair in expected if pair[1]), *((x, "0") for x, _ in expected)]
    )


def test_numbers_keep_a_place_each(store: ColumnStore) -> None:
    terms = [Constant.literal(str(i), f"{XSD}integer") for i in range(50)]
    text = "SELECT ?s ?x { VALUES ?x { UNDEF } ?s <urn:is> ?n FILTER(?n = ?x + 1) }"
    assert rows(store, text, terms) == sorted((f"urn:x:{i + 1}", str(i)) for i in range(50))


def test_unknown_terms_differ_from_those_that_the_query_names(store: ColumnStore) -> None:
    given = [Constant.literal("none of them", f"{XSD}string")]
    text = "SELECT ?s ?x { VALUES ?x { UNDEF } ?s <urn:is> 7 FILTER(?x != 'a' && ?x != 'b' && ?x != 'c') }"
    assert rows(store, text, given) == [("urn:x:7", "none of them")]
