import pytest

from graph_app.network.ties import Membership, Tie, partners_of, ties


def memberships(**contexts: str) -> list[Membership]:
    return [Membership(context, organisation) for context, members in contexts.items() for organisation in members]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ()),
        ({"p": "a"}, ()),
        ({"p": "ab"}, (Tie("a", "b", ("p",)),)),
        ({"p": "baa"}, (Tie("a", "b", ("p",)),)),
        ({"q": "ab", "p": "ab", "r": "bc"}, (Tie("a", "b", ("p", "q")), Tie("b", "c", ("r",)))),
        ({"p": "abc"}, (Tie("a", "b", ("p",)), Tie("a", "c", ("p",)), Tie("b", "c", ("p",)))),
    ],
)
def test_shared_work_makes_ties(given: dict[str, str], expected: tuple[Tie, ...]) -> None:
    assert ties(memberships(**given)) == expected


def test_weight_counts_what_is_shared() -> None:
    assert [tie.weight for tie in ties(memberships(p="ab", q="abc"))] == [2, 1, 1]


def test_partners_of_one_organisation_either_way_round() -> None:
    found = ties(memberships(p="ab", q="bc"))
    assert set(partners_of("b", found)) == {"a", "c"}
    assert set(partners_of("a", found)) == {"b"}
    assert partners_of("x", found) == {}
