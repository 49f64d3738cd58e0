import pytest
from rdflib import Graph
from rdflib.namespace import SH

from graph_app.validation.results import read_results
from graph_app.validation.shapes import shapes_graph
from loaders.findings import Severity
from loaders.vocabulary import DCT, IG

_REPORT = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ig: <https://w3id.org/integration-graph/ontology#> .
@prefix igsh: <https://w3id.org/integration-graph/shapes#> . @prefix dct: <http://purl.org/dc/terms/> .
[] sh:result [ sh:focusNode <x:p> ; sh:resultSeverity sh:Warning ;
    sh:sourceConstraintComponent sh:MinCountConstraintComponent ;
    sh:sourceShape igsh:ProjectDescriptionMissing ; sh:resultPath %s ] .
"""


def _only(path):
    results = list(read_results(Graph().parse(data=_REPORT % path, format="turtle"), shapes_graph()))
    assert len(results) == 1
    return results[0]


@pytest.mark.parametrize(
    ("path", "paths"),
    [
        ("dct:description", (DCT.description,)),
        ("[ sh:inversePath ig:amount ]", (IG.amount,)),
        ("[ sh:alternativePath ( ig:endDate ig:duration ) ]", (IG.endDate, IG.duration)),
        ("( ig:programme [ sh:zeroOrMorePath dct:isPartOf ] ig:donor )", (IG.programme, DCT.isPartOf, IG.donor)),
    ],
)
def test_a_path_gives_its_properties_in_order(path, paths):
    assert _only(path).paths == paths


def test_rule_severity_component_and_message_come_from_the_shape():
    result = _only("dct:description")

    assert result.rule == "ProjectDescriptionMissing"
    assert result.severity is Severity.WARNING
    assert result.component == SH.MinCountConstraintComponent
    assert result.message["en"].startswith("The project has no description.")
    assert result.message["cs"].startswith("Projekt nemá popis.")


def test_a_shape_without_name_is_refused():
    report = _REPORT.replace("igsh:ProjectDescriptionMissing", "[]")

    with pytest.raises(ValueError, match="without name"):
        list(read_results(Graph().parse(data=report % "dct:description", format="turtle"), shapes_graph()))
