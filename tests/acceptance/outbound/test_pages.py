"""Pages of a graph whose every text is an attempt: the reader's browser calls nobody, whatever the reader opens.

The browser passes over the content security policy here, so that pages show what they do of themselves; that the
policy would hold besides is shown once.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from graph_app.journal.intake import take_in_all
from graph_app.network.colouring import by_group
from graph_app.network.drawing import draw_around
from graph_app.releases.build import build
from graph_app.settings import Settings
from tests.acceptance.outbound.attempts import Lure, attempts, word_of
from tests.acceptance.outbound.lured import write_lured_data
from tests.acceptance.outbound.serving import Server, serving
from tests.browser.conftest import Visitor
from tests.chromium import CHROMIUM
from tests.graph_app.network.questions.made import made

ATTEMPTS = attempts("page")
BASE = Settings().base
#: Time for what a page starts late: prefetches, late images, scripts that wait.
_LINGER_MS = 400
_PATIENCE_MS = 60_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.usefixtures("untouched"),
]


def page_of(kind: str, key: str, page: str = "") -> str:
    return f"{page or kind}?{urlencode({'iri': f'{BASE}{kind}/lures/{key}'})}"


def asked(query: str) -> str:
    return f"ask?q={quote(query, safe='')}"


#: Pages that between them draw every kind of element with texts of the data.
PAGES = (
    "?search=x",
    page_of("organisation", "all"),
    page_of("project", "lure-0") + "&lang=cs",
    page_of("discrepancy", "lure", "entity"),
    page_of("dataset", "lures", "entity"),
    "country?" + urlencode({"iri": "http://publications.europa.eu/resource/authority/country/CZE"}),
    "quality",
    asked("SELECT ?o ?oLabel ?site { ?o skos:prefLabel|dct:title ?oLabel OPTIONAL { ?o foaf:homepage ?site } }"),
    asked("CONSTRUCT { ?s dct:description ?o } WHERE { ?s dct:description ?o }"),
)


@pytest.fixture(scope="module")
def server(lure: Lure, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("lured")
    data, home = folder / "data", folder / "home"
    data.mkdir()
    write_lured_data(data, lure)
    settings = Settings(home=home, data=data)
    (intake,) = take_in_all(settings)
    assert intake.event is not None, intake.findings
    build(settings)
    with serving({"INTGRAPH_HOME": str(home), "INTGRAPH_DATA": str(data)}, folder) as server:
        yield server


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1360, "height": 3000}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def visitor(context: BrowserContext, server: Server) -> Iterator[Visitor]:
    someone = Visitor(context.new_page(), server.address)
    yield someone
    someone.page.wait_for_timeout(_LINGER_MS)
    someone.page.close()
    assert someone.foreign == []


def hover_over_all(page: Page) -> None:
    """Rest on links and marks, where browsers and tooltips begin to load."""
    for link in page.locator('[data-testid="stMain"] a, [data-testid="stTooltipIcon"]').all()[:12]:
        if link.is_visible():
            link.hover(force=True)


@pytest.mark.parametrize("address", PAGES, ids=lambda address: re.sub(r"\W+", "-", address)[:50])
def test_a_page_calls_nobody(visitor: Visitor, address: str) -> None:
    visitor.open(address)
    hover_over_all(visitor.page)


def test_a_page_with_every_text_calls_nobody(visitor: Visitor) -> None:
    visitor.open("organisation")
    hover_over_all(visitor.page)
    shown = visitor.text().replace("\u2060", "")
    for attempt in ATTEMPTS:
        if "{web}" in attempt.get("text", ""):
            assert f"/{word_of(attempt['name'])}" in shown, attempt["name"]


def test_the_list_of_releases_calls_nobody(visitor: Visitor) -> None:
    visitor.page.goto(visitor.address + "data/")
    expect(visitor.page.get_by_role("heading", name="Integration Graph: releases")).to_be_visible()


def test_a_map_and_its_tooltips_call_nobody(visitor: Visitor) -> None:
    visitor.open("partnerships")
    canvas = visitor.page.get_by_role("application", name="Map of")
    expect(canvas).to_be_visible(timeout=_PATIENCE_MS)
    box = canvas.bounding_box()
    assert box is not None
    for across in range(10):
        for down in range(6):
            visitor.page.mouse.move(
                box["x"] + box["width"] * (across + 0.5) / 10, box["y"] + box["height"] * (down + 0.5) / 6
            )
            visitor.page.wait_for_timeout(40)
    visitor.page.get_by_role("tab", name="Organisations and measures").click()
    visitor.settle()


def test_a_drawing_opened_as_a_file_calls_nobody(context: BrowserContext, lure: Lure, tmp_path: Path) -> None:
    texts = [lure.fill(attempt["text"], attempt["name"]) for attempt in ATTEMPTS if "text" in attempt]
    names = [f"urn:lure:{number:03}" for number in range(len(texts))]
    network = replace(
        made(**{f"urn:lure:p{number}": [names[0], name] for number, name in enumerate(names) if number}),
        attributes=dict.fromkeys(("label", "type", "seat"), texts),
    )
    colour = by_group("Type", texts, others="Others", not_stated="Not stated")
    titles = {f"urn:lure:p{number}": text for number, text in enumerate(texts)}
    drawing = tmp_path / "drawing.html"
    drawing.write_text(draw_around(network, colour, titles), encoding="utf-8")
    page = context.new_page()
    page.goto(drawing.as_uri())
    expect(page.locator("canvas")).to_be_visible()
    # Tooltips are made when the pointer rests on something; this asks for each of them.
    shown = page.evaluate(
        """() => {
            for (const item of [...nodes.get(), ...edges.get()]) {
                const tip = document.createElement("div");
                if (item.title instanceof Element) tip.append(item.title); else tip.innerText = item.title;
                document.body.append(tip);
            }
            return [...nodes.get(), ...edges.get()].filter(item => item.title instanceof Element).length;
        }"""
    )
    assert shown == 0, "a tooltip is made of HTML"
    page.wait_for_timeout(_LINGER_MS)
    page.close()


def test_an_upload_calls_nobody_and_climbs_nowhere(visitor: Visitor, lure: Lure) -> None:
    rows = ["Id,Name (en),Seat,Website"]
    for number, attempt in enumerate(attempt for attempt in ATTEMPTS if "text" in attempt):
        text = lure.fill(attempt["text"], attempt["name"]).replace('"', '""')
        rows.append(f'lure-{number},"{text}","{text}","{text}"')
    name = f"../../../../../../../../..{lure.traps.folder}/![x](//{lure.listener.host}).csv"
    content = ("\n".join(rows) + "\n").encode()
    visitor.open("entries")
    box = visitor.page.locator('[data-testid="stFileUploader"] input')
    box.set_input_files([{"name": name, "mimeType": "text/csv", "buffer": content}])
    expect(visitor.page.get_by_role("tab", name="All findings")).to_be_visible(timeout=_PATIENCE_MS)
    visitor.settle()
    for tab in visitor.page.get_by_role("tab").all():
        tab.click()
        visitor.settle()
    hover_over_all(visitor.page)


def test_a_page_that_is_made_to_call_is_heard(context: BrowserContext, server: Server, fresh_lure: Lure) -> None:
    page = context.new_page()
    page.goto(server.address)
    page.evaluate("address => { document.body.innerHTML = `<img src='${address}'>` }", fresh_lure.fill("{web}", "page"))
    page.wait_for_timeout(_LINGER_MS)
    page.close()
    assert fresh_lure.touched()[0] == ["GET /page HTTP/1.1"]


def test_the_policy_would_hold_a_page_back(browser: Browser, server: Server, fresh_lure: Lure) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.address)
    page.evaluate(
        """address => {
            document.body.innerHTML = `<img src='${address}'><iframe src='${address}'></iframe>
                <link rel='stylesheet' href='${address}'><video src='${address}'></video>`;
            return fetch(address).catch(() => null);
        }""",
        fresh_lure.fill("{web}", "policy"),
    )
    page.wait_for_timeout(_LINGER_MS)
    context.close()
    # Chromium may get a connection ready for a frame before it asks the policy; it sends nothing on it.
    assert not any("policy" in heard for heard in fresh_lure.touched()[0])
