import csv
import json
from dataclasses import replace
from itertools import pairwise

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryFailed, QuerySyntaxError
from graph_app.questions.responses import MEDIA, kind_of
from graph_app.releases.release import Release
from graph_app.settings import Settings

#: What a cell can be: no value, both kinds of node, numbers, languages, and signs that formats have to escape.
CELLS = """SELECT ?n ?a ?b ?c { VALUES (?n ?a ?b) {
  (1 "x"@en UNDEF) (2 <https://example.org/é?q=1&r=2> 1.5) (3 true "a\\tb\\nc\\r\\"d\\",<e>&amp;'\\\\")
  (4 "2024-01-01"^^xsd:date "řeka"@cs) (5 1e3 "")
} OPTIONAL { BIND(BNODE() AS ?c) } } ORDER BY ?n"""
TRIPLES = "CONSTRUCT { ?s ?p ?o . ?s ig:note [ rdf:value ?o ] } { ?s ?p ?o FILTER(?p != <urn:example:is>) }"
NUMBERS = "SELECT ?o { ?s <urn:example:is> ?o }"
OTHER = "https://w3id.org/integration-graph/id/graph/small/data"


@pytest.mark.parametrize("media", ["application/sparql-results+xml", "text/tab-separated-values"])
def test_no_term_is_lost_between_formats(media: str, small_engine: Engine) -> None:
    form = ox.QueryResultsFormat.from_media_type(media)
    assert form is not None
    given = small_engine.respond(CELLS, media=media)
    assert given.media == media
    expected = small_engine.respond(CELLS)
    assert rows(given.body, form) == rows(expected.body, ox.QueryResultsFormat.JSON)


def rows(body: bytes, form: ox.QueryResultsFormat) -> list[list[object]]:
    solutions = ox.parse_query_results(body, format=form)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [variable.value for variable in solutions.variables] == ["n", "a", "b", "c"]
    nodes: dict[str, int] = {}  # names of blank nodes are each document's own

    def plain(term: object) -> object:
        return nodes.setdefault(term.value, len(nodes)) if isinstance(term, ox.BlankNode) else term

    return [[plain(cell) for cell in solution] for solution in solutions]


def test_csv_is_that_of_the_standard(small_engine: Engine) -> None:
    body = small_engine.respond("SELECT ?a ?b { VALUES (?a ?b) { ('=1+1' 2) (<urn:x> UNDEF) } }", media="text/csv").body
    assert body == b"a,b\r\n=1+1,2\r\nurn:x,\r\n"
    cells = list(csv.reader(small_engine.respond(CELLS, media="text/csv").body.decode().splitlines(keepends=True)))
    assert cells[3][2] == 'a\tb\nc\r"d",<e>&amp;\'\\'


@pytest.mark.parametrize("media", MEDIA["truth"])
@pytest.mark.parametrize("value", [True, False])
def test_truth_values(media: str, value: bool, small_engine: Engine) -> None:
    response = small_engine.respond(f"ASK {{ FILTER({str(value).lower()}) }}", media=media)
    assert (response.kind, response.truncated, response.release) == ("truth", False, "small")
    assert str(value).lower() in response.body.decode()
    form = ox.QueryResultsFormat.from_media_type(media)
    if form in {ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML}:
        assert bool(ox.parse_query_results(response.body, format=form)) is value


@pytest.mark.parametrize("media", MEDIA["triples"])
def test_triples_are_the_same_in_every_format(media: str, small_engine: Engine) -> None:
    body = small_engine.respond(TRIPLES, media=media).body
    if media == "application/ld+json":  # rdflib's own parser for it warns of itself
        body = (
            ox.serialize(
                (quad.triple for quad in ox.parse(body, format=ox.RdfFormat.JSON_LD)), format=ox.RdfFormat.TURTLE
            )
            or b""
        )
    form = {"application/ld+json": "turtle", "application/rdf+xml": "xml"}.get(media, media)
    given = Graph().parse(data=body, format=form)
    expected = Graph().parse(data=small_engine.respond(TRIPLES, media="application/n-triples").body, format="nt")
    assert len(given) > 30
    assert isomorphic(given, expected)


def test_turtle_has_the_prefixes_that_it_uses(small_engine: Engine) -> None:
    response = small_engine.respond("CONSTRUCT { ?s a ig:Organisation } { ?s a ig:Organisation }")
    assert response.media == "text/turtle"
    prefixes = [line.split()[1] for line in response.body.decode().splitlines() if line.startswith("@prefix")]
    assert sorted(prefixes) == ["ig:", "rdf:"]
    assert b" a ig:Organisation" in response.body


def test_a_part_of_an_answer_says_so(small_engine: Engine) -> None:
    response = small_engine.respond(NUMBERS, row_limit=3)
    document = json.loads(response.body)
    assert len(document["results"]["bindings"]) == 3
    assert document["truncated"] is True
    assert document["notice"] == response.notice
    assert response.notice.startswith("Only the first 3 rows")
    assert (response.truncated, response.limit) == (True, "rows")
    whole = json.loads(small_engine.respond(f"{NUMBERS} LIMIT 3").body)
    assert whole.keys() == {"head", "results"}
    for media in MEDIA["table"][1:]:
        response = small_engine.respond(NUMBERS, media=media, row_limit=3)
        assert (response.truncated, response.limit) == (True, "rows")
        assert response.body.count(b"\n" if media != MEDIA["table"][1] else b"<result>") in {3, 4}
    triples = small_engine.respond("CONSTRUCT WHERE { ?s <urn:example:is> ?o }", row_limit=3)
    assert triples.notice.startswith("Only the first 3 triples")
    assert len(Graph().parse(data=triples.body, format="turtle")) == 3


