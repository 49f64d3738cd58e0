import networkx as nx
from hypothesis import given

from graph_app.network.questions.removal import removal
from tests.graph_app.network.questions.made import CONSORTIA, made, reference


def test_who_leaves_parts_and_isolates() -> None:
    found = removal(made(p="abc", q="ad", r="aef", s="gh"), "a")
    assert found.partners == ("b", "c", "d", "e", "f")
    assert found.isolated == ("d",)
    assert found.parts == (("b", "c"), ("e", "f"), ("d",))
    assert (found.before, found.after) == (2, 4)
    assert found.parted == 2 * 2 + 2 * 1 + 2 * 1


@given(CONSORTIA)
def test_exactly_the_cut_points_of_networkx_break_their_component(contexts: dict[str, str]) -> None:
    graph = reference(contexts)
    network = made(**contexts)
    cut = set(nx.articulation_points(graph))
    for organisation in sorted(graph):
        found = removal(network, organisation)
        rest = graph.subgraph(set(graph) - {organisation})
        assert (found.before, found.after) == (
            nx.number_connected_components(graph),
            nx.number_connected_components(rest),
        )
        assert (len(found.parts) > 1) is (organisation in cut)
        assert set(found.isolated) == {node for node in graph[organisation] if graph.degree(node) == 1}
        joined = {frozenset((one, other)) for one in rest for other in nx.node_connected_component(graph, one)}
        still = {frozenset((one, other)) for one in rest for other in nx.node_connected_component(rest, one)}
        assert found.parted == len({pair for pair in joined - still if organisation not in pair and len(pair) == 2})
