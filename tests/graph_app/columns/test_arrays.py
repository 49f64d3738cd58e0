"""The arrays of a question hold the same rows as its JSON."""

import json

import pytest

from graph_app.columns.declined import Declined
from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore

DATA = """\
<urn:a> <urn:name> "A"@en .
<urn:b> <urn:name> "B" .
<urn:b> <urn:size> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .
<urn:c> <urn:size> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ColumnStore:
    folder = tmp_path_factory.mktemp("arrays")
    (folder / "data.nq").write_text(DATA, encoding="utf-8")
    build_columns(folder / "columns", folder / "data.nq")
    return ColumnStore.open(folder / "columns")


QUERIES = (
    "SELECT ?s ?o { ?s ?p ?o }",
    "SELECT ?s ?name ?size { ?s ?p ?any OPTIONAL { ?s <urn:name> ?name } OPTIONAL { ?s <urn:size> ?size } }",
    "SELECT ?s (?size + 1 AS ?more) (STR(?s) AS ?text) ?never { ?s <urn:size> ?size }",
    "SELECT (IF(?size > 2, ?s, 'few') AS ?mixed) ?size { ?s <urn:size> ?size }",
    "SELECT ?s { ?s <urn:none> ?o }",
    "SELECT (COUNT(*) AS ?n) {}",
)


@pytest.mark.parametrize("query", QUERIES)
def test_arrays_hold_the_rows(store: ColumnStore, query: str) -> None:
    arrays = store.arrays(query)
    terms = {term["code"]: term for term in arrays.terms.to_pylist()}
    assert len(terms) == len(arrays.terms)
    expected = json.loads(store.evaluate(query).body)
    assert arrays.codes.column_names == expected["head"]["vars"]
    found = [
        {name: terms[code]["lex"] for name, code in row.items() if code is not None} for row in arrays.codes.to_pylist()
    ]
    wanted = [{name: cell["value"] for name, cell in row.items()} for row in expected["results"]["bindings"]]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_only_rows_are_arrays(store: ColumnStore) -> None:
    with pytest.raises(Declined, match="rows of a SELECT"):
        store.arrays("ASK {}")
