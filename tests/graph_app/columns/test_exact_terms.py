"""Terms stay as the data write them, and compare by value only where SPARQL does: what Oxigraph cannot be asked.

It keeps ``1.50`` as ``1.5`` and ``xsd:int`` as ``xsd:integer``, so that terms of one value are one term to it.
"""

import json

import pytest

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from tests.graph_app.columns.differential.terms import PREFIXES, XSD

DATA = f"""\
<http://example.org/a> <http://example.org/p> "1"^^<{XSD}integer> <urn:g> .
<http://example.org/b> <http://example.org/p> "01"^^<{XSD}integer> <urn:g> .
<http://example.org/c> <http://example.org/p> "1.0"^^<{XSD}decimal> <urn:g> .
<http://example.org/d> <http://example.org/p> "1"^^<{XSD}int> <urn:g> .
<http://example.org/e> <http://example.org/p> "1.0E0"^^<{XSD}double> <urn:g> .
<http://example.org/f> <http://example.org/p> "1" <urn:g> .
<http://example.org/a> <http://example.org/q> "01"^^<{XSD}integer> <urn:g> .
<http://example.org/c> <http://example.org/q> "1.00"^^<{XSD}decimal> <urn:g> .
<http://example.org/d> <http://example.org/q> "1"^^<{XSD}int> <urn:g> .
<http://example.org/a> <http://example.org/day> "2020-01-01T01:00:00+01:00"^^<{XSD}dateTime> <urn:g> .
<http://example.org/b> <http://example.org/day> "2020-01-01T00:00:00Z"^^<{XSD}dateTime> <urn:g> .
<http://example.org/c> <http://example.org/day> "2020-01-01T00:00:00.000Z"^^<{XSD}dateTime> <urn:g> .
<http://example.org/a> <http://example.org/is> "1"^^<{XSD}boolean> <urn:g> .
<http://example.org/b> <http://example.org/is> "true"^^<{XSD}boolean> <urn:g> .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ColumnStore:
    folder = tmp_path_factory.mktemp("exact")
    (folder / "content.nq").write_text(DATA, encoding="utf-8")
    build_columns(folder / "columns", folder / "content.nq")
    return ColumnStore.open(folder / "columns")


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        # Forms and datatypes come back as they were written.
        ("?o { :b :p ?o }", ['"01"^^integer']),
        ("?o { :c :p ?o }", ['"1.0"^^decimal']),
        ("?o { :d :p ?o }", ['"1"^^int']),
        ("?o { :e :p ?o }", ['"1.0E0"^^double']),
        ("?o { :a :is ?o }", ['"1"^^boolean']),
        ("?o { :c :day ?o }", ['"2020-01-01T00:00:00.000Z"^^dateTime']),
        ("(STR(?v) AS ?o) { :c :q ?v }", ['"1.00"']),
        ("(STR(DATATYPE(?v)) AS ?o) { :d :p ?v }", [f'"{XSD}int"']),
        # = compares values, a pattern and sameTerm compare terms (SPARQL 1.1, 17.3 and 17.4.1.8).
        ("?s { ?s :p ?o FILTER(?o = 1) }", ["a", "b", "c", "d", "e"]),
        ("?s { ?s :p 1 }", ["a"]),
        ("?s { ?s :p ?o FILTER(sameTerm(?o, 1)) }", ["a"]),
        ("?s { ?s :p ?o FILTER(?o IN (1.00)) }", ["a", "b", "c", "d", "e"]),
        ("?s { ?s :p ?o ; :q ?o }", ["d"]),
        ("?s { ?s :p ?o ; :q ?v FILTER(?o = ?v) }", ["a", "c", "d"]),
        ("?s { ?s :is ?o FILTER(?o = true) }", ["a", "b"]),
        ("?s { ?s :is true }", ["b"]),
        ('?s { ?s :day ?o FILTER(?o = "2020-01-01T00:00:00Z"^^xsd:dateTime) }', ["a", "b", "c"]),
        ('?s { ?s :day "2020-01-01T00:00:00Z"^^xsd:dateTime }', ["b"]),
        # Rows, groups and distinct values are of terms.
        ("(COUNT(DISTINCT ?v) AS ?o) { ?s :p ?v }", ['"6"^^integer']),
        ("(COUNT(*) AS ?o) { ?s :p ?v } GROUP BY ?v", ['"1"^^integer'] * 6),
        ("DISTINCT ?o { ?s :is ?o }", ['"1"^^boolean', '"true"^^boolean']),
        ("?s { ?s :q ?o MINUS { ?t :p ?o } }", ["c"]),
        ("?s { ?s :q ?o VALUES ?o { 1 1.00 } }", ["c"]),
    ],
)
def test_a_term_is_what_was_written(store: ColumnStore, select: str, expected: list[str]) -> None:
    assert sorted(shown(store, f"SELECT {select}")) == sorted(expected)


def shown(store: ColumnStore, text: str) -> list[str]:
    found = json.loads(store.evaluate(text, prefixes=PREFIXES).body)
    return [written(cell) for row in found["results"]["bindings"] for cell in row.values()]


def written(cell: dict[str, str]) -> str:
    if cell["type"] == "uri":
        return cell["value"].removeprefix(PREFIXES[""])
    datatype = cell.get("datatype", "")
    return f'"{cell["value"]}"' + (f"^^{datatype.removeprefix(XSD)}" if datatype else "")
