"""Positions of networks beside NetworkX's own layouts: time, and how well a picture tells what is tied to what."""

import time
from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest

from graph_app.network.layout import positions
from graph_app.network.network import Floats, Network
from tests.benchmarks.tables import Table
from tests.graph_app.network.layout.quality import neighbours_kept, stress
from tests.graph_app.network.made import made_network

pytestmark = pytest.mark.bench

ABOUT = """
Made networks: organisations of some themes in projects mostly of their own theme. Seconds are of the processor, so that
what else the machine does counts less. Neighbours kept: of a node's neighbours, how many are among as many nodes that
lie nearest to it, 1 is best. Stress: how far distances in the picture of the largest part are from those by ties, 0 is
best; it is lower where a picture spreads all nodes evenly, higher where it sets groups apart.
"""
SIZES = (1_000, 5_000, 20_000, 100_000)
#: NetworkX compares all nodes with all others; beyond this it takes minutes.
MOST_FOR_NETWORKX = 1_000


@pytest.fixture(scope="module")
def table(make_table: Callable[..., Table]) -> Table:
    columns = ("nodes", "ties", "layout", "seconds of the processor", "neighbours kept", "stress", "time / ours")
    return make_table("layout", "Positions on a map", ABOUT, columns)


def by_networkx(layout: Callable[..., dict[str, Floats]]) -> Callable[[Network], Floats]:
    def laid_out(network: Network) -> Floats:
        found = layout(network.to_networkx(), seed=7)
        return np.array([found[iri] for iri in network.nodes])

    return laid_out


@pytest.mark.parametrize("nodes", SIZES)
def test_layout(table: Table, nodes: int) -> None:
    network = made_network(nodes)
    layouts = {"ours": positions}
    if nodes <= MOST_FOR_NETWORKX:
        layouts["NetworkX spring_layout"] = by_networkx(nx.spring_layout)
        layouts["NetworkX forceatlas2_layout"] = by_networkx(nx.forceatlas2_layout)
    taken = {}
    for name, layout in layouts.items():
        start = time.process_time()
        found = layout(network)
        taken[name] = time.process_time() - start
        figures = (f"{neighbours_kept(network, found):.3f}", f"{stress(network, found):.3f}")
        ratio = f"{taken[name] / taken['ours']:.0f}" if name != "ours" else ""
        table.add(f"{nodes:,}", f"{len(network.source):,}", name, f"{taken[name]:.2f}", *figures, ratio)
