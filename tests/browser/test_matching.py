"""Suggestions on the page of a draft: followed, set aside, and remembered."""

from pathlib import Path

from playwright.sync_api import expect

ENTRY = "id,name (en),name (cs),seat\na,IOM Prague,,CZE\nb,META,,CZE\nc,<b>Zcela</b> nové,,\n"


def test_a_steward_uses_what_the_graph_has_and_sets_the_rest_aside(visitor, tmp_path: Path) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text(ENTRY, encoding="utf-8")
    page = visitor.page
    visitor.open("entries")
    page.locator('[data-testid="stFileUploader"] input').set_input_files(path)
    expect(page.get_by_text("In the graph already? (2)")).to_be_visible()
    visitor.settle()
    expect(page.get_by_text("This is probably")).to_have_count(2)
    expect(page.get_by_role("link", name="IOM Prague").first).to_be_visible()
    page.get_by_role("button", name="Not sure").first.click()
    expect(page.get_by_text("You were not sure.")).to_be_visible()
    visitor.settle()
    page.get_by_role("button", name="Use this one").first.click()
    expect(page.get_by_text("In the graph already? (1)")).to_be_visible()
    expect(page.get_by_text("organisation/curated/iom-prague").first).to_be_attached()
    visitor.settle()
    page.get_by_role("button", name="It is another one").first.click()
    expect(page.get_by_text("In the graph already? (0)")).to_be_visible()
    visitor.settle()
    page.reload()
    visitor.settle()
    page.get_by_text("In the graph already? (0)").click()
    page.get_by_role("button", name="Show what was set aside (1)").click()
    expect(page.get_by_text("In the graph already? (1)")).to_be_visible()
