"""What leaves a network opens elsewhere and comes back whole."""

import ast
import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import gexfpy
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.network.asking import asking
from graph_app.network.exports import (
    SavedView,
    ViewError,
    citation,
    csv_table,
    described,
    gexf,
    graphml,
    node_table,
    notebook_cell,
    tie_table,
)
from graph_app.network.filters import Filters
from graph_app.network.measures import measure
from graph_app.network.network import Network
from graph_app.network.projections import PROJECTIONS, project
from graph_app.questions.engine import Engine
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from loaders.vocabulary import COUNTRY
from tests.graph_app.network.drawn import graphs, network_of

#: Names that markup and spreadsheets take for something else.
NAMES = ['=cmd("x")', '<b>&"Č"</b>', "ends\x0bhere", "", "한국"]
TIES = [(0, 1, 2.0), (1, 2, 1.5), (3, 4, 1.0)]


def awkward() -> Network:
    return network_of(TIES, 5, attributes={"label": NAMES, "type": ["NGO", "", "NGO", "@x", ""]})


@settings(max_examples=30, deadline=None)
@given(network=st.booleans().flatmap(lambda directed: graphs(directed=directed)))
def test_graphml_comes_back_through_networkx(network: Network) -> None:
    measures = measure(network, ["degree", "betweenness", "constraint", "bridge", "density"])
    graph = described(network, measures)
    back = nx.read_graphml(io.BytesIO(graphml(network, measures)))
    assert back.is_directed() is network.directed
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {(*pair[:2], *sorted(pair[2].items())) for pair in back.edges(data=True)} == {
        (*pair[:2], *sorted(pair[2].items())) for pair in graph.edges(data=True)
    }
    assert back.graph["coverage"] == network.coverage.text()


def test_an_independent_reader_opens_gexf_with_its_attributes(tmp_path: Path) -> None:
    network = awkward()
    measures = measure(network, ["degree", "constraint", "bridge"])
    path = tmp_path / "network.gexf"
    path.write_bytes(gexf(network, measures))
    read = gexfpy.parse(str(path)).graph
    titles = {(of.class_value.value, one.id): one.title for of in read.attributes for one in of.attribute}
    nodes = read.nodes[0].node
    assert [node.label for node in nodes] == [
        '=cmd("x")',
        '<b>&"Č"</b>',
        "ends\ufffdhere",
        *(node.label for node in nodes[3:]),
    ]
    told = [{titles["node", value.for_value]: value.value for value in one.attvalues[0].attvalue} for one in nodes]
    assert [one.get("type") for one in told] == ["NGO", None, "NGO", "@x", None]
    assert [float(one["degree"]) for one in told] == [1, 2, 1, 1, 1]
    assert [(tie.source[-1], tie.target[-1], tie.weight) for tie in read.edges[0].edge] == [
        ("0", "1", 2.0), ("1", "2", 1.5), ("3", "4", 1.0)
    ]  # fmt: skip


def test_gexf_holds_where_nodes_stand() -> None:
    # gexfpy looks for positions in the wrong namespace, so NetworkX reads them.
    back = nx.read_gexf(io.BytesIO(gexf(awkward(), None, np.arange(10.0).reshape(5, 2))))
    assert [data["viz"]["position"] for _, data in back.nodes(data=True)] == [
        {"x": 2.0 * place, "y": 2.0 * place + 1, "z": 0.0} for place in range(5)
    ]


def test_tables_hold_all_and_no_formula() -> None:
    network = awkward()
    measures = measure(network, ["degree", "constraint", "bridge"])
    nodes = list(csv.DictReader(io.StringIO(csv_table(node_table(network, measures)))))
    assert [row["label"] for row in nodes] == ["'" + NAMES[0], *NAMES[1:]]
    assert [row["type"] for row in nodes] == ["NGO", "", "NGO", "'@x", ""]
    assert [row["degree"] for row in nodes] == ["1", "2", "1", "1", "1"]
    ties = list(csv.DictReader(io.StringIO(csv_table(tie_table(network, measures)))))
    assert [row["count"] for row in ties] == ["2", "1.5", "1"]
    assert [row["bridge"] for row in ties] == ["1", "1", "1"]
    assert ties[0]["source"] == "urn:node:0000"


