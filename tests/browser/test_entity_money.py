"""Pages of entities on invented sources that state sums and identifiers: what their readers rely on."""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, expect
from rdflib import Graph

from graph_app.journal.intake import take_in_all
from graph_app.releases.build import build
from graph_app.settings import Settings
from loaders.vocabulary import BASE, COUNTRY
from tests.browser.axe import SCRIPT, faults
from tests.browser.conftest import ROOT, Visitor, serving
from tests.head import Head

MADE = ROOT / "tests" / "graph_app" / "money" / "made"
NUMBERS = """dataset: numbers
organisations:
  - id: treasury
    locator: entry 1
    name: {en: Treasury}
    identifiers:
      - {scheme: CZ-ICO, code: "28179609"}
      - {scheme: operation-local-identifier, code: "=77"}
"""
DATASET = """- key: numbers
  title: {en: Numbers of registers, cs: Čísla z rejstříků}
  publisher: invented
  language: en
  licence: not stated
  format: curated
  namespace: made
  file: numbers.yaml
"""
WOMEN = "https://w3id.org/integration-graph/target-group/women"
TREASURY = BASE + "organisation/made/treasury"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("ledger")
    data = folder / "data"
    shutil.copytree(MADE, data)
    (data / "numbers.yaml").write_text(NUMBERS, encoding="utf-8")
    with (data / "datasets.yaml").open("a", encoding="utf-8") as datasets:
        datasets.write(DATASET)
    settings = Settings(home=folder / "home", data=data)
    take_in_all(settings)
    build(settings)
    with serving(settings.home, {"INTGRAPH_DATA": str(data)}) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, ledger: str) -> Iterator[Visitor]:
    context = browser.new_context(viewport={"width": 1360, "height": 1000}, locale="en-GB")
    context.add_init_script(path=SCRIPT)
    someone = Visitor(context.new_page(), ledger)
    yield someone
    context.close()
    assert someone.foreign == []
    assert someone.errors == []


def unfold(reader: Visitor, name: str) -> None:
    reader.page.locator("summary").filter(has_text=name).click()
    reader.settle()


def figure(reader: Visitor, label: str) -> str:
    shown = reader.page.get_by_test_id("stMetric").filter(has_text=label).first
    expect(shown).to_be_visible()
    return shown.get_by_test_id("stMetricValue").inner_text()


def test_a_fold_counts_money_when_it_is_opened_first(reader: Visitor) -> None:
    reader.open(f"project?iri={quote(BASE + 'project/made/currencies', safe='')}")
    expect(reader.page.get_by_test_id("stMetric")).to_have_count(0)
    unfold(reader, "Money, counted once")
    assert figure(reader, "Euros") != "–"
    assert "USD 260.00 (2)" in reader.text()
    # From then on, no page makes its reader ask.
    reader.open(f"donor?iri={quote(TREASURY, safe='')}")
    assert figure(reader, "Euros given") != "–"


@pytest.mark.parametrize(
    ("page", "iri", "label", "name", "value"),
    [
        ("donor", TREASURY, "Euros given", "donor", "made/treasury"),
        ("project", BASE + "project/made/currencies", "Euros", "project", "made/currencies"),
        ("country", COUNTRY + "CZE", "Euros for this country", "country", "CZE"),
        ("programme", BASE + "programme/made/fund", "Euros", "programme", "made/fund"),
        (
            "target-group",
            "https://w3id.org/integration-graph/target-group/women",
            "Euros of projects for this group",
            "target-group",
            "women",
        ),
    ],
)
def test_money_is_that_of_the_page_funding(
    reader: Visitor, page: str, iri: str, label: str, name: str, value: str
) -> None:
    reader.open(f"{page}?iri={quote(iri, safe='')}")
    if reader.page.get_by_test_id("stMetric").count() == 0:
        unfold(reader, "Money, counted once")
    told = figure(reader, label)
    assert float(told.replace(",", "")) > 0
    reader.link("Open in Funding")
    reader.titled("Funding")
    assert parse_qs(urlsplit(reader.page.url).query)[name][0].endswith(value)
    assert figure(reader, "Total in euros") == told


