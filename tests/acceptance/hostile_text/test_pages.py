"""Every page of a graph of hostile texts shows them as they are, and runs none.

The browser passes over the content security policy here, so that pages show what they do of themselves.
"""

import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Locator, expect

from graph_app.questions.catalogue import questions
from tests.acceptance.hostile_text.conftest import JANA, NAME, Listener, Published, listening
from tests.acceptance.hostile_text.entry import GROUP
from tests.acceptance.hostile_text.texts import accepted, payloads

pytestmark = pytest.mark.browser


def shown(text: str) -> str:
    """Return a text as a browser gives it back from a page: runs of space are one, joiners of ours are left out."""
    return re.sub(r"[^\S\ufeff]+", " ", text.replace("\u2060", "")).strip()


PAGES = ("", "?search=onerror", "organisation", "partnerships", "quality", "entries", "data/")
#: Pages that show what those show, or the same elements.
MORE = ("?search=ran(5)&lang=cs", "project", "programme", "donor", "country", "target-group", "entity", "ask", "review")


@pytest.mark.parametrize("path", [*PAGES, *(pytest.param(path, marks=pytest.mark.soak) for path in MORE)])
def test_pages_run_nothing(listener: Listener, path: str) -> None:
    look(listener, path)


def look(listener: Listener, path: str) -> None:
    """Open a page, and each of its tabs."""
    if path == "data/":
        listener.page.goto(listener.address + path)
    else:
        listener.open(path)
        for tab in listener.page.get_by_role("tab").all():
            if tab.is_visible():
                tab.click()
                listener.settle()
    listener.hears_nothing()


@pytest.mark.parametrize(
    "kind",
    ["organisation", *(pytest.param(kind, marks=pytest.mark.soak) for kind in ("programme", "country", "dataset"))],
)
def test_pages_of_entities_run_nothing(listener: Listener, published: Published, kind: str) -> None:
    country = "http://publications.europa.eu/resource/authority/country/CZE"
    paths = {
        "organisation": published.page("organisation", "o-4"),
        "programme": published.page("programme", "f-4"),
        "country": f"country?{urlencode({'iri': country})}",
        "dataset": f"entity?{urlencode({'iri': f'{published.base}dataset/{published.key}'})}",
    }
    look(listener, paths[kind])


def test_a_page_shows_texts_as_they_are(listener: Listener, published: Published) -> None:
    """The texts of projects in which many meet, in headings, cells of tables and paragraphs."""
    texts = accepted()
    for start in range(0, len(texts) if published.step == 1 else 2 * GROUP, GROUP):
        look(listener, published.page("project", f"all-{start // GROUP}"))
        told = shown(listener.page.locator("body").inner_text())
        assert [text for text in texts[start : start + GROUP] if shown(text) not in told] == []


@pytest.mark.soak
@pytest.mark.parametrize(("kind", "letter"), [("organisation", "o"), ("project", "p")])
def test_every_entity_shows_its_text(listener: Listener, published: Published, kind: str, letter: str) -> None:
    listener.open(published.page(kind, f"{letter}-{len(accepted()) - 1}"))
    for number, text in enumerate(accepted()):
        listener.go(published.page(kind, f"{letter}-{number}"))
        assert shown(text) in shown(listener.page.locator("h1").inner_text())
    listener.hears_nothing()


def test_the_map_runs_nothing(listener: Listener) -> None:
    """Names stand on the map's canvases, in what it tells of a node under the pointer, and in its search."""
    listener.open("partnerships")
    drawn = listener.page.locator(".map[data-drawn]")
    expect(drawn).to_be_visible()
    move_over(listener, drawn.locator(".stage"))
    drawn.get_by_role("combobox", name="Find on the map").fill("ran")
    expect(drawn.get_by_role("option").first).to_be_visible()
    listener.page.keyboard.press("Enter")
    expect(listener.page.locator(".st-key-card")).to_be_visible()
    listener.settle()
    listener.hears_nothing()


