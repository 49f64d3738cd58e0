"""Each case file holds data and the report that its shapes must give, in the form of the W3C SHACL test suite."""

from pathlib import Path

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF, SH

from graph_app.validation.engine import CheckedGraph, run_shapes
from graph_app.validation.shapes import concepts_for
from loaders import resources

SHT = Namespace("http://www.w3.org/ns/shacl-test#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")

_HERE = Path(__file__).parent
_CASES = sorted((_HERE / "cases").rglob("*.ttl"))


@pytest.mark.parametrize("path", _CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_report_is_the_expected_one(path):
    case = Graph().parse(path)
    action = case.value(case.value(predicate=RDF.type, object=SHT.Validate), MF.action)

    data = CheckedGraph()
    for part in case.objects(action, SHT.dataGraph):
        data.parse(_file(part))
    data += concepts_for(data)
    shapes = Graph().parse(resources.ONTOLOGY / "prefixes.ttl")
    for part in case.objects(action, SHT.shapesGraph):
        shapes.parse(_file(part))

    assert _results(run_shapes(data, shapes)) == _results(case)


@pytest.mark.parametrize("path", _CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_holds_what_passes_beside_what_does_not(path):
    case = Graph().parse(path)
    faulty = {str(focus) for focus in case.objects(None, SH.focusNode)}
    described = {str(subject) for subject in case.subjects() if isinstance(subject, URIRef)}

    assert faulty
    assert all("/bad-" in focus for focus in faulty)
    assert any("/good-" in subject for subject in described)


def test_the_world_that_cases_build_on_is_without_fault():
    data = CheckedGraph().parse(_HERE / "world.ttl")
    data += concepts_for(data)

    assert not set(run_shapes(data).objects(None, SH.result))


def _file(iri):
    assert iri.startswith("file:")
    return Path(iri.removeprefix("file://"))


def _results(report):
    """Compare results by all that identifies them; a path that is not one property is told by its shape."""
    return {
        (
            report.value(node, SH.focusNode),
            report.value(node, SH.sourceShape),
            report.value(node, SH.sourceConstraintComponent),
            report.value(node, SH.resultSeverity),
            path if isinstance(path := report.value(node, SH.resultPath), URIRef) else None,
            report.value(node, SH.value),
        )
        for node in report.objects(None, SH.result)
    }
