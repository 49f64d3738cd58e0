"""``intgraph search`` on the curated release."""

import json

import pytest
from typer.testing import CliRunner

from graph_app.cli import application
from graph_app.settings import Settings


@pytest.fixture
def home(curated_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTGRAPH_HOME", str(curated_settings.home))


@pytest.mark.usefixtures("home")
def test_a_misspelt_name_is_found_and_what_was_taken_for_it_told() -> None:
    done = CliRunner().invoke(application, ["search", "iom", "praque"])
    assert done.exit_code == 0
    assert "IOM Prague" in done.stdout
    assert "Nothing is called praque" in done.stderr


@pytest.mark.usefixtures("home")
def test_hits_as_json_are_narrowed_by_short_names() -> None:
    options = ["--type", "ig:Project", "--country", "country:CZE", "--format", "json", "--language", "cs"]
    done = CliRunner().invoke(application, ["search", "integration", *options])
    found = json.loads(done.stdout)
    assert found["hits"]
    assert {hit["type"] for hit in found["hits"]} == {"https://w3id.org/integration-graph/ontology#Project"}


@pytest.mark.usefixtures("home")
def test_what_is_not_there_is_told() -> None:
    done = CliRunner().invoke(application, ["search", "zzzqqq"])
    assert done.exit_code == 2
    assert "Nothing is found for zzzqqq" in done.stderr