def test_a_projects_money_is_left_for_all_money(reader: Visitor) -> None:
    reader.open("funding?project=" + quote("project/made/currencies", safe=""))
    one = figure(reader, "Total in euros")
    reader.page.get_by_role("button", name="All projects").click()
    reader.settle()
    assert figure(reader, "Total in euros") != one
    assert "project=" not in reader.page.url


def test_language_and_entity_stay_over_links(reader: Visitor) -> None:
    reader.open("programme?lang=cs")
    reader.link("Fund")
    reader.titled("Fund")
    reader.link("Money to grant on")
    reader.titled("Money to grant on")
    asked = parse_qs(urlsplit(reader.page.url).query)
    assert asked == {"iri": [BASE + "project/made/chain"], "lang": ["cs"]}
    assert "Údaje" in reader.text()
    reader.page.get_by_role("radio", name="en").click()
    expect(reader.page.get_by_text("Facts", exact=True)).to_be_visible()
    reader.settle()
    assert "lang" not in parse_qs(urlsplit(reader.page.url).query)


def test_a_code_leads_to_its_register_and_others_stay_text(reader: Visitor) -> None:
    reader.open(f"organisation?iri={quote(TREASURY, safe='')}")
    code = reader.page.get_by_role("link", name="28179609", exact=True)
    expect(code).to_have_attribute("href", "https://ares.gov.cz/ekonomicke-subjekty/res/28179609")
    expect(code).to_have_attribute("rel", "noopener noreferrer")
    expect(code).to_have_attribute("target", "_blank")
    expect(reader.page.get_by_text("=77", exact=True)).to_be_visible()


def test_its_registers_stand_in_the_data_of_the_page(ledger: str) -> None:
    (data,) = Head(httpx.get(ledger + "organisation", params={"iri": TREASURY}).text).data
    register = "https://ares.gov.cz/ekonomicke-subjekty/res/28179609"
    assert data["sameAs"] == [register]
    assert data["identifier"] == [
        {"@type": "PropertyValue", "propertyID": "CZ-ICO", "value": "28179609", "url": register},
        {"@type": "PropertyValue", "propertyID": "operation-local-identifier", "value": "=77"},
    ]


def test_an_entity_is_cited_and_taken_away(reader: Visitor) -> None:
    reader.open(f"organisation?iri={quote(TREASURY, safe='')}")
    unfold(reader, "Cite, download")
    told = reader.text()
    assert f"Integration Graph. Treasury <{TREASURY}>" in told
    assert f"/organisation?iri={quote(TREASURY, safe='')}" in told
    assert json.loads(reader.download("Download CSL-JSON").read_text("utf-8"))[0]["title"].startswith("Treasury")
    turtle = Graph().parse(data=reader.download("Download Turtle").read_text("utf-8"), format="turtle")
    lines = reader.download("Download N-Triples").read_text("utf-8")
    assert set(Graph().parse(data=lines, format="nt")) == set(turtle)
    assert f"{len(turtle)} statements" in told
    assert json.loads(reader.download("Download JSON-LD").read_text("utf-8"))
    rows = read_csv(reader.download("Download Identifiers (CSV)"))
    assert {row["code"] for row in rows} == {"28179609", "'=77"}, "no spreadsheet runs a code"
    paid = read_csv(reader.download("Download Projects paid for (CSV)"))
    assert BASE + "project/made/currencies" in {row["project_iri"] for row in paid}


def test_open_folds_have_no_fault(reader: Visitor) -> None:
    reader.open(f"organisation?iri={quote(TREASURY, safe='')}&lang=cs")
    unfold(reader, "Citovat, stáhnout")
    assert faults(reader.page) == []
    reader.page.emulate_media(color_scheme="dark")
    expect(reader.page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")
    assert faults(reader.page, colours_only=True) == []


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
