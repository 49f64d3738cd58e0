"""Ask, New entries and Review are walked with Tab, Enter, Space, arrows and letters alone, and the focus is seen."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.drafts import create_draft
from tests.browser.conftest import ROOT, TIME_LIMIT, Server, Visitor, serving

JANA = Actor("jana@example.org", EVERY_ROLE)
PROJECTS = "Id,Title (en),Start,Countries,Website\nbridges,Bridges,2023-13,Czechia,www.example.org/bridges\n"
#: More stops than any page has before what a person came for.
_STOPS = 120
_HAS_FOCUS = """element => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === element;
}"""
_AROUND = 10


class Walker:
    """Somebody without a mouse."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self.press = visitor.page.keyboard.press
        self.type = visitor.page.keyboard.type

    def to(self, goal: Locator) -> None:
        """Go on to an element by Tab, and see that it has the focus."""
        expect(goal).to_be_enabled()
        for _ in range(_STOPS):
            if goal.evaluate(_HAS_FOCUS):
                break
            self.press("Tab")
        else:
            pytest.fail(f"Tab does not lead to {goal}.")
        assert self.looks(goal) != self.looks(goal, focused=False), f"Nobody sees that {goal} has the focus."
        goal.focus()

    def looks(self, element: Locator, *, focused: bool = True) -> bytes:
        """Return a picture of an element and what is around it, as it is or without the focus."""
        if not focused:
            element.blur()
        self.page.wait_for_timeout(250)  # shades that fade in
        box = element.bounding_box()
        assert box is not None
        left, top = max(0, box["x"] - _AROUND), max(0, box["y"] - _AROUND)
        width, height = box["width"] + 2 * _AROUND, box["height"] + 2 * _AROUND
        return self.page.screenshot(clip={"x": left, "y": top, "width": width, "height": height})

    def choose(self, label: str, option: str) -> None:
        box = self.page.get_by_role("combobox", name=label)
        self.to(box)
        self.type(option)
        wanted = self.page.get_by_role("option", name=option, exact=True)
        expect(wanted).to_be_visible()
        for _ in range(_STOPS):
            if box.get_attribute("aria-activedescendant") == wanted.get_attribute("id"):
                break
            self.press("ArrowDown")
        self.press("Enter")
        self.press("Tab")  # a list from which several are chosen stays open until then
        self.visitor.settle()

    def push(self, name: str) -> None:
        self.to(self.page.get_by_role("button", name=name, exact=True))
        self.press("Enter")


@pytest.fixture
def walker(visitor: Visitor) -> Walker:
    return Walker(visitor)


def test_a_question_is_chosen_asked_and_downloaded(walker: Walker) -> None:
    page = walker.page
    walker.visitor.open("ask")
    walker.choose("Question", "Projects for a target group, including narrower groups")
    walker.choose("Target group", "Women")
    walker.push("Ask")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    walker.visitor.settle()
    walker.to(page.get_by_role("button", name="Download CSV"))
    with page.expect_download() as waiting:
        walker.press("Enter")
    assert list(csv.DictReader(waiting.value.path().read_text(encoding="utf-8-sig").splitlines()))


def test_sparql_is_written_and_asked(walker: Walker) -> None:
    page = walker.page
    walker.visitor.open("ask?lang=en")
    walker.to(page.get_by_role("radio", name="Question library"))
    walker.press("ArrowRight")
    walker.press("Space")
    walker.visitor.settle()
    walker.to(page.get_by_role("textbox", name="SPARQL query"))
    walker.press("Control+a")
    walker.type("SELECT ?p WHERE { ?p a ig:Project }")
    walker.press("Control+Enter")
    expect(page.get_by_text("Rows: 34 · answered by")).to_be_visible()
    walker.visitor.settle()
    walker.to(page.get_by_role("textbox", name="SPARQL query"))
    walker.press("Control+a")
    walker.type("ASK { ?p a ig:Donor }")
    walker.to(page.get_by_role("button", name="Ask (Ctrl+Enter)"))
    walker.press("Enter")
    expect(page.get_by_text("Rows: 34 · answered by")).to_have_count(0)


@pytest.fixture
def steward(browser: Browser, server: Server, tmp_path: Path) -> Iterator[Walker]:
    """A steward with a draft, at a copy of the server's home."""
    home = tmp_path / "home"
    shutil.copytree(server.release.path.parents[1], home, symlinks=True, ignore=shutil.ignore_patterns("server.log"))
    create_draft([("projects.csv", PROJECTS.encode())], JANA, Settings(home=home, data=ROOT / "data"))
    with serving(home, {"INTGRAPH_TIME_LIMIT": str(TIME_LIMIT), "INTGRAPH_ACTOR": JANA.name}) as address:
        context = browser.new_context(viewport={"width": 1360, "height": 1000}, locale="en-GB")
        someone = Visitor(context.new_page(), address)
        yield Walker(someone)
        context.close()
        assert someone.foreign == []
        assert someone.errors == []


def test_an_entry_is_repaired_handed_in_and_published(steward: Walker) -> None:
    page = steward.page
    steward.visitor.open("entries")
    steward.push("Go on")
    expect(page.locator('.tabulator-cell[aria-invalid="true"]', has_text="2023-13")).to_be_visible()
    steward.visitor.settle()
    steward.to(page.locator('.tabulator-cell[tabindex="0"]'))
    steward.press("F8")
    steward.press("Enter")
    steward.press("Control+a")
    steward.type("2023-10")
    steward.press("Enter")
    expect(page.get_by_text("All changes are kept")).to_be_visible()
    steward.visitor.settle()
    steward.to(page.get_by_role("button", name="Accept", exact=True))
    steward.press("Enter")
    expect(page.locator(".tabulator-cell", has_text="https://www.example.org/bridges")).to_be_visible()
    steward.visitor.settle()
    steward.push("Hand in for review")
    expect(page.get_by_text("Handed in.")).to_be_visible()
    steward.visitor.settle()

    steward.visitor.open("review")
    steward.to(page.get_by_role("tab", name="What it will change"))
    steward.press("ArrowRight")
    steward.press("ArrowRight")
    expect(page.get_by_role("tab", name="History")).to_have_attribute("aria-selected", "true")
    steward.visitor.open("review")
    steward.to(page.get_by_role("textbox", name="Comment or reason"))
    steward.type("Good.")
    steward.press("Enter")
    steward.visitor.settle()
    steward.push("Approve")
    expect(page.get_by_text("Approved.")).to_be_visible()
    steward.visitor.settle()
    steward.push("Publish")
    expect(page.get_by_text("Published: the graph has a new release with it.")).to_be_visible()
