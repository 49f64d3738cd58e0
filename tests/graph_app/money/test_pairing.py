import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph_app.money.pairing import different_pairs, how_many

NUMBERS = st.integers(-2, 2**31 - 1)


@given(st.lists(st.tuples(NUMBERS, NUMBERS)))
def test_each_pair_comes_once_and_every_row_knows_its_own(rows: list[tuple[int, int]]) -> None:
    first, second = (np.array([row[place] for row in rows], np.int32) for place in (0, 1))
    found = different_pairs(first, second)
    pairs = list(zip(found.first.tolist(), found.second.tolist(), strict=True))
    assert pairs == sorted(set(rows))
    assert [pairs[at] for at in found.at.tolist()] == rows


@given(st.lists(st.tuples(st.integers(0, 9), NUMBERS)))
def test_different_second_members_are_counted(rows: list[tuple[int, int]]) -> None:
    first, second = (np.array([row[place] for row in rows], np.int32) for place in (0, 1))
    counted = how_many(first, second, 10).tolist()
    assert counted == [len({other for one, other in rows if one == number}) for number in range(10)]
