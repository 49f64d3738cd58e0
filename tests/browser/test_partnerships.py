import csv
from io import BytesIO

import networkx as nx
from playwright.sync_api import expect


def metric(visitor, label: str) -> str:
    return (
        visitor.page.get_by_test_id("stMetric")
        .filter(has_text=label)
        .locator('[data-testid="stMetricValue"]')
        .inner_text()
    )


def test_a_filter_narrows_map_measures_and_downloads(visitor) -> None:
    visitor.open("partnerships")
    everyone = int(metric(visitor, "Organisations"))
    expect(visitor.page.frame_locator("iframe").first.locator("canvas")).to_be_visible()
    visitor.choose("Country", "France")
    assert "country=FRA" in visitor.page.url
    fewer = int(metric(visitor, "Organisations"))
    assert 0 < fewer < everyone
    found = nx.read_graphml(BytesIO(visitor.download("Download GraphML").read_bytes()))
    assert len(found) == fewer


def test_a_tie_opens_the_projects_behind_it(visitor) -> None:
    visitor.open("partnerships")
    rows = list(csv.DictReader(visitor.download("Download CSV").read_text(encoding="utf-8-sig").splitlines()))
    assert int(rows[0]["shared"]) > 1
    grid = visitor.page.get_by_test_id("stDataFrame").filter(has=visitor.page.get_by_text("Works with"))
    grid.last.locator(".dvn-scroller").click(position={"x": 15, "y": 52})
    visitor.settle()
    first = rows[0]["projects"].split(" | ")[0]
    expect(visitor.page.get_by_test_id("stMain").get_by_role("link", name=first)).to_be_visible()


def test_brokers_are_listed_with_their_measures(visitor) -> None:
    visitor.open("partnerships")
    visitor.page.get_by_role("tab", name="Brokers and measures").click()
    expect(visitor.page.get_by_text("Betweenness is the share of shortest ways")).to_be_visible()


def test_filters_that_leave_nothing_say_so(visitor) -> None:
    visitor.open("partnerships?country=FRA&target-group=vietnamese-community")
    expect(visitor.page.get_by_text("No partnership fits all these filters")).to_be_visible()
