import logging

import pytest
from rdflib import Graph
from rdflib.namespace import SH

from graph_app.validation import engine
from graph_app.validation.engine import CheckedGraph, ShapesError, run_shapes
from graph_app.validation.shapes import shapes_graph

_PROJECTS = "".join(
    f'ex:p{number} a ig:Project ; ig:startDate "2014"^^xsd:gYear ; ig:endDate "2013"^^xsd:gYear .\n'
    for number in range(5)
)


def _checked(graph):
    checked = CheckedGraph()
    checked += graph
    return checked


def test_each_query_is_parsed_once_for_all_its_focus_nodes(graph, monkeypatch):
    texts = []
    parse = engine.prepareQuery
    monkeypatch.setattr(engine, "prepareQuery", lambda text, **named: texts.append(text) or parse(text, **named))
    engine._prepare.cache_clear()

    report = run_shapes(_checked(graph(_PROJECTS)))

    late = [
        node
        for node in report.objects(None, SH.result)
        if str(report.value(node, SH.sourceShape)).endswith("DatesInOrder")
    ]
    assert len(late) == 5
    assert len(texts) == len(set(texts))


def test_ill_typed_literals_are_findings_and_not_tracebacks_in_the_log(graph, caplog):
    data = _checked(graph('ex:p a ig:Project ; ig:periodStart "soon"^^xsd:date ; ig:endDate "a\\\\d"^^xsd:date .'))
    caplog.clear()

    with caplog.at_level(logging.DEBUG, logger="rdflib.term"):
        report = run_shapes(data)

    assert not caplog.records
    assert {str(value) for value in report.objects(None, SH.value)} >= {"soon", "a\\d"}


def test_checks_that_overlap_are_all_quiet(caplog):
    log = logging.getLogger("rdflib.term")

    with engine.quiet_about_ill_typed_literals():
        with engine.quiet_about_ill_typed_literals():
            pass
        log.warning("Failed to convert Literal lexical form to value.")
        log.warning("Something else.")

    assert [record.getMessage() for record in caplog.records] == ["Something else."]


def test_a_literal_that_looks_like_a_file_or_an_import_is_not_opened(graph):
    data = _checked(
        graph(
            "ex:p a ig:Project . "
            "<https://127.0.0.1:1/> <http://www.w3.org/2002/07/owl#imports> <https://127.0.0.1:1/x> ."
        )
    )

    assert isinstance(run_shapes(data), Graph)


def test_the_data_stays_as_it_was(graph):
    data = _checked(graph(_PROJECTS))
    before = len(data)

    run_shapes(data)

    assert len(data) == before


def test_shapes_that_cannot_be_used_are_said_to_be_so(graph):
    shapes = Graph()
    shapes += shapes_graph()
    select = "SELECT $this WHERE { SERVICE <x:y> { $this ?p ?o } }"
    shapes.parse(
        data=f"""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ig: <https://w3id.org/integration-graph/ontology#> .
        [] a sh:NodeShape ; sh:targetClass ig:Project ; sh:sparql [ sh:select "{select}" ] .""",
        format="turtle",
    )

    with pytest.raises(ShapesError, match="SERVICE"):
        run_shapes(_checked(graph(_PROJECTS)), shapes)
