"""The app on a remote engine: its pages in Chromium, by the tests of the embedded one, and its plain routes."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from graph_app.releases.release import current_release
from graph_app.settings import load_settings
from tests.remote.conftest import ROOT, load

BROWSER = ROOT / "tests" / "browser"
conftest = load(BROWSER / "conftest.py")
visitor = conftest.visitor
needs_chromium = pytest.mark.skipif(conftest.CHROMIUM is None, reason="chromium is not installed")
globals().update(
    {
        name: pytest.mark.browser(needs_chromium(test))
        for page in ("overview", "entities", "ask", "partnerships", "quality")
        for name, test in vars(load(BROWSER / f"test_{page}.py")).items()
        if name.startswith("test_")
    }
)
#: Virtuoso takes several times as long as the embedded engine, and the machine of tests is busy.
TIME_LIMIT = 20


@pytest.fixture(scope="module")
def server(remote, tmp_path_factory: pytest.TempPathFactory) -> Iterator["conftest.Server"]:
    """The app in a home without any release: all that it shows comes from the engine."""
    home: Path = tmp_path_factory.mktemp("home")
    settings = {**remote.settings, "INTGRAPH_TIME_LIMIT": str(TIME_LIMIT)}
    with conftest.serving(home, settings) as address:
        yield conftest.Server(address, current_release(load_settings(settings)))


def test_health_tells_the_release_of_the_engine(server) -> None:
    with urlopen(server.address + "health") as answer:  # noqa: S310 - our own server
        told = json.load(answer)
    assert told["release"] == server.release.version
    assert told["sha256"] == server.release.sha256


def test_the_endpoint_answers_from_the_engine(server) -> None:
    query = urlencode({"query": "SELECT (COUNT(*) AS ?count) { ?project a ig:Project }"})
    with urlopen(f"{server.address}sparql?{query}") as answer:  # noqa: S310 - our own server
        rows = json.load(answer)["results"]["bindings"]
    assert [row["count"]["value"] for row in rows] == ["34"]
