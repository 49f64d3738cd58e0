import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.network.colouring import Entry, by_group, by_value, radii
from graph_app.network.palette import NONE, OKABE_ITO, OTHER


def coloured(groups):
    return by_group("Type", groups, others="Others", not_stated="Not stated")


def test_the_largest_groups_have_colours_and_equal_ones_go_by_name() -> None:
    found = coloured(["b", "a", "b", "", "c", "a"])
    blue, orange, green = OKABE_ITO[:3]
    assert found.entries == (
        Entry("a", blue, 2),
        Entry("b", orange, 2),
        Entry("c", green, 1),
        Entry("Not stated", NONE, 1),
    )
    assert [found.palette[place] for place in found.places] == [orange, blue, orange, NONE, green, blue]


def test_what_no_colour_is_left_for_stands_together() -> None:
    found = coloured([f"group {number:02}" for number in range(12)])
    assert [entry.count for entry in found.entries] == [1] * len(OKABE_ITO) + [12 - len(OKABE_ITO)]
    assert found.entries[-1].label == "Others"
    assert found.palette[found.places[-1]] == OTHER


@given(st.lists(st.sampled_from(["", *"abcdefghijk"])))
def test_the_legend_counts_every_node_once_in_its_colour(groups: list[str]) -> None:
    found = coloured(groups)
    drawn = [found.palette[place] for place in found.places]
    assert [entry.count for entry in found.entries] == [drawn.count(entry.colour) for entry in found.entries]
    assert sum(entry.count for entry in found.entries) == len(groups)


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_greater_numbers_are_lighter_and_missing_ones_grey() -> None:
    found = by_value("Partners", [0, 1, 4, 100, np.nan], not_stated="Not stated")
    *drawn, none = [found.palette[place] for place in found.places]
    assert [luminance(colour) for colour in drawn] == sorted(luminance(colour) for colour in drawn)
    assert len(set(drawn)) == 4
    assert none == NONE
    assert found.entries == (Entry("Not stated", NONE, 1),)
    assert found.scale == (0, 25, 100)


@pytest.mark.parametrize("values", [[], [3.0, 3.0], [np.nan]], ids=["nobody", "all alike", "none stated"])
def test_numbers_without_a_range_have_a_colour(values: list[float]) -> None:
    found = by_value("Partners", values, not_stated="Not stated")
    assert len(found.places) == len(values)
    assert all(place < len(found.palette) for place in found.places)


def test_areas_follow_the_number_and_many_nodes_are_small() -> None:
    few, many = radii([0, 25, 100]), radii(np.r_[[0, 25, 100], np.zeros(10_000)])
    assert few[0] < few[1] < few[2]
    assert few[1] - few[0] == pytest.approx((few[2] - few[0]) / 2)
    assert many.max() < few.max() / 2
    assert radii([]).shape == (0,)
    assert np.isfinite(radii([np.nan, 2.0])).all()
