"""A project filled in by a form: existing and new partners, money as Czechs write it, a fault at its field, a draft."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, expect

from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.drafts import drafts_of, laid_out
from loaders.datasets import Dataset
from loaders.records import Record
from loaders.sources.template import read
from tests.browser.conftest import TIME_LIMIT, Server, Visitor, serving

JANA = "jana@example.org"
SCRIPT = "<img src=x onerror=window.__xss=1>"


@pytest.fixture
def home(server: Server, tmp_path: Path) -> Path:
    """A copy of the server's home, so that what is kept there is nobody else's."""
    home = tmp_path / "home"
    shutil.copytree(server.release.path.parents[1], home, symlinks=True, ignore=shutil.ignore_patterns("server.log"))
    return home


@pytest.fixture
def steward(browser: Browser, home: Path) -> Iterator[Visitor]:
    with serving(home, {"INTGRAPH_TIME_LIMIT": str(TIME_LIMIT), "INTGRAPH_ACTOR": JANA}) as address:
        context = browser.new_context(viewport={"width": 1360, "height": 1000}, locale="en-GB")
        someone = Visitor(context.new_page(), address)
        yield someone
        context.close()
        assert someone.foreign == []
        assert someone.errors == []


def press(steward: Visitor, name: str) -> None:
    steward.page.get_by_role("button", name=name).first.click()
    steward.settle()


def write(steward: Visitor, field: Locator, text: str) -> None:
    field.fill(text)
    field.press("Tab")
    steward.settle()


def pick(steward: Visitor, label: str, text: str, option: str) -> None:
    box = steward.page.get_by_role("combobox", name=label)
    box.click()
    box.press_sequentially(text)
    steward.page.get_by_role("option", name=option).first.click()
    steward.settle()


def field(steward: Visitor, label: str) -> Locator:
    return steward.page.get_by_role("textbox", name=label, exact=True)


def test_a_project_with_partners_and_a_grant_becomes_a_draft(steward: Visitor, home: Path) -> None:
    steward.open("entries")
    field(steward, "Title of the project").fill(f"Bridges {SCRIPT}")
    press(steward, "Begin")

    write(steward, field(steward, "Start"), "31.2.2024")
    assert "There is no such date" in steward.text()
    write(steward, field(steward, "Start"), "2024-02")
    assert "There is no such date" not in steward.text()

    press(steward, "Add: Participation")
    pick(steward, "Organisation", "iom pra", "IOM Prague")
    pick(steward, "Role", "coord", "Coordinator")
    press(steward, "Add: Participation")
    box = steward.page.get_by_role("combobox", name="Organisation").last
    box.click()
    box.press_sequentially("Bridge Club")
    box.press("Enter")
    steward.settle()
    press(steward, "Add “Bridge Club” as new")
    steward.page.get_by_role("combobox", name="Role").last.click()
    steward.page.get_by_role("option", name="Partner", exact=True).click()
    steward.settle()

    press(steward, "Add: Grant")
    write(steward, field(steward, "Amount: value"), "1 250 000,50")
    expect(steward.page.get_by_text("Written 1 250 000,50, read as 1250000.50.")).to_be_visible()
    pick(steward, "Amount: currency", "CZK", "CZK")
    press(steward, "Show what is missing")
    assert "kind" in steward.text()
    pick(steward, "Amount: kind", "awarded", "Amount awarded")
    expect(steward.page.get_by_text("Nothing stands in the way of handing this in.").first).to_be_visible()
    assert steward.page.evaluate("window.__xss") is None

    # Another window, as after a closed browser, finds everything again.
    address = steward.page.url
    press(steward, "Leave the form")
    steward.page.context.clear_cookies()
    steward.open("entries")
    press(steward, "Go on")
    assert steward.page.url.partition("form=")[2] == address.partition("form=")[2]
    expect(field(steward, "Start").first).to_have_value("2024-02")
    expect(field(steward, "Amount: value")).to_have_value("1250000.50")

    press(steward, "Check and hand in")
    (draft,) = drafts_of(Actor(JANA, EVERY_ROLE), Settings(home=home, data=home))
    assert f"draft={draft.id}" in steward.page.url
    with laid_out(draft) as (whole, _):
        read_back = read(whole, Dataset("own", {"en": "Own"}, "template", "own"))
        records = [item for item in read_back if isinstance(item, Record)]
    told = {
        record.kind: {name: cells[0].text for name, cells in record.fields.items()}
        for record in records
        if record.kind in {"project", "organisation", "amount"}
    }
    assert told == {
        "project": {"title": f"Bridges {SCRIPT}", "start": "2024-02"},
        "organisation": {"name": "Bridge Club"},
        "amount": {
            "grant": "grant",
            "value": "1250000.50",
            "currency": "CZK",
            "amount_kind": "Amount awarded",
        },
    }
    partners = [record.fields["organisation"][0].text for record in records if record.kind == "participation"]
    assert partners == ["organisation/curated/iom-prague", "bridge-club"]


def test_the_form_speaks_czech(steward: Visitor) -> None:
    steward.open("entries?lang=cs")
    field(steward, "Název projektu").fill("Mosty")
    press(steward, "Začít")
    expect(field(steward, "Název (cs) *")).to_have_value("Mosty")
    write(steward, field(steward, "Začátek"), "brzy")
    assert "brzy" in steward.text()
    press(steward, "Přidat: Grant")
    expect(steward.page.get_by_role("combobox", name="Částka: měna")).to_be_visible()


def test_a_workbook_has_what_was_typed_last(steward: Visitor) -> None:
    steward.open("entries")
    field(steward, "Title of the project").fill("Bridges")
    press(steward, "Begin")
    field(steward, "Start").fill("2024-02")
    press(steward, "Make a file: workbook (XLSX)")
    book = load_workbook(BytesIO(steward.download("Download workbook (XLSX)").read_bytes()))
    assert "2024-02" in [str(cell.value) for sheet in book for row in sheet for cell in row]
