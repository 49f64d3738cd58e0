"""A network as arrays gives the same neighbours, subsets and edges as NetworkX does."""

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.network.network import Network
from tests.graph_app.network.drawn import graphs


@settings(deadline=None)
@given(network=st.booleans().flatmap(lambda directed: graphs(directed=directed)), data=st.data())
def test_it_is_the_graph_that_networkx_has(network: Network, data: st.DataObject) -> None:
    graph = network.to_networkx()
    assert tuple(graph) == network.nodes
    assert graph.number_of_edges() == len(network.source)
    ends = zip(network.source.tolist(), network.target.tolist(), strict=True)
    for tie, (source, target) in enumerate(ends):
        assert network.tie(source, target) == tie
        assert (network.tie(target, source) == tie) is not network.directed
        assert graph.edges[network.nodes[source], network.nodes[target]]["weight"] == network.weights["count"][tie]
        assert network.contexts[tie] in network.shared(source, target)
    both = graph.to_undirected(as_view=True)
    for node, iri in enumerate(network.nodes):
        assert {network.nodes[other] for other in network.neighbours(node)} == set(both[iri])
    kept = data.draw(st.sets(st.sampled_from(range(len(network)))))
    part = network.subset(kept)
    inside = graph.subgraph(network.nodes[number] for number in kept)
    assert all(part.to_networkx().has_edge(*pair) for pair in inside.edges())
    assert part.to_networkx().number_of_edges() == inside.number_of_edges()
    assert dict(part.to_networkx().nodes(data=True)) == dict(inside.nodes(data=True))
