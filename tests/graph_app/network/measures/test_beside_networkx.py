"""What is measured is what NetworkX measures, by the same definitions."""

import math
from collections.abc import Callable, Mapping

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graph_app.network.measures import definitions, measure
from graph_app.network.measures.communities import agreement
from graph_app.network.measures.plain import plain
from graph_app.network.network import Network
from tests.graph_app.network.drawn import graphs, network_of, numbered

Found = Mapping[str, float]

#: Name to the function of NetworkX that has the same definition, on a graph without directions.
NODES: Mapping[str, Callable[["nx.Graph[str]"], Found]] = {
    "degree": lambda graph: dict(graph.degree()),
    "strength": lambda graph: dict(graph.degree(weight="weight")),
    "betweenness": nx.betweenness_centrality,
    "pagerank": lambda graph: nx.pagerank(graph, tol=1e-13, max_iter=2_000),
    "core": nx.core_number,
    "clustering": nx.clustering,
    "constraint": lambda graph: nx.constraint(graph, weight="weight"),
    "effective_size": nx.effective_size,
    "cut_point": lambda graph: dict.fromkeys(graph, 0.0) | dict.fromkeys(nx.articulation_points(graph), 1.0),
}
FIGURES: Mapping[str, Callable[["nx.Graph[str]"], float]] = {
    # NetworkX says 0 where there is nothing to compare with.
    "density": lambda graph: nx.density(graph) if len(graph) > 1 else float("nan"),
    "components": nx.number_connected_components,
    "largest": lambda graph: max(map(len, nx.connected_components(graph))),
    "average_clustering": nx.average_clustering,
    "bridges": lambda graph: len(list(nx.bridges(graph))),
    "cut_points": lambda graph: len(set(nx.articulation_points(graph))),
}


def same(found: float, expected: float) -> bool:
    if math.isnan(expected):
        return math.isnan(found)
    return found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def hold_beside(network: Network, graph: "nx.Graph[str]", names: set[str]) -> None:
    """Hold what is measured to what NetworkX finds."""
    measures = measure(network, names)
    for name in sorted(names & NODES.keys()):
        expected = NODES[name](graph)
        for iri, value in zip(network.nodes, measures.nodes[name].tolist(), strict=True):
            assert same(value, expected[iri]), (name, iri, value, expected[iri])
    for name in sorted(names & FIGURES.keys()):
        assert same(measures.figures[name], FIGURES[name](graph)), name


@settings(max_examples=60, deadline=None)
@given(network=graphs())
def test_every_measure_is_that_of_networkx(network: Network) -> None:
    graph = network.to_networkx()
    hold_beside(network, graph, {*NODES, *FIGURES})
    bridges = {frozenset(pair) for pair in nx.bridges(graph)}
    ends = zip(network.source.tolist(), network.target.tolist(), strict=True)
    found = measure(network, ["bridge"]).ties["bridge"].tolist()
    assert found == [float(frozenset(network.nodes[end] for end in pair) in bridges) for pair in ends]


@settings(max_examples=30, deadline=None)
@given(network=graphs(directed=True))
def test_directions_count_where_they_do_in_networkx(network: Network) -> None:
    graph = network.to_networkx()
    names = {"betweenness", "pagerank", "strength"}
    hold_beside(network, graph, {*names, "density"})
    measures = measure(network, ["in_degree"])
    assert measures.nodes["in_degree"].tolist() == [graph.in_degree(iri) for iri in network.nodes]
    assert measures.nodes["out_degree"].tolist() == [graph.out_degree(iri) for iri in network.nodes]
    hold_beside(network, numbered(graph), {*NODES, *FIGURES} - names - {"density"})


@settings(max_examples=40, deadline=None)
@given(network=graphs(least=2))
def test_groups_mix_as_networkx_says(network: Network) -> None:
    graph = network.to_networkx()
    stated = graph.subgraph([iri for iri in graph if "type" in graph.nodes[iri]])
    figures = measure(network, ["assortativity", "ei_index", "degree_assortativity"]).figures
    if stated.number_of_edges():
        mixed = nx.attribute_mixing_matrix(stated, "type")
        expected = float("nan")
        if len({stated.nodes[iri]["type"] for pair in stated.edges() for iri in pair}) > 1:
            expected = nx.attribute_assortativity_coefficient(stated, "type")
            assert mixed.sum() == pytest.approx(1)
        assert same(figures["assortativity"], expected)
        outside = sum(stated.nodes[first]["type"] != stated.nodes[second]["type"] for first, second in stated.edges())
        ties = stated.number_of_edges()
        assert same(figures["ei_index"], (outside - (ties - outside)) / ties)
    else:
        assert math.isnan(figures["ei_index"])
    if len({degree for _, degree in graph.degree() if degree}) > 1:
        assert same(figures["degree_assortativity"], nx.degree_pearson_correlation_coefficient(graph))


