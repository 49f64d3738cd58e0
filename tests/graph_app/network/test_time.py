from hypothesis import given
from hypothesis import strategies as st

from graph_app.network.time import active_in, in_year, working
from tests.graph_app.network.questions.made import CONSORTIA, made

YEARS = st.dictionaries(st.sampled_from("pqrstuvw"), st.tuples(st.sampled_from([0, 1, 2]), st.sampled_from([0, 2, 3])))


def test_what_has_no_end_counts_where_it_starts_and_what_has_no_start_never() -> None:
    network = made(p="ab", q="bc", r="cd", s="de")
    years = {"p": (2001, 2003), "q": (2002, 0), "r": (0, 2002)}
    assert active_in(network, years, 2002).tolist() == [True, True, False, False]
    assert active_in(network, years, 2003).tolist() == [True, False, False, False]
    found = in_year(network, years, 2002)
    assert found.nodes == network.nodes
    assert [found.nodes[number] for number in working(found)] == ["a", "b", "c"]
    assert (found.coverage.projects, found.coverage.left_out, found.filters.as_of) == (2, {"period": 1}, "2002")


@given(CONSORTIA, YEARS, st.sampled_from([1, 2, 3]))
def test_ties_of_a_year_are_those_of_a_network_made_of_what_ran(
    contexts: dict[str, str], years: dict[str, tuple[int, int]], year: int
) -> None:
    network = made(**contexts)
    ran = {
        context: members
        for (context, members), active in zip(contexts.items(), active_in(network, years, year), strict=True)
        if active
    }
    found = in_year(network, years, year)
    assert _ties(found) == (_ties(made(**ran)) if ran else {})
    assert {found.nodes[number] for number in working(found)} == set("".join(ran.values()))


def _ties(network) -> dict[tuple[str, str], float]:
    ends = zip(network.source, network.target, network.weights["count"], strict=True)
    return {(network.nodes[one], network.nodes[other]): weight for one, other, weight in ends}
