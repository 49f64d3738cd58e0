import csv
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

BASE = "https://w3id.org/integration-graph/id/"


def frame(visitor):
    return visitor.page.frame_locator('[data-testid="stIFrame"], iframe').first


def test_an_organisation_shows_its_facts_sources_and_partners(visitor) -> None:
    visitor.open("organisation")
    visitor.link("IOM Prague")
    visitor.titled("IOM Prague")
    told = visitor.text()
    assert "iom-prague-projects.yaml, line" in told
    assert "iom-prague-pilot-2003.yaml, line" in told
    expect(frame(visitor).locator("canvas")).to_be_visible()
    visitor.link("ACCESS")
    visitor.titled("ACCESS")


def test_a_picker_finds_an_organisation_by_part_of_its_name(visitor) -> None:
    visitor.open("organisation")
    visitor.choose("Find", "META")
    visitor.titled("META")


def test_a_project_tells_who_paid_and_for_whom(visitor) -> None:
    visitor.open(f"project?iri={quote(BASE + 'project/curated/access', safe='')}")
    told = visitor.text()
    assert "2013-12" in told
    assert "European Commission" in told
    visitor.link("European Commission")
    assert "/donor?iri=" in visitor.page.url
    assert "Projects paid for" in visitor.text()


def test_what_is_related_leads_to_what_is_shared(visitor) -> None:
    visitor.open(f"project?iri={quote(BASE + 'project/curated/access', safe='')}")
    row = visitor.page.locator(".st-key-rows-related-projects").get_by_test_id("stHorizontalBlock").nth(1)
    expect(row).to_contain_text("iYouth")
    row.get_by_role("link", name="5", exact=True).click()
    visitor.titled("Ask")
    assert "What two projects have in common" in visitor.text()
    rows = list(csv.DictReader(visitor.download("Download CSV").read_text(encoding="utf-8-sig").splitlines()))
    told = [row["thingLabel"] for row in rows]
    assert told == ["IOM Prague", "Migrant youth", "Czechia", "Finland", "France"]


def test_cells_of_a_row_stay_together_on_a_narrow_screen(visitor) -> None:
    visitor.page.set_viewport_size({"width": 400, "height": 900})
    visitor.open(f"organisation?iri={quote(BASE + 'organisation/curated/iom-prague', safe='')}")
    row = visitor.page.locator(".st-key-rows-related-organisations").get_by_test_id("stHorizontalBlock").nth(1)
    name, number = row.get_by_test_id("stColumn").all()
    row.scroll_into_view_if_needed()
    left, right = name.bounding_box(), number.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < left["height"]
    main = visitor.page.get_by_test_id("stMain")
    assert main.evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_a_statement_leads_to_its_own_source(visitor) -> None:
    visitor.open(f"project?iri={quote(BASE + 'project/curated/access', safe='')}")
    visitor.page.get_by_test_id("stMain").get_by_role("link", name="source").first.click()
    visitor.settle()
    assert "/entity?iri=" in visitor.page.url
    assert "iom-prague-projects.yaml, line" in visitor.text()


def test_a_project_shows_the_cell_behind_each_fact(visitor) -> None:
    visitor.open(f"project?iri={quote(BASE + 'project/curated/access', safe='')}")
    cells = visitor.page.get_by_test_id("stExpander").filter(has_text="Cells behind the facts")
    cells.locator("summary").click()
    expect(cells.get_by_text("2013-12", exact=True)).to_be_visible()
    expect(cells.get_by_text("(start)").first).to_be_visible()


@pytest.mark.parametrize(
    ("page", "entity", "told"),
    [
        ("donor", "European Commission", "iYouth"),
        ("country", "Greece", "Path to Progress"),
        ("target-group", "Vietnamese community", "Vietnamese"),
    ],
)
def test_lists_lead_to_pages_with_projects(visitor, page: str, entity: str, told: str) -> None:
    visitor.open(page)
    visitor.link(entity)
    visitor.titled(entity)
    assert told in visitor.text()
    visitor.page.get_by_text("Show the SPARQL").click()
    expect(visitor.page.get_by_text("PREFIX ig:").first).to_be_visible()


def test_a_country_opens_its_partnerships(visitor) -> None:
    visitor.open("country")
    visitor.link("Hungary")
    visitor.link("Open in Partnerships")
    visitor.titled("Partnerships")
    assert "country=HUN" in visitor.page.url


@pytest.mark.parametrize("iri", ["https://example.org/nothing", "javascript:alert(1)", "not an iri <b>"])
def test_an_unknown_address_is_said_to_be_unknown(visitor, iri: str) -> None:
    visitor.open(f"project?iri={quote(iri, safe='')}")
    assert "The graph says nothing about this address" in visitor.text()


def test_a_project_tells_what_follows_it_and_how_entries_name_it(visitor) -> None:
    visitor.open(f"project?iri={quote(BASE + 'project/curated/pilot-project-2003', safe='')}")
    told = visitor.text()
    assert "Is continued by" in told
    assert "In new entries write:\n\nproject/curated/pilot-project-2003" in told
    visitor.link(
        "Internal Restrictions in the Participation at the Czech Labor Market of Chosen Ethnic Groups: "
        "Vietnamese and Ukrainians"
    )
    assert "Continues" in visitor.text()


def test_a_project_tells_how_many_people_of_each_group_it_expects(visitor) -> None:
    visitor.open(f"project?iri={quote(BASE + 'project/curated/path-to-progress', safe='')}")
    told = visitor.text().split("Expected numbers")[1]
    for group, count in (("Migrants", "250"), ("Refugees", "75"), ("Repatriates", "50")):
        assert f"{group}\n\n{count}" in told


def test_a_name_in_another_language_says_which(visitor) -> None:
    visitor.open(f"organisation?iri={quote(BASE + 'organisation/curated/iom-prague', safe='')}")
    assert "IOM Praha (cs)" in visitor.text()


def test_a_programme_lists_its_projects(visitor) -> None:
    visitor.open("programme")
    visitor.link("OPZ+")
    visitor.link("Healthy umbrella, strong network")
    visitor.titled("Healthy umbrella, strong network")


def test_projects_of_an_organisation_stand_in_time(visitor) -> None:
    visitor.open(f"organisation?iri={quote(BASE + 'organisation/curated/iom-prague', safe='')}")
    expect(visitor.page.get_by_test_id("stVegaLiteChart").locator("svg, canvas").first).to_be_visible()
    assert "Not drawn, as no start is stated: 2." in visitor.text()
    visitor.open(f"project?iri={quote(BASE + 'project/curated/access', safe='')}")
    expect(visitor.page.get_by_test_id("stVegaLiteChart")).to_have_count(0)


def test_an_organisation_leads_to_those_that_it_works_most_with(visitor) -> None:
    visitor.open(f"organisation?iri={quote(BASE + 'organisation/curated/iom-prague', safe='')}")
    assert "who only pays does not count" in visitor.text()
    visitor.link("Counselling Centre for Refugees")
    visitor.titled("Counselling Centre for Refugees")


def test_a_project_leads_to_those_most_alike(visitor) -> None:
    visitor.open(f"project?iri={quote(BASE + 'project/curated/access', safe='')}&lang=cs")
    told = visitor.text().split("Nejpodobnější projekty")[1]
    assert "každá organizace, která se účastní obou" in told
    visitor.link("iYouth")
    visitor.titled("iYouth")
