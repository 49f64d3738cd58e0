from urllib.parse import quote

import httpx
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
        "entries?draft={}",
        "entries?form={}&lang={}",
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


#: What a policy may name: no host, and no scheme that leads to one.
AT_HOME = {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}


@pytest.mark.parametrize("path", ["", "organisation", "data/", "sparql", "front/grid.js", "_stcore/health", "nothing"])
def test_answers_forbid_foreign_hosts(server, path: str) -> None:
    with httpx.Client() as client:
        headers = client.get(server.address + path).headers
    directives = [directive.split() for directive in headers["Content-Security-Policy"].split(";")]
    assert ["default-src", "'self'"] in directives
    assert {source for _, *sources in directives for source in sources} <= AT_HOME
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_foreign_host_is_not_asked_whatever_a_page_would_load(visitor) -> None:
    visitor.open("")
    blocked = visitor.page.evaluate(
        """host => new Promise((resolve) => {
            document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
            document.body.append(Object.assign(new Image(), { src: host }));
        })""",
        "https://evil.example/x.png",
    )
    assert blocked == "img-src"
    assert len(visitor.foreign) == len(visitor.errors) == 1, "the visitor would tell of it"
    visitor.foreign.clear()
    visitor.errors.clear()
