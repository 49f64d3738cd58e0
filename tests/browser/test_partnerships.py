import csv
import json
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import networkx as nx
import pytest
from playwright.sync_api import expect

IOM, CONSORTIUM = "organisation/curated/iom", "organisation/curated/consortium"


def metric(visitor, label: str) -> str:
    return (
        visitor.page.get_by_test_id("stMetric")
        .filter(has_text=label)
        .first.locator('[data-testid="stMetricValue"]')
        .inner_text()
    )


def map_of(visitor):
    return visitor.page.get_by_role("application", name="Map of").locator("canvas").last


def asked(visitor) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visitor.page.url).query)


def test_a_filter_stands_in_the_address_and_narrows_figures_and_files(visitor) -> None:
    visitor.open("partnerships")
    everyone = int(metric(visitor, "Organisations"))
    expect(map_of(visitor)).to_be_visible()
    visitor.choose("Country", "France")
    assert asked(visitor)["country"] == ["FRA"]
    fewer = int(metric(visitor, "Organisations"))
    assert 0 < fewer < everyone
    visitor.open("partnerships?country=FRA&part=share")
    assert int(metric(visitor, "Organisations")) == fewer
    expect(visitor.page.get_by_text("partnerships?country=FRA").first).to_be_visible()
    found = nx.read_graphml(BytesIO(visitor.download("Download GraphML").read_bytes()))
    assert len(found) == fewer
    assert visitor.download("Download PNG").read_bytes().startswith(b"\x89PNG")
    rows = list(csv.DictReader(visitor.download("Download nodes as CSV").read_text("utf-8-sig").splitlines()))
    assert {row["iri"] for row in rows} == set(found)


def test_a_click_on_the_map_reaches_the_tables_and_the_address(visitor) -> None:
    visitor.open("partnerships")
    found = visitor.page.get_by_role("combobox", name="Find on the map")
    found.fill("Consortium")
    visitor.page.get_by_role("option", name="Consortium").first.click()
    expect(visitor.page.locator(".st-key-card").get_by_role("link", name="Consortium")).to_be_visible()
    assert asked(visitor)["chosen"] == [CONSORTIUM]
    rows = list(csv.DictReader(visitor.download("Download CSV").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 7
    assert all("Consortium" in (row["organisation"], row["partner"]) for row in rows)
    status = visitor.page.locator(".map .status")
    expect(status).to_contain_text("tied to 7")
    # The map was not drawn anew for its own choice, and yet hears when the page clears it.
    visitor.page.get_by_role("button", name="Clear the choice").last.click()
    expect(visitor.page.locator(".st-key-card")).to_have_count(0)
    expect(status).to_be_empty()


def test_a_tie_opens_the_projects_behind_it(visitor) -> None:
    visitor.open(f"partnerships?chosen={IOM}&chosen={CONSORTIUM}")
    behind = visitor.page.locator(".st-key-evidence")
    expect(behind.get_by_role("link", name="Refugees from Ukraine and Czech municipalities in 2023")).to_be_visible()
    expect(behind.get_by_text("Our work: projects of the Consortium")).to_be_visible()
    visitor.page.get_by_role("button", name="Clear the choice").last.click()
    visitor.settle()
    assert "chosen" not in asked(visitor)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (f"question=partners&about={IOM}", "Select a row to open"),
        (f"question=suggestions&about={IOM}&for-theme=legal-counselling", "over whom and by which projects"),
        ("question=bridges&first-seat=CZE&second-seat=AUT", "Ties straight between them: 1"),
        (f"question=chain&from=organisation/curated/latvian-red-cross&to={CONSORTIUM}", "Steps: 2"),
        (f"question=removal&about={CONSORTIUM}", "falls into 4"),
        ("question=leads&for-theme=legal-counselling&for-country=CZE", "does not say that it leads"),
        ("question=home", "no source states the seat"),
        ("question=recurring", "Shared projects at least"),
        ("question=change&before=2023&after=2025", "Ties ended: 6"),
    ],
)
def test_every_question_opens_from_its_address(visitor, query: str, told: str) -> None:
    visitor.open(f"partnerships?part=questions&{query}")
    expect(visitor.page.get_by_text(told).first).to_be_visible()


def test_years_are_played(visitor) -> None:
    visitor.open("partnerships?part=time&year=2023")
    expect(visitor.page.get_by_text("2023: 6 organisations, 8 ties.")).to_be_visible()
    visitor.page.get_by_role("button", name="Play").click()
    expect(visitor.page.get_by_text("2026: 4 organisations, 4 ties.")).to_be_visible()
    expect(visitor.page.get_by_role("button", name="Play")).to_be_visible()
    assert asked(visitor)["year"] == ["2026"]


def test_a_country_that_is_clicked_narrows_the_page(visitor) -> None:
    visitor.open("partnerships?part=countries&countries-as=matrix")
    chart = visitor.page.get_by_test_id("stVegaLiteChart").first
    expect(chart.locator("canvas, svg").first).to_be_visible()
    box = chart.bounding_box()
    # The first cell below the diagonal is of the two countries with most work.
    for down in range(120, 260, 10):
        visitor.page.mouse.click(box["x"] + 150, box["y"] + down)
        visitor.page.wait_for_timeout(500)
        if visitor.page.get_by_role("button", name="Narrow the page to").count():
            break
    visitor.page.get_by_role("button", name="Narrow the page to").click()
    visitor.settle()
    assert len(asked(visitor)["country"]) == 1


def test_the_map_of_countries_is_drawn_without_anything_from_elsewhere(visitor) -> None:
    visitor.open("partnerships?part=countries&country=FRA")
    expect(visitor.page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    expect(visitor.page.get_by_text("Borders: Natural Earth")).to_be_visible()


def test_a_saved_view_opens_again(visitor, tmp_path) -> None:
    visitor.open("partnerships?part=share&country=FRA&colour=degree")
    visitor.page.get_by_role("textbox", name="Title").fill("France <b>today</b>")
    visitor.page.get_by_role("textbox", name="Note").fill("Ask [them](http://elsewhere.example)")
    visitor.page.get_by_role("button", name="Make a file: view").click()
    visitor.settle()
    kept = tmp_path / "view.json"
    kept.write_bytes(visitor.download("Download view").read_bytes())
    assert json.loads(kept.read_text())["styling"] == {"colour": "degree"}
    visitor.open("partnerships?part=share")
    visitor.page.locator('input[type="file"]').set_input_files(kept)
    visitor.page.get_by_role("button", name="Open it").click()
    visitor.settle()
    expect(visitor.page.locator(".st-key-notes")).to_contain_text("France <b>today</b>")
    expect(visitor.page.locator(".st-key-notes").get_by_role("link")).to_have_count(0)
    assert asked(visitor)["country"] == ["FRA"]
    assert asked(visitor)["colour"] == ["degree"]
    expect(map_of(visitor)).to_be_visible()


def test_filters_that_leave_nothing_say_so(visitor) -> None:
    visitor.open("partnerships?country=FRA&target-group=vietnamese-community")
    expect(visitor.page.get_by_text("No partnership fits all these filters")).to_be_visible()


def test_a_filter_that_cannot_be_read_is_told(visitor) -> None:
    visitor.open("partnerships?minimum=many")
    expect(visitor.page.get_by_text("minimum is a number from 0 on")).to_be_visible()
