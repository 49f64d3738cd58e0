"""Values that differ from call to call are made once a row, and are the same wherever that row shows them."""

import json
from pathlib import Path

import pytest

from graph_app.columns.declined import Declined
from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from tests.graph_app.columns.differential.terms import PREFIXES, XSD

ROWS = 50
DATA = "".join(
    f'<http://example.org/{number}> <http://example.org/n> "{number}"^^<{XSD}integer> <urn:g> .\n'
    for number in range(ROWS)
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ColumnStore:
    folder: Path = tmp_path_factory.mktemp("drawn")
    (folder / "content.nq").write_text(DATA, encoding="utf-8")
    build_columns(folder / "columns", folder / "content.nq")
    return ColumnStore.open(folder / "columns")


def shown(store: ColumnStore, select: str) -> list[tuple[str, ...]]:
    body = json.loads(store.evaluate(f"SELECT {select}", prefixes=PREFIXES).body)
    return [tuple(cell["value"] for cell in row.values()) for row in body["results"]["bindings"]]


@pytest.mark.parametrize("call", ["UUID()", "STRUUID()", "RAND()", "BNODE()"])
@pytest.mark.parametrize(
    "select",
    [
        "({call} AS ?x) {{ ?s :n ?n }}",
        "?x {{ ?s :n ?n BIND({call} AS ?x) }}",
        "?x {{ ?s :n ?n BIND(IF(?n < 0, ?n, {call}) AS ?x) }} ORDER BY ?n",
        "?x {{ ?s :n ?n }} GROUP BY (COALESCE({call}) AS ?x)",
        "?x {{ {{ SELECT ?n ({call} AS ?x) {{ ?s :n ?n }} }} {{ ?s :n ?n }} }}",
    ],
)
def test_each_row_has_its_own(store: ColumnStore, call: str, select: str) -> None:
    found = shown(store, select.format(call=call))
    assert len(found) == len(set(found)) == ROWS


@pytest.mark.parametrize("call", ["UUID()", "STRUUID()", "RAND()", "BNODE()"])
def test_one_row_has_one_though_it_is_joined_and_copied(store: ColumnStore, call: str) -> None:
    found = shown(store, f"?x ?y {{ BIND({call} AS ?x) BIND(?x AS ?y) ?s :n ?n }}")
    assert len(found) == ROWS
    assert len({cell for row in found for cell in row}) == 1


@pytest.mark.parametrize(
    "condition",
    [
        "sameTerm(?r, ?r)",
        "?r - ?r = 0",
        "ABS(?r - 0.5) <= 0.5",
        "ROUND(?r) - ?r <= 0.5 && ?r - ROUND(?r) < 0.5",
        "ABS(ROUND(RAND() + 2) - 2.5) = 0.5",
        "IF(RAND() < 2, STRLEN(STRUUID()) = 36, false)",
        "RAND() != RAND()",
        "UUID() != UUID()",
    ],
)
def test_an_expression_sees_one_value(store: ColumnStore, condition: str) -> None:
    text = f"?n {{ ?s :n ?n BIND(RAND() AS ?r) FILTER({condition}) }}"
    assert len(shown(store, text)) == ROWS


def test_what_is_drawn_for_a_condition_is_no_part_of_the_solution(store: ColumnStore) -> None:
    assert shown(store, "(COUNT(DISTINCT *) AS ?c) { { SELECT (1 AS ?x) { ?s :n ?n } } FILTER(RAND() < 2) }") == [
        ("1",)
    ]
    assert shown(store, "* { { SELECT DISTINCT (1 AS ?x) { ?s :n ?n } } FILTER(RAND() < 2) } ORDER BY RAND()") == [
        ("1",)
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        "OPTIONAL { ?s :n ?m FILTER(RAND() < ?m) }",
        "FILTER EXISTS { ?s :n ?m FILTER(RAND() < ?m) }",
        "FILTER EXISTS { ?s :n ?m { SELECT ?m { ?t :n ?m FILTER(RAND() < 0.5) } } }",
    ],
)
def test_a_value_for_each_pair_of_rows_is_declined(store: ColumnStore, pattern: str) -> None:
    with pytest.raises(Declined, match="random value"):
        shown(store, f"?s {{ ?s :n ?n {pattern} }}")
