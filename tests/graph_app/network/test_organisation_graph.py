import pytest

from graph_app.network.organisation_graph import measure, network, summarise
from graph_app.network.ties import Actor, Membership, ties


def graph_of(**contexts: str):
    memberships = [Membership(context, member) for context, members in contexts.items() for member in members]
    actors = [Actor(member, member.upper()) for member in sorted({m.organisation for m in memberships})]
    return network(actors, ties(memberships))


def test_the_broker_of_a_chain_comes_first() -> None:
    first, *rest = measure(graph_of(p="ab", q="bc"))
    assert (first.organisation, first.partners, first.shared, first.betweenness) == ("b", 2, 2, 1.0)
    assert [found.betweenness for found in rest] == [0.0, 0.0]


def test_shared_projects_count_in_the_weighted_degree() -> None:
    measures = {found.organisation: found for found in measure(graph_of(p="ab", q="ab", r="ac"))}
    assert (measures["a"].partners, measures["a"].shared) == (2, 3)


def test_summary_counts_parts_and_density() -> None:
    found = summarise(graph_of(p="abc", q="de", r="f"))
    assert (found.organisations, found.ties, found.components, found.largest) == (6, 4, 3, 3)
    assert found.density == pytest.approx(4 / 15)
    assert not found.estimated


def test_an_empty_network_has_zeros() -> None:
    found = summarise(graph_of())
    assert (found.organisations, found.ties, found.components, found.largest, found.density) == (0, 0, 0, 0, 0.0)
    assert measure(graph_of()) == ()
