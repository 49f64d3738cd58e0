"""Every page meets WCAG 2.1 A and AA as far as a program can tell, in light and dark, with what it shows when used."""

import shutil
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from graph_app.journal.decisions import Decision, Judgement
from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.deciding import decide
from graph_app.stewardship.drafts import create_draft
from graph_app.stewardship.form_drafts import begin_form
from graph_app.stewardship.submit import submit
from tests.browser.axe import SCRIPT, faults
from tests.browser.conftest import ROOT, TIME_LIMIT, Server, Visitor, serving

JANA = Actor("jana@example.org", EVERY_ROLE)
BASE = "https://w3id.org/integration-graph/id/"
#: Faults that block, advice with a repair, and organisations that the graph has already.
FAULTY = {
    "projects.csv": "Id,Title (en),Start,Countries,Website\na,A,2023-13,Czechia,www.example.org\nb,,2024,Atlantis,\n",
    "organisations.csv": "Id,Name (en),Seat\nx,IOM Prague,Czechia\ny,META,Czechia\n",
}
#: More folds than these show nothing new.
_FOLDS = 2

PAGES = (
    "", "search?q=migratoin", "organisation",
    "organisation?iri={base}organisation/curated/iom-prague", "project?iri={base}project/curated/access",
    "programme?iri={base}programme/curated/opz-plus",
    "country?iri=http://publications.europa.eu/resource/authority/country/CZE",
    "entity?iri={base}dataset/iom-prague-projects",
    "ask?question=projects-for-target-group&p.targetGroup=women&lang=cs", "ask?q=SELECT ?s WHERE { ?s ?p }",
    "partnerships?chosen=organisation/curated/iom&chosen=organisation/curated/consortium",
    "partnerships?part=questions&question=partners&about=organisation/curated/iom",
    "partnerships?part=time&time=beside", "partnerships?part=countries&countries-as=matrix",
    "funding", "funding?part=rule&lang=cs",
    "entries", "entries?draft={draft}", "entries?form={form}",
    "review", "who-is-who", "quality",
)  # fmt: skip
#: Pages like those above in other states.
STATES = (
    "donor?iri={base}organisation/curated/european-commission",
    "target-group?iri=https://w3id.org/integration-graph/target-group/women", "project?iri=https://example.org/nothing",
    "ask", "ask?q=CONSTRUCT WHERE { ?p dct:title ?title }", "partnerships", "partnerships?part=share",
    "funding?part=sums&by=country", "funding?part=donors", "who-is-who?part=decisions",
    "?search=prague", "?search=zzzqqq", "?lang=cs", "search", "search?q=zzzqqq&lang=cs", "project", "donor",
    "programme", "country", "target-group", "entity",
    "ask?q=ASK { ?p a ig:Donor }", "ask?q=SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "partnerships?country=FRA&target-group=vietnamese-community", "partnerships?minimum=many&lang=cs",
    "partnerships?chosen=organisation/curated/consortium&colour=betweenness&projection=organisation-project",
    "partnerships?part=questions&question=suggestions&about=organisation/curated/iom&for-theme=legal-counselling",
    "partnerships?part=questions&question=bridges&first-seat=CZE&second-seat=AUT",
    "partnerships?part=questions&question=chain&from=organisation/curated/iom&to=organisation/curated/consortium",
    "partnerships?part=questions&question=removal&about=organisation/curated/consortium",
    "partnerships?part=questions&question=leads&for-theme=legal-counselling&for-country=CZE",
    "partnerships?part=questions&question=home", "partnerships?part=questions&question=recurring",
    "partnerships?part=questions&question=change&before=2023&after=2025",
    "partnerships?part=time&year=2023", "partnerships?part=time&time=timeline&about=organisation/curated/iom",
    "partnerships?part=countries", "funding?part=groups", "entries?draft=nothing&lang=cs",
    "who-is-who?kind=project&lang=cs", "who-is-who?part=batch&accept=score&from=0.90",
    "who-is-who?pair=organisation/curated/iom-prague&pair=organisation/curated/iom",
)  # fmt: skip


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    return {"base": BASE}


