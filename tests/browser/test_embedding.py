"""What the page of an entity says before it is drawn, of the server that draws it."""

from collections.abc import Iterator

import httpx
import pytest

from loaders.vocabulary import BASE, COUNTRY
from tests.browser.conftest import Server
from tests.head import Head

PROJECT = BASE + "project/curated/access"


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, timeout=30, headers={"Accept-Encoding": "identity"}) as client:
        yield client


def test_a_project_is_there_as_data_before_it_is_drawn(client: httpx.Client) -> None:
    answer = client.get("/project", params={"iri": PROJECT})
    head = Head(answer.text)
    assert head.title == "ACCESS · Integration Graph"
    (data,) = head.data
    assert (data["@id"], data["@type"], data["@context"]) == (PROJECT, "Project", "https://schema.org")
    assert "ACCESS" in {name["@value"] for name in data["name"]}
    assert data["foundingDate"] == ["2013-12"]
    assert data["subjectOf"]["version"] == client.get("/health").json()["release"]
    formats = {"text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"}
    assert head.alternates == dict.fromkeys(formats, "/id/project/curated/access")
    assert '</id/project/curated/access>; rel="alternate"; type="application/ld+json"' in answer.headers["link"]
    described = client.get(head.alternates["application/ld+json"], headers={"Accept": "application/ld+json"})
    assert described.status_code == 200


def test_an_answer_is_whole_however_it_is_asked_for(client: httpx.Client) -> None:
    plain = client.get("/project")
    for headers in ({"If-None-Match": plain.headers["etag"]}, {"Accept-Encoding": "gzip"}, {"Range": "bytes=0-9"}):
        answer = client.get("/project", params={"iri": PROJECT}, headers=headers)
        assert (answer.status_code, len(Head(answer.text).data)) == (200, 1)
        assert "etag" not in answer.headers
        assert "content-security-policy" in answer.headers
    head = client.head("/project", params={"iri": PROJECT})
    assert (head.status_code, head.text) == (200, "")
    assert "application/ld+json" in head.headers["link"]


def test_the_title_is_in_the_language_of_the_reader(client: httpx.Client) -> None:
    country = {"iri": COUNTRY + "CZE", "lang": "cs"}
    answer = client.get("/country", params=country)
    assert Head(answer.text).title.startswith("Česko")
    assert "link" not in answer.headers, "other people's IRIs have no address here"


@pytest.mark.parametrize("iri", ["", "https://example.org/nothing", "javascript:alert(1)", "<b>", "x" * 3_000])
def test_a_page_of_nothing_is_sent_as_it_is(client: httpx.Client, iri: str) -> None:
    assert client.get("/project", params={"iri": iri}).content == client.get("/project").content


def test_robots_may_look_at_entities(client: httpx.Client) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Allow: /organisation?iri=" in lines
    assert lines[-1] == "Disallow: /"
