import csv

from playwright.sync_api import expect


def test_gaps_lead_to_the_entities_that_have_them(visitor) -> None:
    visitor.open("quality")
    assert "The graph breaks no rule." not in visitor.text()
    visitor.page.get_by_text("The project has no start").first.click()
    link = visitor.page.get_by_test_id("stExpanderDetails").get_by_role("link").first
    expect(link).to_be_visible()
    name = link.inner_text()
    link.click()
    visitor.settle()
    visitor.titled(name)


def test_contradictions_keep_both_statements(visitor) -> None:
    visitor.open("quality")
    visitor.page.get_by_role("tab", name="Contradictions").click()
    expect(visitor.page.get_by_text("The partners work together in seven countries.")).to_be_visible()
    expect(visitor.page.get_by_text("Six countries are named")).to_be_visible()


def test_the_curated_graph_has_no_violation(visitor) -> None:
    visitor.open("quality")
    visitor.page.get_by_role("tab", name="Violations").click()
    expect(visitor.page.get_by_text("The graph breaks no rule.")).to_be_visible()


def test_coverage_is_told_for_all_projects_for_each_dataset_and_over_time(visitor) -> None:
    visitor.open("quality")
    visitor.page.get_by_role("tab", name="Coverage").click()
    panel = visitor.page.get_by_role("tabpanel", name="Coverage")
    for heading in ("All projects", "By dataset", "From release to release"):
        expect(panel.get_by_role("heading", name=heading)).to_be_visible()
    with visitor.page.expect_download() as waiting:
        panel.get_by_role("button", name="Download CSV").first.click()
    rows = list(csv.DictReader(waiting.value.path().read_text(encoding="utf-8-sig").splitlines()))
    told = {
        row["fact"]: (int(row["stated"]), int(row["of"]))
        for row in rows
        if row["dataset"].endswith("iom-prague-projects")
    }
    assert (told["country"], told["donor"], told["title"]) == ((7, 7), (3, 7), (7, 7))
    expect(panel.get_by_text("No release has changed it since it was first counted.")).to_be_visible()
