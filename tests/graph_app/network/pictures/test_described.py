from dataclasses import replace
from datetime import date

import pytest

from graph_app.network.coverage import Coverage
from graph_app.network.filters import Filters
from graph_app.network.layout import positions
from graph_app.network.pictures import as_svg, caption_of, described
from tests.graph_app.network.made import made_network

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def network():
    made = made_network(40)
    return replace(made, release="12", filters=Filters(start="2014"), coverage=Coverage(33, left_out={"country": 3}))


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ["Filters: ", "2014", "33", "release 12, 2026-11-23"]),
        ("cs", ["Filtry: ", "2014", "33", "vydání 12, 2026-11-23"]),
    ],
)
def test_a_caption_tells_filters_coverage_and_release(network, language: str, says: list[str]) -> None:
    told = " ".join(caption_of(network, DAY, language=language))
    assert [part for part in says if part not in told] == []
    assert network.coverage.text(language) in told


def test_a_caption_without_filters_has_no_line_of_them(network) -> None:
    assert not any("Filters" in line for line in caption_of(replace(network, filters=Filters()), DAY))


def test_colours_say_types_or_classes_where_there_are_none(network) -> None:
    places = positions(network)
    assert described(network, places, DAY).colour.title == "Type"
    untyped = replace(
        network, attributes={"label": network.attributes["label"], "class": ["Country"] * 40, "type": [""] * 40}
    )
    found = described(untyped, places, DAY, language="cs")
    assert (found.colour.title, [entry.label for entry in found.colour.entries]) == ("Druh", ["Country"])
    assert found.title.encode() in as_svg(found)
