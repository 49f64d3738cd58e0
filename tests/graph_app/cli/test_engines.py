"""Which engine answers can be said; that of another address has no columns."""

import re
import shutil
from pathlib import Path

import pytest

from tests.graph_app.cli.test_commands import environment, run

__all__ = ["environment"]


@pytest.mark.parametrize("engine", ["columns", "oxigraph"])
def test_an_engine_can_be_asked_for(engine: str, environment: dict[str, str]) -> None:
    result = run(environment, "query", "donors", "--format", "csv", "--engine", engine)
    assert result.exit_code == 0
    assert re.search(rf"^Answered by {engine} in [\d,]+ ms \(asked for\)\.$", result.stderr, re.MULTILINE)
    assert result.stdout == run(environment, "query", "donors", "--format", "csv").stdout
    by_default = run(
        environment | {"INTGRAPH_ENGINE": engine}, "query", "donors", "--format", "csv", "--engine", "auto"
    )
    assert by_default.stdout == result.stdout


def test_what_columns_decline_is_an_error_where_they_are_asked_for(environment: dict[str, str]) -> None:
    result = run(environment, "query", "-", "--engine", "columns", given="ASK { GRAPH ?g { ?s ?p ?o } }")
    assert result.exit_code == 2
    assert "Columns do not answer this query: GRAPH asks for one graph" in " ".join(result.stderr.split())
    assert not result.stdout


@pytest.fixture
def waiting(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """A release whose store is still being made."""
    shutil.copytree(environment["INTGRAPH_HOME"], tmp_path / "home", symlinks=True)
    shutil.rmtree((tmp_path / "home" / "releases" / "current").resolve() / "store")
    return environment | {"INTGRAPH_HOME": str(tmp_path / "home")}


def test_until_the_store_is_there_columns_answer(waiting: dict[str, str], environment: dict[str, str]) -> None:
    result = run(waiting, "query", "donors", "--format", "csv", "--engine", "auto")
    assert result.exit_code == 0
    assert result.stdout == run(environment, "query", "donors", "--format", "csv").stdout
    assert "(the store is still being made)" in result.stderr
    portrait = run(waiting, "describe", "project/curated/access")
    assert (portrait.exit_code, portrait.stdout) == (0, run(environment, "describe", "project/curated/access").stdout)


@pytest.mark.parametrize(
    ("arguments", "query", "said"),
    [
        (
            ["-"],
            "ASK { GRAPH ?g { ?s ?p ?o } }",
            "GRAPH asks for one graph, and the columns hold the union of all. Ask",
        ),
        (["-"], "DESCRIBE <urn:a>", "DESCRIBE describes what the store knows. Ask again later."),
        (["-", "--engine", "oxigraph"], "ASK {}", "Ask again later, or with the engine auto."),
    ],
)
def test_what_has_to_wait_for_the_store_is_said(
    arguments: list[str], query: str, said: str, waiting: dict[str, str]
) -> None:
    result = run(waiting, "query", *arguments, given=query)
    assert (result.exit_code, result.stdout) == (2, "")
    text = " ".join(result.stderr.split())
    assert text.startswith("The store of this release is still being made, and columns alone answer meanwhile.")
    assert said in text