def test_programs_have_a_limit_of_their_own(small_release: Release, limits: Settings) -> None:
    with Engine(small_release, replace(limits, row_limit=5, endpoint_row_limit=50)) as engine:
        assert len(json.loads(engine.respond(NUMBERS).body)["results"]["bindings"]) == 50
        assert len(json.loads(engine.respond(NUMBERS, row_limit=500).body)["results"]["bindings"]) == 50


def test_the_dataset_is_what_the_request_says(small_engine: Engine) -> None:
    def count(text: str, **graphs: list[str]) -> int:
        body = small_engine.respond(f"SELECT (COUNT(*) AS ?n) {text}", **graphs).body
        return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])

    numbers = "urn:example:numbers"
    everything = count("{ ?s ?p ?o }")
    assert count("{ ?s ?p ?o }", default_graphs=[numbers]) == 2000
    assert count("{ ?s ?p ?o }", default_graphs=[OTHER]) == everything - 2000
    assert count("{ ?s ?p ?o }", default_graphs=[numbers, OTHER]) == everything
    assert count("{ ?s ?p ?o }", default_graphs=["urn:none"]) == 0
    assert count("{ ?s ?p ?o }", named_graphs=[numbers]) == 0
    assert count("{ GRAPH ?g { ?s ?p ?o } }", named_graphs=[numbers]) == 2000
    assert count("{ GRAPH ?g { ?s ?p ?o } }", default_graphs=[numbers]) == 0
    assert count("{ GRAPH ?g { ?s ?p ?o } }") == everything
    assert count(f"FROM <{OTHER}> {{ ?s ?p ?o }}", default_graphs=[numbers]) == 2000  # the request has the last word
    assert count(f"FROM <{numbers}> {{ ?s ?p ?o }}") == 2000


def test_a_graph_that_is_no_iri_is_said(small_engine: Engine) -> None:
    with pytest.raises(QueryFailed) as caught:
        small_engine.respond("ASK {}", default_graphs=["not an iri"])
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("text", "media", "part"),
    [
        ("CONSTRUCT { <urn:s> <urn:p#1> 1 } {}", "application/rdf+xml", "Ask for Turtle"),
        ("CONSTRUCT { <urn:s> <urn:p> 'a\\u0001' } {}", "application/rdf+xml", "U+0001"),
        ("SELECT ('a\\u0001' AS ?x) {}", "application/sparql-results+xml", "U+0001"),
        ("CONSTRUCT { <urn:s> <urn:p> <<( <urn:a> <urn:b> 1 )>> } {}", "application/ld+json", "RDF 1.2"),
        ("SELECT * {}", "text/turtle", "a table, which has no form as text/turtle"),
        ("ASK {}", "text/turtle", "a truth value"),
        ("DESCRIBE <urn:example:1>", "text/csv", "triples, which"),
    ],
)
def test_what_a_format_cannot_hold_is_said(text: str, media: str, part: str, small_engine: Engine) -> None:
    with pytest.raises(QueryFailed) as caught:
        small_engine.respond(text, media=media)
    assert part in str(caught.value)
    assert (caught.value.status, caught.value.code) == (406, "format")


@pytest.mark.parametrize("media", MEDIA["table"])
def test_terms_of_rdf_1_2_pass(media: str, small_engine: Engine) -> None:
    text = "SELECT * { BIND(<<( <urn:a> <urn:b> 'x'@ar--rtl )>> AS ?t) BIND('y'@ar--rtl AS ?d) }"
    body = small_engine.respond(text, media=media).body
    assert b"urn:b" in body
    if media != "text/csv":
        (solution,) = ox.parse_query_results(body, format=ox.QueryResultsFormat.from_media_type(media))
        assert isinstance(solution, ox.QuerySolution)
        assert solution["d"] == ox.Literal("y", language="ar", direction=ox.BaseDirection.RTL)
        assert isinstance(solution["t"], ox.Triple)


def test_syntax_errors_come_before_formats(small_engine: Engine) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        small_engine.respond("SELECT * { ?s ?p }", media="text/turtle")
    assert (caught.value.status, caught.value.code) == (400, "syntax")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * {}", "table"),
        ("# ASK\nPREFIX ask: <urn:ASK:> BASE <http://ask.example/> construct { ?s ?p ?o } { ?s ?p ?o }", "triples"),
        ("PREFIX select: <urn:x:>\nASK { select:a ?p ?o }", "truth"),
        ("describe <urn:select>", "triples"),
        ("nothing at all", "table"),
        ("", "table"),
    ],
)
def test_the_kind_of_an_answer_is_known_before(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_media_are_in_the_order_of_preference() -> None:
    for kinds in MEDIA.values():
        assert all(first != second for first, second in pairwise(kinds))
    assert MEDIA["table"][0] == "application/sparql-results+json"
    assert MEDIA["triples"][0] == "text/turtle"
