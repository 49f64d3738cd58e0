from collections import defaultdict
from itertools import combinations

from hypothesis import given

from graph_app.network.questions.pairs import pairs
from graph_app.network.questions.years import span
from tests.graph_app.network.questions.made import CONSORTIA, made


@given(CONSORTIA)
def test_pairs_share_what_both_work_in(contexts: dict[str, str]) -> None:
    expected = defaultdict(list)
    for context, members in contexts.items():
        for pair in combinations(sorted(set(members)), 2):
            expected[pair].append(context)
    network = made(**contexts)
    found = pairs(network)
    names = [(network.nodes[one], network.nodes[other]) for one, other in zip(found.first, found.second, strict=True)]
    shared = [[network.contexts[number] for number in found.of(row)] for row in range(len(names))]
    assert names == sorted(expected)
    assert dict(zip(names, shared, strict=True)) == dict(expected)


def test_years_are_those_that_any_project_states() -> None:
    years = {"p": (2001, 0), "q": (0, 2010)}
    assert span(years, "pq") == (2001, 2010)
    assert span(years, "p") == (2001, 2001)
    assert span(years, "r") == (0, 0)
