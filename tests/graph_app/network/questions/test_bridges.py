import pytest
from hypothesis import given

from graph_app.network.questions.bridges import between
from tests.graph_app.network.questions.made import CONSORTIA, made, reference

GROUPS = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "z"}


def test_bridges_join_pairs_that_do_not_work_together() -> None:
    network = made(p="ae", q="ec", r="bed", s="fg")
    found = between(network, [GROUPS.get(node, "") for node in network.nodes], "x", "y")
    assert (found.first, found.second, found.ties) == (2, 2, 1)
    first, *rest = found.bridges
    # Of a, b with c, d only b and d have a project of their own.
    assert (first.iri, first.group, first.first, first.second, first.pairs) == ("e", "z", ("a", "b"), ("c", "d"), 3)
    assert [(one.iri, one.pairs) for one in rest] == [("b", 0), ("d", 0)]


def test_a_group_has_no_bridge_to_itself() -> None:
    network = made(p="ab")
    with pytest.raises(ValueError, match="two different groups"):
        between(network, ["x", "x"], "x", "x")


@given(CONSORTIA)
def test_pairs_are_those_counted_one_by_one(contexts: dict[str, str]) -> None:
    graph = reference(contexts)
    network = made(**contexts)
    groups = ["x" if node in "abc" else "y" if node in "def" else "" for node in network.nodes]
    group_of = dict(zip(network.nodes, groups, strict=True))
    for found in between(network, groups, "x", "y").bridges:
        ones, others = ({node for node in graph[found.iri] if group_of[node] == side} for side in ("x", "y"))
        assert (set(found.first), set(found.second)) == (ones, others)
        assert found.pairs == sum(not graph.has_edge(one, other) for one in ones for other in others)
