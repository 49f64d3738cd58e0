from urllib.parse import quote
from urllib.request import urlopen

import pytest

NAUGHTY = (
    '"><img src="//evil.example/x.png" onerror="window.__xss=1"><script>window.__xss=1</script>'
    "![x](//evil.example/y.png)"
)


@pytest.mark.parametrize(
    "path",
    [
        "?search={}",
        "organisation?iri={}",
        "entity?iri={}",
        "ask?question={}",
        "ask?question=projects-for-target-group&p.country={}",
        "ask?q=SELECT%20({}%20AS%20?x)%20WHERE%20%7B%7D",
        "ask?q={}",
        "partnerships?country={}&year={}&donor={}",
        "?lang={}",
    ],
)
def test_an_address_made_by_an_attacker_does_nothing(visitor, path: str) -> None:
    visitor.open(path.replace("{}", quote(NAUGHTY, safe="")))
    assert visitor.page.evaluate("window.__xss") is None


def test_a_literal_stays_text(visitor) -> None:
    literal = NAUGHTY.replace("\\", "\\\\").replace('"', '\\"')
    query = f'SELECT ("{literal}" AS ?x) WHERE {{}}'
    visitor.open(f"ask?q={quote(query, safe='')}")
    assert "Rows: 1" in visitor.text()
    assert visitor.page.evaluate("window.__xss") is None


def test_pages_forbid_foreign_hosts(server) -> None:
    with urlopen(server.address) as answer:  # noqa: S310 - our own server
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
