"""By which variables the solutions of a pattern fall apart, and by which they do not."""

import pytest

from graph_app.columns.algebra.inverse import origin
from graph_app.columns.algebra.nodes import Bgp
from graph_app.columns.algebra.partition import blocks, keys, restricted
from graph_app.columns.algebra.query import read_query
from loaders import resources
from loaders.vocabulary import prefixes

SELECT = "SELECT * WHERE"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SELECT + "{ ?a <urn:p> ?b . ?b ?q ?c }", "a b q c"),
        (SELECT + "{ ?a <urn:p> ?b } ", "a b"),
        (SELECT + "{ ?a <urn:p> [ <urn:q> ?b ] } ", "a b"),
        (SELECT + "{ ?a <urn:p>* ?b }", ""),
        (SELECT + "{ ?a <urn:p>/<urn:q> ?b }", ""),
        (SELECT + "{ { ?a <urn:p> ?b } UNION { ?a <urn:q> ?c } }", "a"),
        (SELECT + "{ ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c } }", "b"),
        (SELECT + "{ ?a <urn:p> ?b OPTIONAL { ?c <urn:q> ?d } }", ""),
        (SELECT + "{ ?a <urn:p> ?b MINUS { ?a <urn:q> ?b } }", "a b"),
        (SELECT + "{ ?a <urn:p> ?b MINUS { ?a <urn:q> ?c } }", "a"),
        (SELECT + "{ VALUES ?x { 1 2 } ?a <urn:p> ?x }", "x a"),
        (SELECT + "{ VALUES ?x { 1 2 } }", ""),
        (SELECT + "{ ?a <urn:p> ?b BIND(STR(?b) AS ?c) }", "a b"),
        (SELECT + "{ ?a <urn:p> ?b FILTER EXISTS { ?a <urn:q> ?c } }", "a"),
        (SELECT + "{ ?a <urn:p> ?b FILTER NOT EXISTS { ?c <urn:q> ?d } }", ""),
        (SELECT + "{ ?a <urn:p> ?b FILTER(?b = 1 && EXISTS { ?b <urn:q> ?c }) }", "b"),
        (SELECT + "{ ?a <urn:p> ?b OPTIONAL { ?a <urn:q> ?c FILTER EXISTS { ?b <urn:r> ?c } } }", ""),
        (SELECT + "{ ?a <urn:p> ?b FILTER(RAND() > 0.5) }", ""),
        (SELECT + "{ ?a <urn:p> ?b BIND(NOW() AS ?c) }", ""),
        ("SELECT ?a (COUNT(?b) AS ?n) WHERE { ?a <urn:p> ?b } GROUP BY ?a", "a"),
        ("SELECT ?a (SAMPLE(?b) AS ?n) WHERE { ?a <urn:p> ?b } GROUP BY ?a", ""),
        ("SELECT (COUNT(?b) AS ?n) WHERE { ?a <urn:p> ?b }", ""),
        ("SELECT ?c (COUNT(?b) AS ?n) WHERE { ?a <urn:p> ?b } GROUP BY (STR(?a) AS ?c)", ""),
        ("SELECT DISTINCT ?a WHERE { ?a <urn:p> ?b }", "a"),
        ("SELECT ?a WHERE { ?a <urn:p> ?b } ORDER BY ?b LIMIT 3", ""),
        (SELECT + "{ ?a <urn:p> ?b { SELECT ?a WHERE { ?a <urn:q> ?b } } }", "a"),
        (SELECT + "{ ?a <urn:p> ?b { SELECT ?a WHERE { ?a <urn:q> ?b } LIMIT 1 } }", ""),
    ],
)
def test_solutions_fall_apart_by(text: str, expected: str) -> None:
    assert " ".join(keys(read_query(text, {}).pattern)) == expected


def test_every_rule_of_the_project_falls_apart() -> None:
    rules = sorted((resources.QUERIES / "rules").glob("*.rq"))
    found = {path.stem: keys(read_query(path.read_text(encoding="utf-8"), prefixes()).pattern) for path in rules}
    assert {name: ones[0] for name, ones in found.items()} == {
        "consortium": "project",
        "consortium-members": "project",
        "donor-class": "organisation",
        "members": "participation",
        "period": "thing",
    }


def test_blocks_are_found_in_expressions_too_and_each_outer_one_is_restricted() -> None:
    text = SELECT + "{ ?a <urn:p> ?b OPTIONAL { ?a <urn:q> ?c FILTER EXISTS { ?a <urn:r> ?c } } }"
    pattern = read_query(text, {}).pattern
    assert [block.triples[0].predicate.iri for block in blocks(pattern)] == ["urn:p", "urn:q", "urn:r"]  # type: ignore[union-attr]
    assert str(restricted(pattern, "a")).count("Values") == 2
    assert list(blocks(Bgp(()))) == [Bgp(())]


@pytest.mark.parametrize(
    ("expression", "iri", "expected"),
    [
        ('CONCAT(STR(?a), "/b")', "urn:x/b", "urn:x"),
        ('CONCAT("urn:y", ":", STR(?a), "/", "b")', "urn:y:urn:x/b", "urn:x"),
        ('CONCAT(STR(?a), "/b")', "urn:x/c", None),
        ('CONCAT(STR(?a), "/b")', "/b", None),
        ('CONCAT("urn:aba", STR(?a), "ba")', "urn:aba", None),
        ('CONCAT(STR(?a), STR(?a), "/b")', "urn:x/b", None),
        ('CONCAT(LCASE(STR(?a)), "/b")', "urn:x/b", None),
        ('"urn:x"', "urn:x", None),
    ],
)
def test_what_an_iri_was_made_of(expression: str, iri: str, expected: str | None) -> None:
    pattern = read_query(f"{SELECT} {{ ?a <urn:p> ?b BIND(IRI({expression}) AS ?c) BIND(1 AS ?d) FILTER(?b = 1) }}", {})
    found = origin(pattern.pattern, "c")
    assert (found.of(iri) if found else None) == expected
    assert origin(pattern.pattern, "b") is None
