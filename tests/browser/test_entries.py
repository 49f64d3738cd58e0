"""New entries: a messy file repaired in the grid by keyboard, over a closed browser and a server that was restarted."""

import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import TIME_LIMIT, Server, Visitor, serving

NAUGHTY = '<img src="//evil.example/x.png" onerror="window.__xss=1"> ![x](https://evil.example/y.png)'
SETTINGS = {"INTGRAPH_TIME_LIMIT": str(TIME_LIMIT), "INTGRAPH_ACTOR": "jana@example.org"}
#: As a spreadsheet program on Czech Windows saves it, with a wrong date, a wrong country and two faults of one kind.
MESSY = """\
Id;Title (en);Start;Countries;Website
bridges;Mosty přátelství;2023-13;Česko;www.example.org/mosty
second;Druhý projekt šíření;2024;Atlantis;http:/example.org/druhy
third;Třetí;2024-05;Czechia;
"""


@pytest.fixture
def template(visitor) -> Workbook:
    visitor.open("entries")
    return load_workbook(BytesIO(visitor.download("Download template in English").read_bytes()))


def fill(book: Workbook, sheet: str, **cells: str) -> None:
    page = book[sheet]
    columns = {str(cell.value).rstrip(" *"): cell.column for cell in page[1]}
    row = page.max_row + 1
    for heading, value in cells.items():
        page.cell(row, columns[heading.replace("_", " ")], value)


def upload(visitor, path: Path) -> None:
    expect(visitor.page.locator('[data-testid="stFileUploader"] input')).to_be_attached()
    visitor.page.locator('[data-testid="stFileUploader"] input').set_input_files(path)
    expect(visitor.page.get_by_role("tab", name="All findings")).to_be_visible()
    visitor.settle()


def project(**cells: str) -> dict[str, str]:
    return {"Id": "bridges", "Title (en)": "Bridges", "Start": "2024-01", "Countries": "Czechia"} | cells


def cell(page: Page, letter: str, text: str):
    return page.locator(f'.tabulator-cell[tabulator-field="{letter}"]', has_text=text)


def kept(page: Page) -> None:
    """Wait until the server has checked what was changed."""
    expect(page.locator(".grid")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_text("All changes are kept")).to_be_visible()


def test_faults_stand_at_their_cells_and_nothing_is_taken_in(visitor, template, server, tmp_path: Path) -> None:
    fill(template, "Projects", **project(End="2023-05", Countries="Atlantis"))
    fill(template, "Projects", **project(Id="second", Start="31.2.2024", **{"Title (en)": NAUGHTY}))
    path = tmp_path / "entries.xlsx"
    template.save(path)
    upload(visitor, path)
    page = visitor.page
    expect(page.get_by_text("This entry cannot be taken in yet")).to_be_visible()
    assert "“Atlantis” is not a known country" in visitor.text()
    expect(cell(page, "B", "evil.example")).to_contain_text(NAUGHTY)
    for text in ("Atlantis", "31.2.2024"):
        marked = page.locator('.tabulator-cell[aria-invalid="true"]', has_text=text)
        expect(marked).to_have_text(f"✖ {text}")
        assert marked.get_attribute("title")
    assert page.evaluate("window.__xss") is None
    with urlopen(server.address + "health") as answer:  # noqa: S310 - our own server
        assert json.load(answer)["release"] == server.release.version


def test_repairs_leave_the_steward_on_the_sheet_they_chose(visitor, template, tmp_path: Path) -> None:
    fill(template, "Projects", **project(End="2023-05"))
    for ident, country in (("one", "Atlantis"), ("two", "Utopia"), ("three", "Narnia")):
        fill(template, "Organisations", Id=ident, Seat=country, **{"Name (en)": f"Town of {ident}"})
    path = tmp_path / "entries.xlsx"
    template.save(path)
    upload(visitor, path)
    page = visitor.page
    page.locator('[data-testid="stRadio"] label', has_text="Organisations").click()
    expect(page.locator(".grid")).to_have_count(1)
    visitor.settle()
    for country in ("Atlantis", "Utopia", "Narnia"):
        cell(page, "G", country).dblclick()
        page.keyboard.press("Control+a")
        page.keyboard.type("Czechia")
        page.keyboard.press("Enter")
        expect(cell(page, "G", country)).to_have_count(0)
        kept(page)
        visitor.settle()
        expect(page.get_by_role("radio", name="Organisations")).to_be_checked()


