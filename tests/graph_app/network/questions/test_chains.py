import networkx as nx
from hypothesis import given

from graph_app.network.questions.chains import Step, chain
from tests.graph_app.network.questions.made import CONSORTIA, made, reference


def test_of_chains_as_short_the_one_whose_weakest_tie_is_strongest_is_told() -> None:
    network = made(p="ab", q="bd", r="ac", s="ac", t="cd", u="cd")
    found = chain(network, "a", "d")
    assert found is not None
    assert found.steps == (Step("a", "c", ("r", "s")), Step("c", "d", ("t", "u")))
    assert found.alike == 2


@given(CONSORTIA)
def test_chains_are_as_short_and_as_many_as_those_of_networkx(contexts: dict[str, str]) -> None:
    network, graph = made(**contexts), reference(contexts)
    first = min(graph)
    for second in sorted(graph):
        found = chain(network, first, second)
        if not nx.has_path(graph, first, second):
            assert found is None
            continue
        assert found is not None
        assert len(found.steps) == nx.shortest_path_length(graph, first, second)
        assert found.alike == len(list(nx.all_shortest_paths(graph, first, second)))
        walked = [first, *(step.second for step in found.steps)]
        assert walked[-1] == second
        assert [step.first for step in found.steps] == walked[:-1]
        for step in found.steps:
            assert step.contexts == tuple(
                context for context in sorted(contexts) if {step.first, step.second} <= set(contexts[context])
            )
