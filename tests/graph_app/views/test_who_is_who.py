"""Which pairs the page Who is who lists."""

import pytest

from graph_app.identity.candidates import Candidate
from graph_app.identity.likeness import Relation
from graph_app.stewardship.pairs import Pair
from graph_app.views.identity.filtering import Chosen, fitting


def pair(left: str, right: str, names: tuple[str, str], score: float, rule: str = "") -> Pair:
    return Pair(left, right, Candidate(left, right, *names, score, Relation.SAME, (), rule))


PAIRS = (
    pair("a", "b", ("Člověk v tísni", "People in Need"), 0.99, "same-identifier-same-name"),
    pair("a", "c", ("Clovek v tisni", "PIN"), 0.8),
    pair("d", "e", ("IOM Praha", "IOM Prague"), 0.95),
)


@pytest.mark.parametrize(
    ("chosen", "keys"),
    [
        (Chosen(), ["ab", "ac", "de"]),
        (Chosen(words=("clovek",)), ["ab", "ac"]),
        (Chosen(words=("people", "tisni")), ["ab"]),
        (Chosen(least=0.95), ["ab", "de"]),
        (Chosen(rule="with"), ["ab"]),
        (Chosen(rule="without"), ["ac", "de"]),
        (Chosen(about="e"), ["de"]),
        (Chosen(words=("nobody",)), []),
    ],
)
def test_pairs_are_narrowed(chosen: Chosen, keys: list[str]) -> None:
    assert ["".join(one.key) for one in fitting(PAIRS, chosen)] == keys
