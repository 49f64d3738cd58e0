"""Triples on both sides of a filter are one basic graph pattern, whatever stands before them (SPARQL 1.1, 18.2.2)."""

import pytest

from graph_app.columns.algebra.nodes import Bgp, Filter, Join, Pattern, Project
from graph_app.columns.algebra.query import read_query
from tests.graph_app.columns.differential.terms import PREFIXES


@pytest.mark.parametrize(
    ("group", "sizes"),
    [
        ("?a :p ?b FILTER(?a != ?b) ?b :p ?c", [2]),
        ("VALUES ?a { :x } ?a :p ?b FILTER(?a != ?b) ?b :p ?c . ?c :p ?d", [3]),
        ("{ ?a :p ?b FILTER(?a != ?b) } ?b :p ?c", [1, 1]),
        ("?a :p ?b { SELECT ?c { ?c :p ?d } } ?b :p ?c FILTER(?a != ?b) ?c :p ?e", [1, 1, 2]),
    ],
)
def test_blocks_are_put_together(group: str, sizes: list[int]) -> None:
    assert list(blocks(read_query(f"SELECT * {{ {group} }}", PREFIXES).pattern)) == sizes


def blocks(pattern: Pattern) -> list[int]:
    match pattern:
        case Bgp(triples):
            return [len(triples)]
        case Join(left, right):
            return blocks(left) + blocks(right)
        case Filter(inner, _) | Project(inner, _):
            return blocks(inner)
    return []
