import pytest

from graph_app.network.questions.change import change
from tests.graph_app.network.questions.made import made


def test_entries_exits_and_ties_of_two_years() -> None:
    found = change(made(p="abc", q="de"), made(p="ab", q="ef"))
    assert (found.entered, found.left) == (("f",), ("c", "d"))
    assert found.begun == (("e", "f"),)
    assert found.ended == (("a", "c"), ("b", "c"), ("d", "e"))
    assert found.kept == 1
    assert found.before == {"nodes": 5, "ties": 4, "components": 2, "largest": 3, "density": 0.4}
    assert found.after == pytest.approx({"nodes": 4, "ties": 2, "components": 2, "largest": 2, "density": 1 / 3})


def test_one_organisation_has_figures_too_but_no_density() -> None:
    found = change(made(p="a"), made(p="a"))
    expected = {"nodes": 1, "ties": 0, "components": 1, "largest": 1, "density": float("nan")}
    assert found.after == pytest.approx(expected, nan_ok=True)
