from playwright.sync_api import expect


def test_overview_counts_what_the_release_holds(visitor, server) -> None:
    visitor.open("")
    visitor.titled("Integration Graph")
    shown = {
        metric.locator('[data-testid="stMetricLabel"]').inner_text(): metric.locator(
            '[data-testid="stMetricValue"]'
        ).inner_text()
        for metric in visitor.page.get_by_test_id("stMetric").all()
    }
    counted = server.release.entities
    assert shown["Projects"] == str(counted["Project"])
    assert shown["Organisations"] == str(counted["Organisation"])
    assert server.release.version in visitor.text()
    assert f"sha256:{server.release.sha256}" in visitor.text()


def test_search_leads_to_the_page_of_what_was_found(visitor) -> None:
    visitor.open("")
    box = visitor.page.get_by_label("Search everything")
    box.fill("Path to Progress")
    box.press("Enter")
    visitor.settle()
    visitor.link("Path to Progress")
    visitor.titled("Path to Progress")
    assert "/project?iri=" in visitor.page.url


def test_search_that_finds_nothing_says_what_to_do(visitor) -> None:
    visitor.open("?search=zzzqqq")
    expect(visitor.page.get_by_text("Nothing holds")).to_be_visible()


def test_language_stays_over_pages_and_in_the_address(visitor) -> None:
    visitor.open("")
    visitor.page.get_by_role("radio", name="cs").or_(visitor.page.get_by_role("button", name="cs")).first.click()
    visitor.settle()
    visitor.titled("Graf integrace")
    assert "lang=cs" in visitor.page.url
    visitor.page.get_by_role("link", name="Dotazy").click()
    visitor.settle()
    visitor.titled("Dotazy")
    visitor.page.reload()
    visitor.settle()
    visitor.titled("Dotazy")