@settings(max_examples=25, deadline=None)
@given(network=graphs(least=3))
def test_communities_are_as_good_as_those_of_networkx(network: Network) -> None:
    graph = network.to_networkx()
    measures = measure(network, ["community"])
    groups: dict[float, set[str]] = {}
    for iri, number in zip(network.nodes, measures.nodes["community"].tolist(), strict=True):
        groups.setdefault(number, set()).add(iri)
    sizes = [len(groups[number]) for number in sorted(groups)]
    assert sizes == sorted(sizes, reverse=True)
    assert measures.figures["communities"] == len(groups)
    if graph.number_of_edges():
        found = nx.community.modularity(graph, list(groups.values()))
        assert same(measures.figures["modularity"], found)
        best = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
        assert found >= best - 0.05


def test_two_cliques_are_two_communities_every_time() -> None:
    network = network_of(
        [(a + o, b + o, 1.0) for o in (0, 6) for a in range(6) for b in range(a + 1, 6)] + [(5, 6, 1.0)], 12
    )
    measures = measure(network, ["community"])
    assert measures.nodes["community"].tolist() == [1.0] * 6 + [2.0] * 6
    assert measures.figures["stability"] == 1.0
    assert measures.how["community"].seed


def test_a_sample_is_said_to_be_one_and_comes_near(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.barabasi_albert_graph(400, 3, seed=3)
    network = network_of([(min(pair), max(pair), 1.0) for pair in graph.edges()], 400)
    exact = measure(network, ["betweenness"])
    monkeypatch.setattr("graph_app.network.measures.centrality._STEPS", 200_000)
    sampled, again = (measure(network, ["betweenness"]) for _ in range(2))
    assert exact.how["betweenness"].exact
    assert sampled.how["betweenness"].sample == 200_000 // len(network.source)
    assert "estimated from a sample" in sampled.how["betweenness"].text()
    assert np.allclose(sampled.nodes["betweenness"], again.nodes["betweenness"], rtol=1e-9)
    ranks = [np.argsort(np.argsort(found.nodes["betweenness"])) for found in (exact, sampled)]
    assert np.corrcoef(*ranks)[0, 1] > 0.9


def test_the_rand_index_tells_sameness_from_chance() -> None:
    groups = np.repeat(np.arange(20), 50)
    assert agreement(groups, groups[::-1].copy()) == pytest.approx(1)
    shuffled = np.random.default_rng(1).permutation(groups)
    assert abs(agreement(groups, shuffled)) < 0.02


@pytest.mark.parametrize("size", [0, 1, 2])
def test_the_smallest_networks_are_measured_too(size: int) -> None:
    network = network_of([(0, 1, 1.0)] if size > 1 else [], size)
    measures = measure(network, list(definitions()))
    for name, one in definitions().items():
        if one.of == "nodes" and name not in {"in_degree", "out_degree"}:
            assert len(measures.nodes[name]) == size
    assert measures.figures["nodes"] == size


def test_a_star_is_wholly_centralised() -> None:
    assert measure(network_of([(0, leaf, 1.0) for leaf in range(1, 6)], 6), ["centralisation"]).figures == {
        "centralisation": 1.0
    }


def test_ties_there_and_back_become_one() -> None:
    flat = plain(network_of([(0, 1, 2.0), (1, 0, 3.0), (1, 2, 1.0)], 3, directed=True))
    assert (flat.weights.tolist(), flat.tie.tolist()) == ([5.0, 1.0], [0, 0, 1])


def test_every_definition_is_told_in_both_languages_and_measured() -> None:
    network = network_of([(0, 1, 1.0), (1, 2, 1.0)], 3, directed=True)
    measures = measure(network, list(definitions()))
    for name, one in definitions().items():
        assert name in getattr(measures, one.of)
        assert name in measures.how
        assert set(one.title) == set(one.says) == {"en", "cs"}