def test_the_drawn_neighbourhood_runs_nothing(listener: Listener, published: Published) -> None:
    """Titles of projects and names of partners stand in tooltips, which become HTML in the frame."""
    listener.open(published.page("organisation", "o-4"))
    canvas = listener.page.frame_locator("iframe").first.locator("canvas")
    expect(canvas).to_be_visible()
    move_over(listener, canvas)
    listener.hears_nothing()


def move_over(listener: Listener, drawing: Locator) -> None:
    """Move the pointer over all of a drawing."""
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box is not None
    for across in range(8):
        for down in range(5):
            listener.page.mouse.move(
                box["x"] + box["width"] * (across + 0.5) / 8, box["y"] + box["height"] * (down + 0.5) / 5
            )
            listener.page.wait_for_timeout(30)


#: Ready questions whose answers hold names and titles; the long form asks all of them.
SOME = ("organisations-by-role", "shared-identifiers")


@pytest.mark.parametrize(
    "name", [*SOME, *(pytest.param(one, marks=pytest.mark.soak) for one in sorted(set(questions()) - set(SOME)))]
)
def test_answers_of_the_library_run_nothing(listener: Listener, name: str) -> None:
    look(listener, f"ask?question={name}")


def test_an_answer_to_a_query_runs_nothing(listener: Listener) -> None:
    query = "SELECT ?o ?oLabel ?said { ?o skos:prefLabel ?oLabel ; dct:description ?said }"
    look(listener, f"ask?q={quote(query, safe='')}")


def test_review_runs_nothing_of_what_people_said(listener: Listener) -> None:
    listener.open("review")
    for number in range(3):
        listener.page.get_by_role("combobox", name="Submission").click()
        listener.page.get_by_role("option").nth(number).click()
        listener.settle()
        for tab in listener.page.get_by_role("tab").all():
            tab.click()
            listener.settle()
        told = shown(listener.text())
        assert [text for text in payloads() if shown(text) not in told] == [], "comments and reasons stand in History"
        assert shown(JANA.name) in told
    listener.hears_nothing()


def workbook(path: Path) -> None:
    """Write a workbook with faults at texts that are hostile, and sheets that are named so."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Projects")
    sheet.append(["Id", "Title (en)", "Start", "Countries", NAME, "Status"])
    for number, text in enumerate(payloads()):
        sheet.append([text, text, text, text, text, text])
        sheet.append([f"p-{number}", text, "2024", text, text, text])
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s"  # what begins with = is text here, and no formula
    book.create_sheet(NAME.replace("\u202e", "")).append([NAME])
    book.save(path)


def test_findings_run_nothing_and_show_what_was_written(listener: Listener, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.xlsx"
    workbook(path)
    listener.open("entries")
    listener.page.locator('[data-testid="stFileUploader"] input').set_input_files(path)
    expect(listener.page.get_by_role("tab", name="All findings")).to_be_visible()
    listener.settle()
    told = ""
    for tab in listener.page.get_by_role("tab").all():
        tab.click()
        listener.settle()
        told += shown(listener.text())
    assert [text for text in payloads() if shown(text) not in told] == []
    listener.hears_nothing()


def test_who_listens_would_hear(browser: Browser, published: Published) -> None:
    """Each of these runs where nothing holds it back, so that silence elsewhere means something."""
    ran: list[str] = []
    context = listening(browser, ran)
    page = context.new_page()
    page.goto(published.address)
    for text in payloads():
        page.evaluate(
            """text => {
                document.body.innerHTML = text;
                for (const old of document.querySelectorAll("script")) {
                    const script = document.createElement("script");
                    script.textContent = old.textContent;
                    old.replaceWith(script);
                }
            }""",
            text,
        )
        page.wait_for_timeout(50)
    context.close()
    assert len({said.split()[1] for said in ran}) >= 15
