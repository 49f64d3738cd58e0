"""From a filled-in file to a published entry and back, on pages alone, with a home of its own."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import TIME_LIMIT, Server, Visitor, serving

SCRIPT = "<script>window.__xss=1</script><img src=x onerror=window.__xss=1>"


@pytest.fixture
def steward(browser: Browser, server: Server, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody at a copy of the server's home, so that what they publish is nobody else's."""
    home = tmp_path / "home"
    shutil.copytree(server.release.path.parents[1], home, symlinks=True, ignore=shutil.ignore_patterns("server.log"))
    with serving(home, {"INTGRAPH_TIME_LIMIT": str(TIME_LIMIT), "INTGRAPH_ACTOR": "jana@example.org"}) as address:
        context = browser.new_context(viewport={"width": 1360, "height": 1000}, locale="en-GB")
        someone = Visitor(context.new_page(), address)
        yield someone
        context.close()
        assert someone.foreign == []
        assert someone.errors == []


def upload(steward: Visitor, path: Path) -> None:
    steward.open("entries")
    steward.page.locator('[data-testid="stFileUploader"] input').set_input_files(path)
    expect(steward.page.get_by_role("button", name="Hand in for review")).to_be_visible()
    steward.settle()


def press(steward: Visitor, name: str, said: str) -> None:
    steward.page.get_by_role("button", name=name, exact=True).click()
    expect(steward.page.get_by_text(said)).to_be_visible()
    steward.settle()


def version(steward: Visitor) -> str:
    with urlopen(steward.address + "health") as answer:  # noqa: S310 - our own server
        return str(json.load(answer)["release"])


def test_an_entry_goes_from_a_file_into_the_graph_and_out_again(steward: Visitor, tmp_path: Path) -> None:
    path = tmp_path / "projects.csv"
    path.write_text(f'Id,Title (en),Start,Countries\nbridges,"Bridges {SCRIPT}",2024-01,Czechia\n', encoding="utf-8")
    before = version(steward)
    upload(steward, path)
    press(steward, "Hand in for review", "Handed in.")
    assert version(steward) == before

    steward.open("review")
    told = steward.text()
    assert "jana@example.org" in told
    assert "Bridges" in told
    expect(steward.page.get_by_role("button", name="Reject", exact=True)).to_be_disabled()
    press(steward, "Approve", "Approved.")
    press(steward, "Publish", "Published: the graph has a new release with it.")
    assert version(steward) != before
    steward.page.get_by_role("tab", name="History").click()
    assert "Approved" in steward.text()

    steward.open("project")
    steward.choose("Find", "Bridges")
    assert "projects.csv, row 2" in steward.text()
    assert steward.page.evaluate("window.__xss") is None

    steward.open("review")
    steward.page.get_by_role("textbox", name="Comment or reason").fill("It was a trial.")
    steward.page.keyboard.press("Enter")
    steward.settle()
    press(steward, "Take it out of the graph again", "Undone: the graph has a new release without it.")
    assert version(steward) == before


def test_what_is_rejected_goes_back_with_its_reason(steward: Visitor, tmp_path: Path) -> None:
    path = tmp_path / "projects.csv"
    path.write_text("Id,Title (en),Start,Countries\nbridges,Bridges,2024-01,Czechia\n", encoding="utf-8")
    upload(steward, path)
    press(steward, "Hand in for review", "Handed in.")
    steward.open("review")
    steward.page.get_by_role("textbox", name="Comment or reason").fill("We know this project already.")
    steward.page.keyboard.press("Enter")
    steward.settle()
    press(steward, "Reject", "Rejected.")
    steward.page.get_by_role("tab", name="History").click()
    assert "We know this project already." in steward.text()
