"""Who is who, from a pair to a merged entity: decided by keys and at once, undone, built, and seen on its page."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, expect

from graph_app.journal.decisions import Judgement, Way
from graph_app.journal.intake import take_in_all
from graph_app.releases.build import build
from graph_app.settings import Settings
from graph_app.stewardship.deciding import decisions
from tests.browser.conftest import ROOT, TIME_LIMIT, Visitor, serving

BASE = "https://w3id.org/integration-graph/id/"
DATASET = """
- key: other
  title: {en: Another source, cs: Jiný zdroj}
  publisher: Somebody else
  licence: https://creativecommons.org/licenses/by/4.0/
  format: curated
  file: other.yaml
  namespace: other
"""
OTHER = """\
dataset: other
organisations:
  - {id: iom, locator: line 1, name: {en: International Organization for Migration}}
  - id: caritas
    locator: line 2
    name: {en: Caritas Czech Republic}
    identifiers: [{scheme: CZ-ICO, code: "70100969"}]
  - id: charita
    locator: line 3
    name: {cs: Charita Česká republika, en: Caritas Czech Republic}
    identifiers: [{scheme: CZ-ICO, code: "70100969"}]
projects:
  - id: bridges
    locator: line 4
    title: {en: Bridges <script>window.__xss=1</script>}
    participations:
      - {organisation: iom, role: coordinator}
      - {organisation: charita, role: partner}
"""
IOM, OTHER_IOM = "organisation/curated/iom", "organisation/other/iom"
CARITAS, CHARITA, LOCAL = "organisation/other/caritas", "organisation/other/charita", "organisation/curated/caritas"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with a release of two small sources that tell of the same organisations."""
    data, home = tmp_path_factory.mktemp("sources") / "data", tmp_path_factory.mktemp("who-is-who")
    shutil.copytree(ROOT / "data", data)
    with (data / "datasets.yaml").open("a", encoding="utf-8") as datasets:
        datasets.write(DATASET)
    (data / "other.yaml").write_text(OTHER, encoding="utf-8")
    found = Settings(home=home, data=data)
    take_in_all(found)
    build(found)
    return found


def somebody(browser: Browser, settings: Settings, **environment: str) -> Iterator[Visitor]:
    given = {"INTGRAPH_TIME_LIMIT": str(TIME_LIMIT), "INTGRAPH_ACTOR": "jana@example.org", **environment}
    with serving(settings.home, given) as address:
        context = browser.new_context(viewport={"width": 1360, "height": 1000}, locale="en-GB")
        someone = Visitor(context.new_page(), address)
        yield someone
        context.close()
        assert someone.foreign == []
        assert someone.errors == []


@pytest.fixture
def steward(browser: Browser, settings: Settings) -> Iterator[Visitor]:
    yield from somebody(browser, settings)


@pytest.fixture
def viewer(browser: Browser, settings: Settings, tmp_path: Path) -> Iterator[Visitor]:
    roles = tmp_path / "roles.yaml"
    roles.write_text("karel@example.org: [steward]\n", encoding="utf-8")
    yield from somebody(browser, settings, INTGRAPH_ROLES=str(roles))


def look_at(someone: Visitor, left: str, right: str) -> None:
    """Open the page on a pair, once the names of the release are compared."""
    someone.open(f"who-is-who?pair={left}&pair={right}")
    expect(someone.page.get_by_text("To decide:")).to_be_visible()
    someone.settle()


def press(someone: Visitor, key: str, said: str) -> None:
    someone.page.keyboard.press(key)
    expect(someone.page.get_by_text(said).first).to_be_visible()
    someone.settle()


def held(settings: Settings) -> set[tuple[str, str, Judgement, Way]]:
    return {
        (one.decision.left, one.decision.right, one.decision.judgement, one.decision.way) for one in decisions(settings)
    }


def test_whoever_may_not_decide_sees_pairs_and_no_buttons(viewer: Visitor) -> None:
    look_at(viewer, CARITAS, CHARITA)
    told = viewer.text()
    assert "Everybody may look; stewards and reviewers decide." in told
    assert "same identifier and same name" in told
    expect(viewer.page.get_by_role("button", name="Same")).to_have_count(0)


