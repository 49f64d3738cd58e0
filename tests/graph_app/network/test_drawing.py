import json
import re
from dataclasses import replace

import pytest

from graph_app.network.colouring import Colouring, by_group
from graph_app.network.drawing import DRAWN_UP_TO, PHYSICS_UP_TO, ForeignHostError, _offline, draw_around
from graph_app.network.network import Network
from graph_app.network.palette import NONE
from tests.graph_app.network.questions.made import made

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
def pair() -> Network:
    attributes = {"label": ["Alpha", "Beta"], "type": ["University", ""], "seat": ["Czechia", ""]}
    return replace(made(p="ab"), nodes=("urn:a", "urn:b"), attributes=attributes)


def coloured(network: Network) -> Colouring:
    types = network.attributes.get("type", [""] * len(network))
    return by_group("Type", types, others="Others", not_stated="Not stated")


def drawn(network: Network, titles: dict[str, str] | None = None, focus: str = "") -> str:
    return draw_around(network, coloured(network), titles or {}, focus=[focus] if focus else [])


def test_names_and_projects_are_drawn(pair) -> None:
    html = drawn(pair, {"p": "Path to Progress"}, "urn:a")
    nodes, edges = data_of(html, "nodes"), data_of(html, "edges")
    assert [(node["label"], node["title"], node["color"]) for node in nodes] == [
        ("Alpha", "Alpha\nUniversity\nCzechia", "#0072B2"),
        ("Beta", "Beta", NONE),
    ]
    assert [edge["title"] for edge in edges] == ["Path to Progress"]
    assert "urn:a" not in html


def test_the_same_network_is_drawn_the_same_way(pair) -> None:
    assert drawn(pair) == drawn(pair)


def test_nothing_is_loaded_from_elsewhere(pair) -> None:
    html = drawn(pair)
    assert "jsdelivr" not in html
    assert "cdnjs" not in html
    assert not re.search(r"<(script|link|img|iframe)[^>]*(src|href)=", re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL))


def test_a_page_that_would_load_from_elsewhere_is_refused() -> None:
    with pytest.raises(ForeignHostError):
        _offline('<html><img src="//evil.example/x.png"></html>')


@pytest.mark.parametrize("text", NAUGHTY)
def test_data_stays_data(pair, text: str) -> None:
    attributes = {name: [text, "Beta"] for name in ("label", "type", "seat")}
    network = replace(pair, nodes=(text, "urn:b"), attributes=attributes, contexts=(text,))
    html = drawn(network, {text: text}, text)
    assert text not in html
    assert "popup" not in html.split("drawGraph()", 1)[1]
    assert data_of(html, "nodes")[0]["label"] in (text, text[:59] + "…")


@pytest.mark.parametrize(("count", "moving"), [(PHYSICS_UP_TO, True), (PHYSICS_UP_TO + 1, False)])
def test_large_networks_stand_still(count: int, moving: bool) -> None:
    html = drawn(made(p=[f"{number:04}" for number in range(count)]).subset(range(count)))
    options = json.loads(re.search(r"var options = (\{.*?\});", html, re.DOTALL)[1])
    assert options["physics"]["enabled"] is moving
    assert len({(node["x"], node["y"]) for node in data_of(html, "nodes")}) == count


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="filter first"):
        drawn(replace(made(p="a"), nodes=("urn:a",) * (DRAWN_UP_TO + 1)))