VIEWS = st.builds(
    SavedView,
    projection=st.sampled_from(sorted(PROJECTIONS)),
    filters=st.builds(Filters, as_of=st.sampled_from(["", "2014"]), minimum=st.integers(0, 9).map(float)),
    release=st.text(max_size=20),
    title=st.text(max_size=20),
    styling=st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3),
    positions=st.dictionaries(st.text(max_size=9), st.tuples(*[st.floats(-1e6, 1e6)] * 2), max_size=4),
    notes=st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3),
)


@given(view=VIEWS)
def test_a_saved_view_comes_back(view: SavedView) -> None:
    assert SavedView.from_json(view.to_json()) == view
    assert SavedView.from_json(view.to_json().encode()) == view


def spoilt(**changes: object) -> str:
    return json.dumps(json.loads(SavedView("organisations").to_json()) | changes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("[" * 200_000, "not JSON"),
        ("[]", "was not written by the page"),
        (spoilt(version=2), "is of version 2"),
        (spoilt(projection="planets"), "no projection 'planets'"),
        (spoilt(filters={"planet": "Mars"}), "There is no filter planet"),
        (spoilt(filters=[]), "filters of a view maps"),
        (spoilt(title=3), "title of a view is a text"),
        (spoilt(notes={"urn:a": 3}), "is a text"),
        (spoilt(positions={"urn:a": [1]}), "position of urn:a is two numbers"),
        (spoilt(positions={"urn:a": [1, "2"]}), "position of urn:a is two numbers"),
        (spoilt(positions={"urn:a": [1, float("nan")]}), "position of urn:a is two numbers"),
        (" " * 20_000_001, "has at most"),
    ],
)
def test_what_is_no_saved_view_is_refused(text: str, said: str) -> None:
    with pytest.raises(ViewError, match=said):
        SavedView.from_json(text)


def test_a_citation_tells_what_how_and_when() -> None:
    filters = Filters(country=(str(COUNTRY.CZE),), as_of="2014")
    network = network_of(TIES, 5, filters=filters)
    told = citation(network, date(2026, 11, 23), address="https://example.org/partnerships")
    assert told == (
        "Integration Graph, release made. Organisations by shared projects: 5 nodes, 3 ties. "
        "Projects and partnerships: 3; datasets: 1. Filters: as-of 2014; country CZE. "
        "https://example.org/partnerships Retrieved 2026-11-23."
    )
    assert citation(network, date(2026, 11, 23), language="cs").endswith("Staženo 2026-11-23.")


@pytest.mark.parametrize("name", PROJECTIONS)
def test_a_notebook_cell_makes_the_same_network(
    name: str, curated_settings: Settings, serve: Callable[[Settings], str], capsys: pytest.CaptureFixture[str]
) -> None:
    with Engine(current_release(curated_settings), curated_settings) as engine:
        network = project(PROJECTIONS[name], Filters(minimum=1 if name == "organisations" else 0), asking(engine))
    cell = notebook_cell(network, f"{serve(curated_settings)}/sparql", 'A "title"\nof two lines')
    found: dict[str, nx.Graph[str]] = {}
    exec(compile(ast.parse(cell), "cell", "exec"), {}, found)  # noqa: S102 - what a reader would do
    expected = network.to_networkx()
    assert set(found["G"]) == set(expected)
    for weight in {"count", "newman"} & network.weights.keys():
        assert {frozenset(pair[:2]): pytest.approx(pair[2]) for pair in expected.edges(data=weight)} == {
            frozenset(pair[:2]): pair[2] for pair in found["G"].edges(data=weight)
        }
    assert capsys.readouterr().out.startswith(("Graph with", "DiGraph with"))


def test_a_cell_narrows_by_the_count_only() -> None:
    network = network_of(TIES, 5, filters=Filters(minimum=2, weight="money"))
    with pytest.raises(ValueError, match="narrows ties by their count only"):
        notebook_cell(network, "http://localhost/sparql")
