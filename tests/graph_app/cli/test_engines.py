"""Which engine answers can be said; that of another address has no columns."""

import re

import pytest

from tests.graph_app.cli.test_commands import environment, run

__all__ = ["environment"]


@pytest.mark.parametrize("engine", ["columns", "oxigraph"])
def test_an_engine_can_be_asked_for(engine: str, environment: dict[str, str]) -> None:
    result = run(environment, "query", "donors", "--format", "csv", "--engine", engine)
    assert result.exit_code == 0
    assert re.fullmatch(rf"Answered by {engine} in [\d,]+ ms \(asked for\)\.\n", result.stderr)
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
