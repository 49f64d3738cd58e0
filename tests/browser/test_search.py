from playwright.sync_api import expect


def test_a_misspelt_search_is_narrowed_shared_and_followed(visitor) -> None:
    visitor.open("search")
    box = visitor.page.get_by_label("Search everything")
    box.fill("migratoin")
    box.press("Enter")
    visitor.settle()
    expect(visitor.page.get_by_text("Taken for it: migration")).to_be_visible()
    before = visitor.text()
    visitor.choose("Kind", "Project")
    assert "type=" in visitor.page.url
    assert visitor.text() != before
    visitor.page.reload()
    visitor.settle()
    expect(visitor.page.get_by_text("Project (")).to_be_visible()
    visitor.link("Impact of Migration and Possible Support Mechanisms")
    visitor.titled("Impact of Migration and Possible Support Mechanisms")


def test_pages_of_results_are_turned(visitor) -> None:
    visitor.open("search?q=integration")
    first = visitor.text()
    visitor.page.get_by_role("button", name="Next").click()
    visitor.settle()
    assert "first=20" in visitor.page.url
    assert visitor.text() != first
    visitor.page.get_by_role("button", name="Previous").click()
    visitor.settle()
    assert "first=" not in visitor.page.url
    assert visitor.text() == first
