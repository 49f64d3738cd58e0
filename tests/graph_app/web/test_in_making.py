"""The plain routes on a release whose store comes later."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from graph_app.releases.release import Release, current_release
from graph_app.settings import Settings

PERSON = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s a ig:Project } }"
GRAPH = "/id/graph/iom-prague-projects/data"
PROJECT = "/id/project/curated/access"


@dataclass(frozen=True)
class Waiting:
    """A server, and the release that it serves."""

    client: httpx.Client
    release: Release

    def ask(self, query: str, **more: str) -> httpx.Response:
        return self.client.get("/sparql", params={"query": query} | more)

    def bring_store(self) -> None:
        (self.release.path / "aside").rename(self.release.store)


@pytest.fixture
def waiting(serve: Callable[[Settings], str], curated_settings: Settings, tmp_path: Path) -> Iterator[Waiting]:
    shutil.copytree(curated_settings.home, tmp_path / "home", symlinks=True)
    settings = replace(curated_settings, home=tmp_path / "home")
    release = current_release(settings)
    assert release.complete
    release.store.rename(release.path / "aside")
    with httpx.Client(base_url=serve(settings), timeout=60) as client:
        yield Waiting(client, release)


def test_columns_answer_until_the_store_is_there(waiting: Waiting) -> None:
    found = waiting.ask("SELECT (COUNT(*) AS ?n) { ?s a ig:Project }")
    assert found.status_code == 200
    assert found.headers["integration-graph-engine"] == "columns"
    assert found.headers["integration-graph-reason"] == "the store is still being made"
    assert waiting.client.get("/health").json()["store"] == "being made"
    refused = waiting.ask(GRAPHS)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert refused.headers["cache-control"] == "no-store"
    told = refused.json()
    assert told["code"] == "store-in-making"
    assert told["message"] == (
        "The store of this release is still being made, and columns alone answer meanwhile. They do not answer this "
        "query: GRAPH asks for one graph, and the columns hold the union of all. Ask again later."
    )
    some = waiting.ask("ASK {}", **{"default-graph-uri": "urn:example:graph"})
    assert (some.status_code, some.json()["code"]) == (503, "store-in-making")
    assert waiting.ask("SELECT ?x { GRAPH }").json()["code"] == "syntax"
    waiting.bring_store()
    answered = waiting.ask(GRAPHS)
    assert (answered.status_code, answered.headers["integration-graph-engine"]) == (200, "oxigraph")
    assert answered.json()["results"]["bindings"]
    assert waiting.client.get("/health").json()["store"] == "there"


def test_entities_open_and_graphs_ask_for_patience(waiting: Waiting) -> None:
    assert waiting.client.get(PROJECT, headers=PERSON).status_code == 303
    description = waiting.client.get(PROJECT, headers={"Accept": "application/n-triples"})
    assert (description.status_code, bool(description.text)) == (200, True)
    page = waiting.client.get(GRAPH, headers=PERSON)
    assert (page.status_code, page.headers["retry-after"]) == (503, "60")
    assert "text/html" in page.headers["content-type"]
    assert "is still being made" in page.text
    assert waiting.client.get(GRAPH, headers={"Accept": "text/turtle"}).json()["code"] == "store-in-making"
    for address in ("/data/", "/.well-known/void", "/sparql"):
        assert waiting.client.get(address, headers={"Accept": "*/*"}, follow_redirects=True).status_code == 200
    waiting.bring_store()
    after = waiting.client.get(PROJECT, headers={"Accept": "application/n-triples"})
    assert sorted(after.text.splitlines()) == sorted(description.text.splitlines())
    assert waiting.client.get(GRAPH, headers=PERSON).headers["location"] == "/data/"
