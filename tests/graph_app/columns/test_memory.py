"""Terms are looked up for the rows that patterns give, and never for all pairs that there could be."""

import json
from pathlib import Path

import pytest

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from tests.graph_app.columns.differential.terms import PREFIXES

#: All pairs of these names are some hundred times what a query may hold.
NAMES = 6_000
LIMIT = 96 * 2**20
EX = PREFIXES[""]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ColumnStore:
    folder: Path = tmp_path_factory.mktemp("memory")
    lines = (
        f"<{EX}pair/{number}> <{EX}of> <{EX}name/{number + shift}> <urn:g> .\n"
        f"<{EX}name/{number + shift}> <{EX}type> <{EX}{number % 9}> <urn:g> .\n"
        for number in range(0, NAMES, 2)
        for shift in range(2)
    )
    (folder / "content.nq").write_text("".join(lines), encoding="utf-8")
    build_columns(folder / "columns", folder / "content.nq")
    return ColumnStore.open(folder / "columns", memory_limit=LIMIT)


def test_pairs_are_compared_after_they_are_joined(store: ColumnStore) -> None:
    text = """SELECT ?first (COUNT(DISTINCT ?both) AS ?n) {
        VALUES ?none { UNDEF }
        ?pair :of ?one , ?other
        FILTER(STR(?one) < STR(?other))
        ?one :type ?a . ?other :type ?b
        BIND(IF(STR(?a) <= STR(?b), ?a, ?b) AS ?first)
        BIND(CONCAT(STR(?one), " ", STR(?other)) AS ?both)
    } GROUP BY ?first"""
    found = json.loads(store.evaluate(text, prefixes=PREFIXES).body)["results"]["bindings"]
    assert sum(int(row["n"]["value"]) for row in found) == NAMES // 2
