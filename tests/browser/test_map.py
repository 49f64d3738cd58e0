"""The map in a real browser, on a page of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ROOT, Visitor, await_answer

_NO_WEBGL = """
const usual = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith("webgl") ? null : usual.call(this, kind, ...rest);
};
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("map") / "server.log"
    command = [sys.executable, str(Path(__file__).with_name("apps") / "map_server.py"), str(port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        found = f"http://127.0.0.1:{port}/"
        await_answer(found, process, log)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=30)


class MapVisitor(Visitor):
    def open_map(self, nodes: int) -> None:
        self.open(f"?nodes={nodes}")
        expect(self.page.locator(".map[data-drawn]")).to_be_visible()
        self.page.wait_for_timeout(500)

    @property
    def stage(self):
        return self.page.locator(".stage")

    def says(self, text: str) -> None:
        expect(self.page.get_by_text(text)).to_be_visible()

    def picture(self) -> np.ndarray:
        self.page.mouse.move(2, 2)
        self.page.wait_for_timeout(400)
        return np.asarray(Image.open(BytesIO(self.stage.screenshot())).convert("RGB")).astype(int)

    def drag(self, start: tuple[float, float], end: tuple[float, float], key: str = "") -> None:
        """Drag between two places, given as shares of width and height."""
        box = self.stage.bounding_box()
        (x, y), (to_x, to_y) = (
            (box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in (start, end)
        )
        if key:
            self.page.keyboard.down(key)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(to_x, to_y, steps=6)
        self.page.mouse.up()
        if key:
            self.page.keyboard.up(key)

    def find(self, name: str) -> None:
        search = self.page.get_by_role("combobox", name="Find on the map")
        search.fill(name)
        expect(self.page.get_by_role("option").first).to_be_visible()
        search.press("Enter")


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[MapVisitor]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB", reduced_motion="reduce")
    someone = MapVisitor(context.new_page(), address)
    yield someone
    context.close()
    assert someone.foreign == []
    assert someone.errors == []


def coloured(picture: np.ndarray) -> float:
    """Share of the picture that is neither white nor grey."""
    return float((picture.max(axis=2) - picture.min(axis=2) > 60).mean())


def test_names_keys_and_clicks_reach_the_page(visitor) -> None:
    visitor.open_map(100)
    visitor.find("organisation 3 for")
    visitor.says("Names: Organisation 3 for work on theme 2")
    expect(visitor.page.locator(".status")).to_contain_text("Organisation 3 for work on theme 2 · tied to")
    # From there, an arrow leads to a partner, Enter chooses it, Escape clears.
    visitor.stage.focus()
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.keyboard.press("ArrowUp")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_text("Names: Organisation 3 for")).to_have_count(0)
    visitor.says("Chosen nodes: 1; tie: None")
    visitor.page.keyboard.press("Escape")
    visitor.says("Chosen nodes: 0; tie: None")
    # The search has moved to the node, so that it stands in the middle.
    visitor.find("organisation 96")
    visitor.says("Names: Organisation 96")
    visitor.page.get_by_role("button", name="Clear the choice").click()
    visitor.says("Chosen nodes: 0; tie: None")
    visitor.stage.click()
    visitor.says("Names: Organisation 96")


def test_an_area_is_chosen_and_a_group_is_hidden(visitor) -> None:
    visitor.open_map(100)
    before = coloured(visitor.picture())
    visitor.drag((0.02, 0.02), (0.98, 0.98), key="Shift")
    visitor.says("Chosen nodes: 100; tie: None")
    visitor.page.keyboard.press("Escape")
    group = visitor.page.get_by_role("button", name="Charity 34")
    group.click()
    expect(group).to_have_attribute("aria-pressed", "false")
    assert coloured(visitor.picture()) < 0.8 * before
    visitor.page.get_by_role("button", name="Choose an area").click()
    visitor.drag((0.02, 0.02), (0.98, 0.98))
    visitor.says("Chosen nodes: 66; tie: None")


def test_a_tie_is_chosen(visitor) -> None:
    visitor.open_map(2)
    visitor.stage.click()
    visitor.says("Chosen nodes: 2; tie: 0")
    expect(visitor.page.locator(".status")).to_contain_text("shared:")


def test_a_node_that_is_moved_stays_there(visitor) -> None:
    visitor.open_map(100)
    visitor.find("organisation 3 for")
    visitor.says("Names: Organisation 3 for")
    visitor.drag((0.5, 0.5), (0.6, 0.7))
    expect(visitor.page.get_by_text("Moved: [(3, (")).to_be_visible()


def test_it_looks_the_same_after_a_reload_and_colours_change_in_place(visitor) -> None:
    visitor.open_map(1000)
    first = visitor.picture()
    assert coloured(first) > 0.03
    visitor.open_map(1000)
    again = visitor.picture()
    assert (np.abs(again - first).max(axis=2) > 40).mean() < 0.001
    visitor.page.get_by_text("By number").click()
    visitor.says("Partners")
    changed = visitor.picture()
    # The same dots in other colours.
    dots = [(picture.sum(axis=2) < 700) for picture in (first, changed)]
    assert (dots[0] ^ dots[1]).mean() < 0.05
    assert (np.abs(changed - first).max(axis=2) > 40).mean() > 0.02


def test_the_wheel_scrolls_the_page_until_somebody_works_with_the_map(visitor) -> None:
    visitor.open_map(100)
    before = visitor.picture()
    visitor.stage.hover()
    visitor.page.mouse.wheel(0, -300)
    assert (np.abs(visitor.picture() - before).max(axis=2) > 40).mean() < 0.02
    visitor.stage.focus()
    visitor.stage.hover()
    visitor.page.mouse.wheel(0, -300)
    assert (np.abs(visitor.picture() - before).max(axis=2) > 40).mean() > 0.05


def test_without_webgl_words_lead_to_the_tables(visitor) -> None:
    visitor.page.add_init_script(_NO_WEBGL)
    visitor.open("?nodes=100")
    visitor.says("This browser cannot draw the map")
