import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryFailed
from graph_app.questions.formats import neutralise, to_csv, to_json, to_turtle
from graph_app.questions.results import Table, Term, Triples, Truth

ALL = "SELECT ?grant ?amount ?text ?none { ?grant ig:amount [ ig:value ?amount ] ; dct:description ?text }"


def test_csv_keeps_numbers_and_stops_formulas(small_engine: Engine) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(small_engine.ask(ALL)))))
    assert rows == [
        ["grant", "amount", "text", "none"],
        [
            "https://w3id.org/integration-graph/id/grant/curated/elci/1",
            "-1200.5",
            '\'=HYPERLINK("http://evil.example/")',
            "",
        ],
    ]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_no_text_of_a_csv_starts_like_a_formula(text: str) -> None:
    table = Table(("x", "y"), ((Term("literal", text), Term("literal", "1")),))
    cell = list(csv.reader(io.StringIO(to_csv(table), newline="")))[1][0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell == neutralise(text)
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_json_is_sparql_results_json(small_engine: Engine) -> None:
    document = json.loads(to_json(small_engine.ask(ALL)))
    assert document["head"] == {"vars": ["grant", "amount", "text", "none"]}
    assert document["results"]["bindings"] == [
        {
            "grant": {"type": "uri", "value": "https://w3id.org/integration-graph/id/grant/curated/elci/1"},
            "amount": {
                "type": "literal",
                "value": "-1200.5",
                "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
            },
            "text": {"type": "literal", "value": '=HYPERLINK("http://evil.example/")', "xml:lang": "en"},
        }
    ]
    assert (document["release"], document["truncated"]) == ("small", False)
    assert json.loads(to_json(Truth(value=True)))["boolean"] is True


@pytest.mark.parametrize("form", [RdfFormat.TURTLE, RdfFormat.JSON_LD])
def test_triples_come_back_from_their_files(form: RdfFormat, small_engine: Engine) -> None:
    answer = small_engine.ask("CONSTRUCT WHERE { ?s a ig:Project ; dct:title ?title ; ig:startDate ?start }")
    assert isinstance(answer, Triples)
    text = to_turtle(answer) if form is RdfFormat.TURTLE else to_json(answer)
    expected = parse(answer.ntriples, RdfFormat.N_TRIPLES)
    assert {str(quad) for quad in parse(text, form)} == {str(quad) for quad in expected}
    if form is RdfFormat.TURTLE:
        assert "a ig:Project" in text
    assert len(to_csv(answer).splitlines()) > 6


@pytest.mark.parametrize("query", ["SELECT ?s ?p ?o {}", "CONSTRUCT { ?s ?p ?o } {}"])
def test_a_literal_is_no_number_because_its_datatype_says_so(query: str, small_engine: Engine) -> None:
    texts = ["'=1+1'^^xsd:integer", "'-5'^^xsd:integer", "'-cmd'^^xsd:decimal", "-2.5", "'+420123'"]
    values = " ".join(f"(<urn:s> <urn:p> {text})" for text in texts)
    answer = small_engine.ask(query.replace("{}", f"{{ VALUES (?s ?p ?o) {{ {values} }} }}"))
    cells = [row[2] for row in csv.reader(io.StringIO(to_csv(answer)))][1:]
    assert sorted(cells) == sorted(["'=1+1", "-5", "'-cmd", "-2.5", "'+420123"])


@pytest.mark.parametrize("write", [to_csv, to_json, to_turtle])
def test_what_rdf_1_1_cannot_hold_is_said(write: Callable[[Triples], str], small_engine: Engine) -> None:
    answer = small_engine.ask("CONSTRUCT { <urn:a> <urn:b> <<( <urn:x> <urn:y> 1 )>> } WHERE {}")
    assert isinstance(answer, Triples)
    with pytest.raises(QueryFailed, match=r"new in RDF 1\.2"):
        write(answer)
