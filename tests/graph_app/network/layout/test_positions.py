import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.network.layout import positions
from tests.graph_app.network.layout.quality import neighbours_kept
from tests.graph_app.network.made import made_network, tied

SHAPES = {
    "empty": (0, []),
    "one": (1, []),
    "two alone": (2, []),
    "a pair": (2, [(0, 1)]),
    "a ring of twelve": (12, [(node, (node + 1) % 12) for node in range(12)]),
    "a path of fifty": (50, [(node, node + 1) for node in range(49)]),
    "a star of fifty": (50, [(0, node) for node in range(1, 50)]),
    "all with all": (30, [(one, other) for one in range(30) for other in range(one)]),
}


@pytest.mark.parametrize(("nodes", "pairs"), SHAPES.values(), ids=SHAPES)
def test_every_node_has_a_place_of_its_own(nodes: int, pairs: list[tuple[int, int]]) -> None:
    found = positions(tied(nodes, pairs))
    assert found.shape == (nodes, 2)
    assert np.isfinite(found).all()
    assert len(np.unique(found.round(3), axis=0)) == nodes


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.tuples(*[st.integers(0, n - 1)] * 2)))))
def test_whatever_the_ties_nobody_stands_on_another(made: tuple[int, list[tuple[int, int]]]) -> None:
    found = positions(tied(*made))
    assert np.isfinite(found).all()
    assert len(np.unique(found.round(4), axis=0)) == made[0]


def test_the_same_network_lies_the_same_way() -> None:
    assert np.array_equal(positions(made_network(400)), positions(made_network(400)))


def test_parts_without_a_tie_between_them_lie_apart_and_the_smallest_outside() -> None:
    large = [(one, other) for one in range(40) for other in range(one) if (one * other) % 3 == 0]
    network = tied(60, [*large, (40, 41), (41, 42), (42, 43), (43, 40), (44, 45)])
    found = positions(network)
    away = np.linalg.norm(found - found[:40].mean(axis=0), axis=1)
    assert away[:40].max() < away[46:].min()
    ring, pair = found[40:44], found[44:46]
    assert (
        np.linalg.norm(ring.mean(axis=0) - pair.mean(axis=0)) > np.linalg.norm(ring - ring.mean(axis=0), axis=1).max()
    )


def test_neighbours_lie_nearer_than_by_the_springs_of_networkx() -> None:
    network = made_network(300)
    graph = network.to_networkx()
    springs = nx.spring_layout(graph, seed=7)
    theirs = np.array([springs[iri] for iri in network.nodes])
    assert neighbours_kept(network, positions(network)) > neighbours_kept(network, theirs)
