"""The page Funding on the five documents, which state who pays for what and no sum."""

import csv
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect


def test_flows_are_ties_where_no_sum_is_stated(visitor) -> None:
    visitor.open("funding")
    expect(visitor.page.get_by_text("No source states a sum that counts here")).to_be_visible()
    expect(visitor.page.get_by_text("34 of 34 projects state no amount that counts")).to_be_visible()
    expect(visitor.page.get_by_test_id("stEChartsChart").locator("canvas").first).to_be_visible()
    rows = list(csv.DictReader(visitor.download("Download CSV").read_text("utf-8-sig").splitlines()))
    assert any(row["flowFrom"] == "European Commission" for row in rows)
    book = load_workbook(BytesIO(visitor.download("Download XLSX").read_bytes()))
    assert len(list(book.worksheets[0].iter_rows())) == len(rows) + 1


def test_a_filter_stands_in_the_address_and_narrows_the_page(visitor) -> None:
    visitor.open("funding?part=sums")
    visitor.choose("Country", "France")
    assert parse_qs(urlsplit(visitor.page.url).query)["country"] == ["FRA"]
    expect(visitor.page.get_by_text("34 of 34 projects")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("part=donors", "those with most projects in common first"),
        ("part=groups", "A project counts in each group that it names"),
        ("part=rule", "Negative amounts are corrections and count"),
        ("part=rule&lang=cs", "Záporné částky jsou opravy"),
        ("country=FRA&target-group=vietnamese-community", "No project fits all these filters"),
        ("country=nowhere-at-all", "The address holds a filter that cannot be read"),
    ],
)
def test_every_part_opens_from_its_address(visitor, query: str, told: str) -> None:
    visitor.open(f"funding?{query}")
    expect(visitor.page.get_by_text(told).first).to_be_visible()
