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
