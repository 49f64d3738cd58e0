"""Measures of concentration beside what they are by definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.money.concentration import concentration


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ([1] * 20, (20, 0.5, 0.0, 0.05)),
        ([7], (1, 1.0, 0.0, 1.0)),
        ([3, 1], (2, 1.0, 0.25, 0.625)),
        ([3, 1, 0, -5], (2, 1.0, 0.25, 0.625)),
    ],
)
def test_known_values(sums: list[float], expected: tuple[float, ...]) -> None:
    assert concentration(np.array(sums, float)) == pytest.approx(expected)


def test_nothing_has_no_concentration() -> None:
    assert np.isnan(concentration(np.array([0.0, -1.0]))[1:]).all()


@given(st.lists(st.floats(0.01, 1e9), min_size=1, max_size=40))
def test_gini_is_half_the_mean_difference_over_the_mean(sums: list[float]) -> None:
    values = np.array(sums)
    by_definition = np.abs(values[:, None] - values[None, :]).mean() / (2 * values.mean())
    assert concentration(values).gini == pytest.approx(by_definition, abs=1e-9)
