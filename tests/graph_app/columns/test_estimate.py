"""Estimates as data: what a query comes to on a graph of a million participations."""

import pytest

from graph_app.columns.algebra.query import read_query
from graph_app.columns.catalogue import Catalogue, Class, Predicate
from graph_app.columns.estimate import Estimate, estimate
from graph_app.columns.kinds import Kind

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
EX = "urn:example:"
PREFIXES = {"": EX, "rdf": TYPE.removesuffix("type")}

#: Local name: triples, subjects, objects.
COUNTS = {
    "project": (1_000_000, 1_000_000, 100_000),
    "organisation": (1_000_000, 1_000_000, 20_000),
    "role": (1_000_000, 1_000_000, 5),
    "title": (100_000, 100_000, 100_000),
    "country": (150_000, 100_000, 200),
    "broader": (300, 290, 20),
}


def predicate(iri: str, triples: int, subjects: int, objects: int) -> Predicate:
    return Predicate(1, iri, triples, subjects, objects, triples == subjects, Kind.IRI, "p1", "o", "", "")


CATALOGUE = Catalogue(
    {EX + name: predicate(EX + name, *counts) for name, counts in COUNTS.items()}
    | {TYPE: predicate(TYPE, 1_200_000, 1_200_000, 30)},
    {EX + "Project": Class(1, EX + "Project", 100_000), EX + "Country": Class(2, EX + "Country", 200)},
    4_750_300,
)
JOINED = "?part :project ?project ; :organisation ?one . ?other :project ?project ; :organisation ?two"


def estimated(text: str, **slots: int) -> Estimate:
    return estimate(read_query(text, PREFIXES), CATALOGUE, slots)


@pytest.mark.parametrize(
    ("text", "least", "most", "shape"),
    [
        ("ASK {}", 0, 0, "look-up"),
        ("SELECT * { :a ?p ?o }", 1, 20, "look-up"),
        ("SELECT * { ?s ?p :a }", 1, 20, "look-up"),
        ("SELECT * { ?part :project :access ; :organisation ?one }", 2, 100, "look-up"),
        ("SELECT * { ?one :title 'x' . ?part :project ?one }", 2, 100, "look-up"),
        ("SELECT * { ?s :nowhere ?o . ?s :title ?title }", 0, 0, "look-up"),
        ("SELECT * { ?a a :Country . ?a :broader* ?b }", 200, 5_000, "look-up"),
        ("SELECT * { ?s ?p ?o } LIMIT 10", 1, 20, "look-up"),
        ("ASK { ?s ?p ?o }", 1, 1, "look-up"),
        ("SELECT * { ?s a :Project }", 100_000, 100_000, "scan"),
        ("SELECT * { ?s ?p ?o }", 4_000_000, 5_000_000, "scan"),
        ("SELECT * { ?part :role :partner ; :project ?project }", 400_000, 500_000, "join"),
        ("SELECT (COUNT(*) AS ?n) { ?s :country ?o } GROUP BY ?o", 150_000, 150_000, "aggregate"),
        (f"SELECT (COUNT(*) AS ?n) {{ {JOINED} }} GROUP BY ?one ?two", 10_000_000, 50_000_000, "aggregate"),
        ("SELECT * { ?s a :Project . OPTIONAL { ?s :title ?title } }", 200_000, 200_000, "join"),
        ("SELECT * { ?s a :Project . FILTER NOT EXISTS { ?part :project ?s } }", 200_000, 2_000_000, "join"),
        ("SELECT * { :a :title ?t { SELECT (COUNT(*) AS ?n) { ?p :country ?c } GROUP BY ?p } }", 1e5, 1e6, "aggregate"),
        ("SELECT * { ?s :organisation/^:organisation ?o }", 10_000_000, 100_000_000, "join"),
        ("SELECT * { :a ^:organisation/:project ?o }", 50, 200, "look-up"),
        ("SELECT * { ?s :title ?t MINUS { ?s :country ?c } }", 200_000, 300_000, "join"),
        ("SELECT * { { ?s :title ?t } UNION { ?s :country ?t } }", 250_000, 250_000, "join"),
        ("SELECT * { VALUES ?c { :x :y :z } ?s :country ?c }", 2_000, 2_500, "look-up"),
        ("SELECT * { ?s ?p ?o ; ?q ?r . ?t ?u ?v . ?w ?x ?y . ?z ?a ?b }", 10**12, 10**12, "join"),
    ],
)  # fmt: skip
def test_a_look_up_is_told_from_a_scan(text: str, least: float, most: float, shape: str) -> None:
    found = estimated(text)
    assert least <= found.rows <= most, found
    assert found.shape == shape, found


def test_a_parameter_with_a_term_is_a_place_to_begin() -> None:
    text = "SELECT * { VALUES ?project { UNDEF } ?part :project ?project ; :organisation ?one }"
    assert estimated(text).shape == "join"
    assert estimated(text, project=1).shape == "look-up"
    assert 10 <= estimated(text, project=1).rows < estimated(text, project=20).rows < 1_000


def test_it_is_told_in_words() -> None:
    assert str(Estimate(120_000, "join")) == "join, about 120,000 rows"