@pytest.fixture(scope="module")
def steward(
    browser: Browser, server: Server, names: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visitor]:
    """Somebody with a draft, a form and a submission, at a copy of the server's home."""
    folder = tmp_path_factory.mktemp("accessible")
    home = folder / "home"
    shutil.copytree(server.release.path.parents[1], home, symlinks=True, ignore=shutil.ignore_patterns("server.log"))
    settings = Settings(home=home, data=ROOT / "data")
    files = [(name, text.encode()) for name, text in FAULTY.items()]
    names["draft"] = create_draft(files, JANA, settings).id
    names["form"] = begin_form("Bridges", "en", JANA, settings).id
    handed_in = folder / "projects.csv"
    handed_in.write_text("Id,Title (en),Start,Countries\nbridges,Bridges,2024-01,Czechia\n", encoding="utf-8")
    submit(handed_in, JANA, settings)
    decide([Decision("organisation/curated/iom-prague", "organisation/curated/iom", Judgement.PART)], JANA, settings)
    with serving(home, {"INTGRAPH_TIME_LIMIT": str(TIME_LIMIT), "INTGRAPH_ACTOR": JANA.name}) as address:
        context = browser.new_context(viewport={"width": 1360, "height": 1000}, locale="en-GB")
        context.add_init_script(path=SCRIPT)
        someone = Visitor(context.new_page(), address)
        yield someone
        context.close()
        assert someone.foreign == [], "no page asks a foreign host"


def address(path: str, names: Mapping[str, str]) -> str:
    page, _, query = path.partition("?")
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    return f"{page}?{urlencode([(key, value if key == 'q' else value.format(**names)) for key, _, value in pairs])}"


def in_both_themes(page: Page, state: str) -> list[str]:
    page.emulate_media(color_scheme="light")
    found = faults(page)
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")
    found += [f"dark {fault}" for fault in faults(page, colours_only=True)]
    page.emulate_media(color_scheme="light")
    return [f"{state}: {fault}" for fault in found]


@pytest.mark.parametrize("path", [*PAGES, *(pytest.param(path, marks=pytest.mark.soak) for path in STATES)])
def test_a_page_has_no_fault(steward: Visitor, names: Mapping[str, str], path: str) -> None:
    steward.open(address(path, names))
    page = steward.page
    for fold in page.locator("details:not([open]) > summary").all()[:_FOLDS]:
        if fold.is_visible():
            fold.click()
    steward.settle()
    found = in_both_themes(page, "at first")
    for tab in page.get_by_role("tab").all()[1:]:
        tab.click()
        steward.settle()
        found += in_both_themes(page, tab.inner_text())
    assert found == []


def test_plain_pages_have_none(steward: Visitor) -> None:
    steward.page.goto(steward.address + "data/")
    assert faults(steward.page) == []
    steward.page.emulate_media(color_scheme="dark")
    assert faults(steward.page, colours_only=True) == []
    steward.page.emulate_media(color_scheme="light")


def test_faults_would_be_found(steward: Visitor) -> None:
    steward.page.goto(steward.address + "data/")
    steward.page.evaluate("document.body.innerHTML = '<img src=x><p style=color:#bbb>faint</p>'")
    assert {fault.partition(":")[0] for fault in faults(steward.page)} == {"image-alt", "color-contrast"}


def test_a_page_says_its_title_and_language(steward: Visitor) -> None:
    html = steward.page.locator("html")
    steward.open("ask")
    expect(html).to_have_attribute("lang", "en")
    expect(steward.page).to_have_title("Ask · Integration Graph")
    steward.page.get_by_role("radio", name="cs").click()
    expect(html).to_have_attribute("lang", "cs")
    expect(steward.page).to_have_title("Dotazy · Graf integrace")