def decide_by_keys(steward: Visitor, settings: Settings) -> None:
    page = steward.page
    look_at(steward, IOM, OTHER_IOM)
    told = steward.text()
    assert "Probably the same · score 1.00" in told
    assert "Another source" in told
    assert "<script>window.__xss=1</script>" in told, "names are shown as they are"
    press(steward, "d", "Decisions that wait for a release: 1")
    press(steward, "z", "International Organization for Migration ↔ International Organization for Migration")
    assert held(settings) == set()
    page.get_by_placeholder("Comment, for those who look at this later").fill("Its own website says so. sdpu")
    page.keyboard.press("Tab")
    steward.settle()
    assert held(settings) == set(), "what is typed decides nothing"
    page.locator("h1").first.click()
    press(steward, "s", "Decisions that wait for a release: 1")
    assert held(settings) == {(IOM, OTHER_IOM, Judgement.SAME, Way.PERSON)}


def accept_by_rule(steward: Visitor) -> None:
    page = steward.page
    page.get_by_test_id("stMain").get_by_text("Accept many", exact=True).click()
    expect(page.get_by_text("2 become 1")).to_be_visible()
    assert "70100969" in steward.download("Download CSV").read_text(encoding="utf-8")
    page.get_by_role("button", name="Accept all 1 as the same").click()
    expect(page.get_by_text("Accepted, in one event")).to_be_visible()
    steward.settle()
    page.get_by_test_id("stMain").get_by_text("Decisions", exact=True).click()
    expect(page.get_by_text("by a rule · same identifier and same name")).to_be_visible()
    steward.settle()
    assert "Its own website says so." in steward.text()


def be_contradicted(steward: Visitor) -> None:
    page = steward.page
    look_at(steward, LOCAL, CARITAS)
    press(steward, "s", "Decisions that wait for a release: 3")
    look_at(steward, LOCAL, CHARITA)
    expect(page.get_by_text("What was decided on others says it:")).to_be_visible()
    press(steward, "d", "contradicts what is decided")
    page.get_by_role("button", name="Go to that decision").first.click()
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()
    steward.settle()


def undo_an_event(steward: Visitor, settings: Settings) -> None:
    page = steward.page
    page.get_by_test_id("stMain").get_by_text("Decisions", exact=True).click()
    steward.settle()
    page.get_by_text("All events").click()
    steward.settle()
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_label("Why? Those who read the journal want to know.").fill("Another one.")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Undo the whole event").click()
    expect(page.get_by_text("Undone: what was decided before holds again.")).to_be_visible()
    steward.settle()
    assert held(settings) == {
        (IOM, OTHER_IOM, Judgement.SAME, Way.PERSON),
        (CARITAS, CHARITA, Judgement.SAME, Way.RULE),
    }


def make_the_release(steward: Visitor) -> None:
    page = steward.page
    page.get_by_role("button", name="Make the release").click()
    expect(page.get_by_text("The release is made")).to_be_visible()
    steward.settle()
    told = steward.text()
    assert "Made of other mentions than before: 2" in told
    expect(page.get_by_text("Decisions that wait for a release")).to_have_count(0)


def see_the_entity(steward: Visitor) -> None:
    page = steward.page
    steward.open(f"organisation?iri={BASE}{OTHER_IOM}")
    expect(page.get_by_text(f"{OTHER_IOM} is a mention of this.")).to_be_visible()
    assert page.url.endswith("curated%2Fiom")
    told = steward.text()
    assert "Several sources tell of this" in told
    assert OTHER_IOM in told
    assert "Its own website says so." in told
    led = page.get_by_test_id("stMain").get_by_role("link", name="Who is who")
    assert parse_qs(urlsplit(led.get_attribute("href") or "").query)["about"] == [IOM]
    assert page.evaluate("window.__xss") is None

    with httpx.Client(base_url=steward.address) as client:
        for media in ("text/html", "text/turtle"):
            answer = client.get(f"id/{OTHER_IOM}", headers={"Accept": media})
            assert (answer.status_code, answer.headers["location"]) == (303, f"/id/{IOM}")


def test_a_steward_decides_undoes_builds_and_sees_one(steward: Visitor, settings: Settings) -> None:
    decide_by_keys(steward, settings)
    accept_by_rule(steward)
    be_contradicted(steward)
    undo_an_event(steward, settings)
    make_the_release(steward)
    see_the_entity(steward)
