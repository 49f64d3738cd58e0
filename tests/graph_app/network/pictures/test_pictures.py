from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from lxml import etree
from PIL import Image

from graph_app.network.colouring import by_group, by_value, radii
from graph_app.network.layout import positions
from graph_app.network.pictures import Picture, as_page, as_png, as_svg
from graph_app.network.pictures.canvas import wrapped
from graph_app.network.pictures.ground import MOST_TIES
from tests.graph_app.network.made import degrees, made_network, tied

SVG = "{http://www.w3.org/2000/svg}"
NAUGHTY = ["<script>window.x = 1</script>", "]]>&amp;\"'", "null\x00 bell\x07", "\ud83d\ude00 😀 Ž", "=1+1"]


def picture(network, **changes) -> Picture:
    colour = by_group("Type", network.attributes["type"], others="Others", not_stated="Not stated")
    made = Picture(
        network,
        positions(network),
        colour,
        radii(degrees(network)),
        "Who works with whom",
        ("Czechia, 2014", "Release 12"),
    )
    return replace(made, **changes)


@pytest.fixture(scope="module")
def small() -> Picture:
    return picture(made_network(40))


def texts(svg: bytes) -> list[str]:
    return [element.text for element in etree.fromstring(svg).iter(f"{SVG}text")]


def test_a_picture_says_what_it_shows(small) -> None:
    told = texts(as_svg(small))
    assert told[0] == "Who works with whom"
    assert told[-2:] == ["Czechia, 2014", "Release 12"]
    legend = [f"{entry.label} ({entry.count})" for entry in small.colour.entries]
    assert [line for line in told if line in legend] == legend


def test_every_node_stands_within_it_in_its_colour_with_its_name(small) -> None:
    root = etree.fromstring(as_svg(small))
    group = next(
        part
        for part in root.iter(f"{SVG}g")
        if part.get("stroke") == "#FFFFFF" and part.find(f"{SVG}circle") is not None
    )
    circles = group.findall(f"{SVG}circle")
    found = {circle.find(f"{SVG}title").text: circle.get("fill") for circle in circles}
    labels = small.network.attributes["label"]
    assert found == {
        label: small.colour.palette[place] for label, place in zip(labels, small.colour.places, strict=True)
    }
    for circle in circles:
        x, y, radius = (float(circle.get(name)) for name in ("cx", "cy", "r"))
        assert radius <= x <= small.width - radius
        assert radius <= y <= small.height - radius


def test_it_lies_as_on_the_screen(small) -> None:
    root = etree.fromstring(as_svg(small))
    places = {
        c.find(f"{SVG}title").text: (float(c.get("cx")), float(c.get("cy")))
        for c in root.iter(f"{SVG}circle")
        if len(c)
    }
    drawn = np.array([places[label] for label in small.network.attributes["label"]])
    assert np.corrcoef(drawn[:, 0], small.positions[:, 0])[0, 1] > 0.999
    assert np.corrcoef(drawn[:, 1], -small.positions[:, 1])[0, 1] > 0.999


def test_no_name_covers_another(small) -> None:
    root = etree.fromstring(as_svg(small))
    names = next(part for part in root.iter(f"{SVG}g") if part.get("paint-order"))
    boxes = [(float(t.get("x")), float(t.get("y")), len(t.text) * 13 * 0.58) for t in names]
    assert len(boxes) > 5
    for place, (x, y, wide) in enumerate(boxes):
        for other_x, other_y, other_wide in boxes[:place]:
            assert abs(y - other_y) >= 13 - 0.01 or x >= other_x + other_wide - 0.01 or other_x >= x + wide - 0.01


@pytest.mark.parametrize("text", NAUGHTY)
def test_data_stays_data(text: str) -> None:
    network = tied(3, [(0, 1), (1, 2)])
    named = replace(network, attributes={"label": [text, "b", "c"], "type": [text, "", ""]})
    svg = as_svg(picture(named, title=text, caption=(text,)))
    root = etree.fromstring(svg)
    assert {etree.QName(element).localname for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "g", "path", "circle",
    }  # fmt: skip
    assert not [name for element in root.iter() for name in element.attrib if name.startswith(("on", "href", "{"))]
    assert as_png(svg).startswith(b"\x89PNG")


@pytest.mark.parametrize("network", [tied(0, []), tied(1, []), tied(2, [])], ids=["nobody", "one", "two"])
def test_a_picture_of_hardly_anything_can_be_drawn(network) -> None:
    assert "Who works with whom" in texts(as_svg(picture(network)))


def test_numbers_have_a_scale() -> None:
    network = made_network(40)
    told = texts(as_svg(picture(network, colour=by_value("Partners", degrees(network), not_stated="–"))))
    assert "Partners" in told
    assert f"{degrees(network).max()}" in told


def test_ties_that_are_not_drawn_are_told_of() -> None:
    nodes = 190
    network = tied(nodes, [(one, other) for one in range(nodes) for other in range(one)])
    assert len(network.source) > MOST_TIES
    drawn = picture(network, strongest="{shown} of {ties}")
    root = etree.fromstring(as_svg(drawn))
    assert sum(path.get("d").count("M") for path in root.iter(f"{SVG}path")) == MOST_TIES
    assert texts(as_svg(drawn))[-1] == f"{MOST_TIES:,} of {len(network.source):,}"


def test_png_is_the_same_picture_with_its_words(small) -> None:
    with Image.open(BytesIO(as_png(as_svg(small)))) as image:
        assert image.size == (2 * small.width, 2 * small.height)
        strip = np.asarray(image.convert("L"))[: int(2 * 28 + 2 * 24 * 1.2)]
    # Where the title stands is ink, and not a row of empty boxes all alike.
    inked = strip[:, : strip.shape[1] // 2].min(axis=0) < 100
    assert 0.05 < inked.mean() < 0.6


def test_long_lines_are_broken_and_no_word_is_lost() -> None:
    told = "word " * 100 + "x" * 300
    lines = wrapped(told, 13, 400)
    assert len(lines) > 5
    assert " ".join(lines) == told


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_page_holds_data_as_text(text: str) -> None:
    network = tied(3, [(0, 1), (1, 2)])
    named = replace(network, attributes={"label": [text, "b", "c"], "type": [text, "", ""]})
    html = as_page(
        picture(named, title=text, caption=(text,)), dict.fromkeys(network.contexts, text), focus=network.nodes[0]
    )
    assert "<script>window.x" not in html
    assert html.count("<body>") == 1
    assert "default-src 'none'" in html
