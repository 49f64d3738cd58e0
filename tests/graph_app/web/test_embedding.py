"""Data written into a page, which no text of the graph may become a part of."""

from hypothesis import given
from hypothesis import strategies as st

from graph_app.web.embedding import PATHS, embed
from graph_app.web.linked import Linked
from tests.head import Head

PAGE = b"<!DOCTYPE html><html><head><title>Streamlit</title><script>run()</script></head><body>here</body></html>"


def test_every_page_of_entities_has_its_data() -> None:
    from graph_app.views.entity.pages import PAGES

    assert {f"/{path}" for path in PAGES} == PATHS


ODD = st.sampled_from(["</script><script>alert(1)</script>", "<!--", "</title><b>", "&lt;", "]]>"])
TEXT = st.one_of(st.text(), ODD)


@given(TEXT, st.dictionaries(TEXT, st.one_of(TEXT, st.lists(TEXT))))
def test_no_text_of_the_graph_becomes_part_of_the_page(name: str, document: dict[str, object]) -> None:
    page = embed(PAGE, Linked("https://example.org/x", name, document), "a/b").decode("utf-8", "surrogatepass")
    head = Head(page)
    assert head.data == [document]
    plain = Head(PAGE.decode()).tags
    assert [tag for tag in head.tags if tag != "link"] == [*plain[:4], "script", *plain[4:]]
    assert page.endswith("</head><body>here</body></html>")
