"""What a name or a file may be in the graph, as the command tells it."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph_app.cli import application
from graph_app.settings import Settings

FOUND = "organisation/curated/iom-prague"


@pytest.fixture
def environment(curated_settings: Settings) -> dict[str, str]:
    return {"INTGRAPH_HOME": str(curated_settings.home), "INTGRAPH_DATA": str(curated_settings.data), "COLUMNS": "200"}


def match(environment: dict[str, str], *arguments: object) -> Result:
    result = CliRunner().invoke(application, ["match", "suggest", *map(str, arguments)], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "organisations.csv"
    path.write_text("id,name (cs)\na,IOM Praha\nb,Zcela nové sdružení\n", encoding="utf-8")
    return path


def test_a_name_is_looked_up(environment: dict[str, str]) -> None:
    result = match(environment, "--name", "IOM Praha")
    assert result.exit_code == 0
    assert "This is probably" in result.stdout
    assert FOUND in result.stdout
    assert "Toto je pravděpodobně" in match(environment, "--name", "IOM Praha", "--language", "cs").stdout


def test_a_file_is_looked_up_in_every_format(environment: dict[str, str], file: Path) -> None:
    (first, *_) = csv.DictReader(io.StringIO(match(environment, file, "--format", "csv").stdout))
    assert (first["entry"], first["entity"], first["relation"]) == ("IOM Praha", FOUND, "same")
    assert first["place"] == "organisations.csv, row 2"
    told = json.loads(match(environment, file, "--format", "json").stdout)
    assert told[0]["entity"] == FOUND
    assert {row["entry"] for row in told} == {"IOM Praha"}


def test_a_project_is_looked_up_by_its_title(environment: dict[str, str]) -> None:
    told = json.loads(match(environment, "--name", "Access", "--kind", "project", "--format", "json").stdout)
    assert all(row["entity"].startswith("project/") for row in told)


def test_what_nobody_is_called_is_said(environment: dict[str, str]) -> None:
    result = match(environment, "--name", "Zcela nové sdružení")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing in the graph is like Zcela nové sdružení." in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--name", " "], ["entry.csv", "--name", "IOM"], ["gone.csv"]])
def test_wrong_use_is_told(environment: dict[str, str], arguments: list[str]) -> None:
    result = match(environment, *arguments)
    assert result.exit_code == 2
    assert result.stderr