def test_findings_are_told_in_czech_too(visitor, tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text("Id,Title (en),Countries\nx,Bridges,Atlantis\n", encoding="utf-8")
    visitor.open("entries?lang=cs")
    visitor.page.locator('[data-testid="stFileUploader"] input').set_input_files(path)
    expect(visitor.page.get_by_text("Tento záznam zatím nelze přijmout")).to_be_visible()
    visitor.settle()
    expect(visitor.page.get_by_role("button", name="Další nález →")).to_be_visible()
    visitor.page.get_by_role("tab", name="Všechny nálezy").click()
    expect(visitor.page.get_by_text("broken.csv, C2").first).to_be_visible()


def test_what_is_no_workbook_is_a_finding(visitor, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"no workbook at all")
    visitor.open("entries")
    upload(visitor, path)
    expect(visitor.page.get_by_text("About a whole sheet or file")).to_be_visible()
    expect(visitor.page.get_by_text("broken.xlsx").first).to_be_visible()
    expect(visitor.page.get_by_text("This entry cannot be taken in yet")).to_be_visible()


@pytest.fixture
def home(server: Server, tmp_path: Path) -> Path:
    """A copy of the server's home, so that what is handed in is nobody else's."""
    folder = tmp_path / "home"
    shutil.copytree(server.release.path.parents[1], folder, symlinks=True, ignore=shutil.ignore_patterns("server.log"))
    return folder


def window(browser: Browser, address: str) -> Iterator[Visitor]:
    """Open a window, and close it again."""
    context = browser.new_context(viewport={"width": 1360, "height": 1000}, locale="en-GB")
    someone = Visitor(context.new_page(), address)
    yield someone
    context.close()
    assert someone.foreign == []
    assert someone.errors == []


def begin(steward: Visitor, path: Path) -> None:
    """Upload the file, confirm its encoding, edit a cell and accept a repair, all of it by keyboard."""
    page = steward.page
    steward.open("entries")
    upload(steward, path)
    expect(page.get_by_text("Druhý").first).to_be_visible()
    page.get_by_role("button", name="These words are right").click()
    expect(page.get_by_text("Which words are right?")).to_have_count(0)
    steward.settle()
    expect(cell(page, "C", "2023-13")).to_have_attribute("aria-invalid", "true")
    page.locator('.tabulator-cell[tabindex="0"]').focus()
    page.keyboard.press("F8")
    expect(page.locator(".detail")).to_contain_text("There is no such date as “2023-13”")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("2023-10")
    page.keyboard.press("Enter")
    kept(page)
    expect(cell(page, "C", "2023-10")).not_to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Shift+F8")
    expect(page.locator(".detail")).to_contain_text("www.example.org/mosty")
    page.keyboard.press("Control+.")
    expect(cell(page, "E", "https://www.example.org/mosty")).not_to_have_attribute("aria-invalid", "true")
    kept(page)


def finish(steward: Visitor) -> str:
    """Go on with the draft, repair the rest, look at what will change, and hand in; returns what Review tells."""
    page = steward.page
    steward.open("entries")
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(cell(page, "C", "2023-10")).to_be_visible()
    steward.settle()
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(cell(page, "E", "http://example.org/druhy")).to_be_visible()
    cell(page, "D", "Atlantis").dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("Slovakia")
    page.keyboard.press("Tab")
    expect(page.get_by_text("This entry is ready for review.")).to_be_visible()
    steward.settle()
    page.get_by_role("tab", name="What it will change").click()
    page.get_by_text("Compare with the graph").click()
    expect(page.get_by_text("New: Project Mosty přátelství")).to_be_visible()
    page.get_by_role("button", name="Hand in for review").click()
    expect(page.get_by_text("Handed in.")).to_be_visible()
    steward.open("review")
    page.get_by_role("tab", name="History").click()
    return steward.text()


def test_a_messy_file_is_repaired_in_the_grid_over_a_closed_browser_and_a_restarted_server(
    browser: Browser, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "projects.csv"
    path.write_bytes(MESSY.replace("\n", "\r\n").encode("cp1250"))
    with serving(home, SETTINGS) as address:
        for steward in window(browser, address):
            begin(steward, path)
    with serving(home, SETTINGS) as address:
        for steward in window(browser, address):
            told = finish(steward)
            assert "Edited by jana@example.org before it was handed in, cells: 4" in told
            assert "projects.csv as it was received is kept" in told
    originals = [
        file for file in (home / "inbox").iterdir() if file.is_file() and file.read_bytes() == path.read_bytes()
    ]
    assert len(originals) == 1
