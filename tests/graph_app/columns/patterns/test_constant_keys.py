"""Rows grouped, sorted and gathered by what is the same in all of them, where SQL reads a number as a place."""

import json
from pathlib import Path

import pytest

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from tests.graph_app.columns.differential.terms import PREFIXES, XSD

DATA = f"""\
<http://example.org/a> <http://example.org/n> "1"^^<{XSD}integer> <urn:g> .
<http://example.org/b> <http://example.org/n> "2"^^<{XSD}integer> <urn:g> .
<http://example.org/a> <http://example.org/m> "1.5"^^<{XSD}double> <urn:g> .
<http://example.org/b> <http://example.org/m> "2.25"^^<{XSD}double> <urn:g> .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ColumnStore:
    folder: Path = tmp_path_factory.mktemp("constant")
    (folder / "content.nq").write_text(DATA, encoding="utf-8")
    build_columns(folder / "columns", folder / "content.nq")
    return ColumnStore.open(folder / "columns")


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        ('?k (COUNT(*) AS ?c) { ?s :n ?n } GROUP BY ("a" AS ?k)', [["a", "2"]]),
        ("?k (COUNT(*) AS ?c) { ?s :n ?n } GROUP BY (3.5 AS ?k)", [["3.5", "2"]]),
        ("?k (COUNT(*) AS ?c) { ?s :n ?n } GROUP BY (true AS ?k)", [["true", "2"]]),
        ("?k (COUNT(*) AS ?c) { ?s :n ?n } GROUP BY ?s (:nowhere AS ?k) ORDER BY ?s", [[":nowhere", "1"]] * 2),
        ("?k (COUNT(*) AS ?c) { ?s :n ?n } GROUP BY ?n (:b AS ?k)", [[":b", "1"]] * 2),
        ('?k { ?s :n ?n } GROUP BY ("a" AS ?k)', [["a"]]),
        ('?k (COUNT(*) AS ?c) { ?s :n ?n FILTER(?n > 5) } GROUP BY ("a" AS ?k)', []),
        ('(GROUP_CONCAT("a") AS ?c) { ?s :n ?n }', [["a a"]]),
        ('(GROUP_CONCAT(DISTINCT STR(LANG("a"@en))) AS ?c) { ?s :n ?n }', [["en"]]),
        ('?n { ?s :n ?n } ORDER BY STR(LANG("a"@en)) DESC(?n)', [["2"], ["1"]]),
        ("?n { ?s :n ?n } ORDER BY (5) DESC(?n)", [["2"], ["1"]]),
        # TRY of SQL takes no operand that may decline in a row.
        ("(xsd:decimal(?m) + 1.5 AS ?x) { ?s :m ?m } ORDER BY ?m", [["3"], ["3.75"]]),
        ("(xsd:decimal(?m) - 0.5 AS ?x) { ?s :m ?m } ORDER BY ?m", [["1"], ["1.75"]]),
        ("(xsd:decimal(?m) * 3 AS ?x) { ?s :m ?m } ORDER BY ?m", [["4.5"], ["6.75"]]),
        ("(ROUND(xsd:decimal(?m)) AS ?x) { ?s :m ?m } ORDER BY ?m", [["2"], ["2"]]),
    ],
)
def test_it_is_answered(store: ColumnStore, select: str, expected: list[list[str]]) -> None:
    found = json.loads(store.evaluate(f"SELECT {select}", prefixes=PREFIXES).body)["results"]["bindings"]
    assert [[cell["value"].replace(PREFIXES[""], ":") for cell in row.values()] for row in found] == expected
