"""What an OPTIONAL or an error leaves unbound is unbound in all that is made of it."""

import json
from pathlib import Path

import pytest

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from tests.graph_app.columns.differential.terms import PREFIXES, XSD

#: No blank nodes: all subjects are of one kind then.
DATA = f"""\
<http://example.org/a> <http://example.org/knows> <http://example.org/b> <urn:g> .
<http://example.org/a> <http://example.org/label> "a"@en <urn:g> .
<http://example.org/b> <http://example.org/label> "b" <urn:g> .
<http://example.org/b> <http://example.org/count> "1"^^<{XSD}integer> <urn:g> .
"""
SOME = "VALUES (?m ?z) { (1 UNDEF) (2 :a) (3 :c) }"
NEVER = "OPTIONAL { ?z :knows ?y . ?x :label ?l FILTER(isLiteral(ABS(?x))) }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ColumnStore:
    folder: Path = tmp_path_factory.mktemp("unbound")
    (folder / "content.nq").write_text(DATA, encoding="utf-8")
    build_columns(folder / "columns", folder / "content.nq")
    return ColumnStore.open(folder / "columns")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"SELECT ?m ?z {{ {SOME} {NEVER} }}", [{"m": "1"}, {"m": "2", "z": ":a"}, {"m": "3", "z": ":c"}]),
        (f"SELECT ?m ?z {{ ?z :knows ?k {{ {SOME} {NEVER} }} }}", [{"m": "1", "z": ":a"}, {"m": "2", "z": ":a"}]),
        (f"SELECT ?m {{ {SOME} {NEVER} FILTER(!BOUND(?z)) }}", [{"m": "1"}]),
        (f"SELECT ?m {{ {SOME} {NEVER} FILTER(isIRI(?z)) }}", [{"m": "2"}, {"m": "3"}]),
        (
            'SELECT ?s { ?s :label ?l OPTIONAL { ?s :count ?n . ?o :label ?t FILTER(?t = "b") } FILTER(?t != "x") }',
            [{"s": ":b"}],
        ),
        (
            'SELECT ?s { ?s :label ?l OPTIONAL { ?s :count 1 . [] :label ?t } FILTER(IF(?l = "x", ?l, ?t) != STR(1)) }',
            [{"s": ":b"}, {"s": ":b"}],
        ),
        (
            'SELECT ?s { ?s :label ?l OPTIONAL { ?s :count 1 . [] :label ?t } FILTER(ISLITERAL(IF(?l = "", "", ?t))) }',
            [{"s": ":b"}, {"s": ":b"}],
        ),
        (
            "SELECT ?s { { ?x :count ?w BIND(HOURS(?w) AS ?s) } UNION { ?x :count ?w BIND(STRLEN(STR(?w)) AS ?s) } }",
            [{}, {"s": "1"}],
        ),
        (
            'SELECT ?s { { ?x :count ?w BIND(?w + 1 AS ?s) } UNION { ?x :count ?w BIND(DATATYPE(IRI("yes")) AS ?s) } }',
            [{}, {"s": "2"}],
        ),
    ],
)
def test_it_is_answered(store: ColumnStore, query: str, expected: list[dict[str, str]]) -> None:
    found = json.loads(store.evaluate(query, prefixes=PREFIXES).body)["results"]["bindings"]
    rows = [{name: cell["value"].replace(PREFIXES[""], ":") for name, cell in row.items()} for row in found]
    assert sorted(rows, key=str) == sorted(expected, key=str)
