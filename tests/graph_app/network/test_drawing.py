import json
import re

import pytest

from graph_app.network.drawing import PHYSICS_UP_TO, ForeignHostError, _offline, draw
from graph_app.network.organisation_graph import network
from graph_app.network.palette import NONE, OTHER, colours
from graph_app.network.ties import Actor, Tie

NAUGHTY = [
    "</script><script>window.__xss = 1</script>",
    '<img src="https://evil.example/x.png" onerror="window.__xss = 1">',
    '<a href="javascript:window.__xss = 1">x</a>',
    "HREF=x <b>bold</b>",
    '"); alert(1); ("',
]


def data_of(html: str, name: str) -> list[dict[str, object]]:
    found = re.search(rf"{name} = new vis\.DataSet\((\[.*?\])\);", html)
    assert found
    return json.loads(found[1])


@pytest.fixture
def pair():
    actors = [Actor("urn:a", "Alpha", "University", "Czechia"), Actor("urn:b", "Beta")]
    return network(actors, [Tie("urn:a", "urn:b", ("urn:p",))])


def test_names_and_projects_are_drawn(pair) -> None:
    html = draw(pair, {"urn:a": "#0072B2"}, {"urn:p": "Path to Progress"}, focus="urn:a")
    nodes, edges = data_of(html, "nodes"), data_of(html, "edges")
    assert [(node["label"], node["title"], node["color"]) for node in nodes] == [
        ("Alpha", "Alpha\nUniversity\nCzechia", "#0072B2"),
        ("Beta", "Beta", NONE),
    ]
    assert [edge["title"] for edge in edges] == ["Path to Progress"]
    assert "urn:a" not in html


def test_the_same_network_is_drawn_the_same_way(pair) -> None:
    assert draw(pair, {}, {}) == draw(pair, {}, {})


def test_nothing_is_loaded_from_elsewhere(pair) -> None:
    html = draw(pair, {}, {})
    assert "jsdelivr" not in html
    assert "cdnjs" not in html
    assert not re.search(r"<(script|link|img|iframe)[^>]*(src|href)=", re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL))


def test_a_page_that_would_load_from_elsewhere_is_refused() -> None:
    with pytest.raises(ForeignHostError):
        _offline('<html><img src="//evil.example/x.png"></html>')


@pytest.mark.parametrize("text", NAUGHTY)
def test_data_stays_data(text: str) -> None:
    graph = network([Actor(text, text, text, text), Actor("urn:b", "Beta")], [Tie(text, "urn:b", (text,))])
    html = draw(graph, {}, {text: text}, focus=text)
    assert text not in html
    assert "popup" not in html.split("drawGraph()", 1)[1]
    assert data_of(html, "nodes")[0]["label"] in (text, text[:59] + "…")


@pytest.mark.parametrize(("count", "moving"), [(PHYSICS_UP_TO, True), (PHYSICS_UP_TO + 1, False)])
def test_large_networks_stand_still(count: int, moving: bool) -> None:
    html = draw(network([Actor(f"urn:{n}", f"Organisation {n}") for n in range(count)], []), {}, {})
    options = json.loads(re.search(r"var options = (\{.*?\});", html, re.DOTALL)[1])
    assert options["physics"]["enabled"] is moving
    assert all("x" in node and "y" in node for node in data_of(html, "nodes"))


def test_networks_of_many_have_places() -> None:
    """From 500 nodes on, places are reckoned in another way."""
    actors = [Actor(f"urn:{number}", str(number)) for number in range(500)]
    ties = [Tie(f"urn:{number}", f"urn:{number + 1}", ("urn:p",)) for number in range(499)]
    nodes = data_of(draw(network(actors, ties), {}, {}), "nodes")
    assert len({(node["x"], node["y"]) for node in nodes}) > 450


def test_largest_groups_get_the_colours() -> None:
    found = colours(["ngo"] * 3 + ["university"] * 2 + [f"type {n}" for n in range(9)] + [""])
    assert list(found)[:2] == ["ngo", "university"]
    assert "" not in found
    assert len(set(list(found.values())[:8])) == 8
    assert set(list(found.values())[8:]) == {OTHER}
