from io import BytesIO

import networkx as nx

from graph_app.network.export import gexf, graphml, measure_rows, tie_rows
from graph_app.network.organisation_graph import measure, network
from graph_app.network.ties import Actor, Tie

TIES = [Tie("urn:a", "urn:b", ("urn:p", "urn:q"))]
GRAPH = network([Actor("urn:a", "Člověk & <spol>", "NGO", "CZ"), Actor("urn:b", "Beta")], TIES)
LABELS = {"urn:a": "Člověk & <spol>", "urn:b": "Beta"}
PROJECTS = {"urn:p": "One", "urn:q": "Two"}


def test_graphml_reads_back() -> None:
    found = nx.read_graphml(BytesIO(graphml(GRAPH, PROJECTS)))
    assert found.nodes["urn:a"]["label"] == "Člověk & <spol>"
    assert found.edges["urn:a", "urn:b"] == {"weight": 2, "projects": "One | Two", "project_iris": "urn:p | urn:q"}


def test_gexf_reads_back() -> None:
    found = nx.read_gexf(BytesIO(gexf(GRAPH, PROJECTS)))
    assert found.nodes["urn:a"]["label"] == "Člověk & <spol>"
    assert found.edges["urn:a", "urn:b"]["projects"] == "One | Two"


def test_rows_of_ties_hold_names_and_iris() -> None:
    assert tie_rows(TIES, LABELS, PROJECTS) == [
        {
            "organisation": "Člověk & <spol>",
            "partner": "Beta",
            "shared": 2,
            "projects": "One | Two",
            "organisation_iri": "urn:a",
            "partner_iri": "urn:b",
            "project_iris": "urn:p | urn:q",
        }
    ]


def test_rows_of_measures_keep_their_order() -> None:
    rows = measure_rows(measure(GRAPH), LABELS)
    assert [row["organisation"] for row in rows] == ["Člověk & <spol>", "Beta"]
