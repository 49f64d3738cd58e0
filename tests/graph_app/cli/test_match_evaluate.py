"""How right matching is, as the command tells it."""

import csv
import io
import json
from pathlib import Path

from typer.testing import CliRunner, Result

from graph_app.cli import application

GOLD = "ref,name\nGB-CHC-285776,Norwegian Refugee Council\nGB-CHC-285776,NORWEGIAN REFUGEE COUNCIL\n"


def run(path: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(application, ["match", "evaluate", str(path), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_three_forms_tell_the_same(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text(GOLD, encoding="utf-8")
    told = json.loads(run(path, "--format", "json").stdout)
    assert told[0] == {
        "by": "identifiers and names",
        "accepted": "rules",
        "found": 1,
        "right": 1,
        "precision": 1.0,
        "recall": 1.0,
    }
    alone = next(row for row in told if row["by"] == "names")
    assert (alone["found"], alone["precision"], alone["recall"]) == (0, None, 0.0)
    rows = list(csv.DictReader(io.StringIO(run(path, "--format", "csv").stdout)))
    assert [row["accepted"] for row in rows] == [row["accepted"] for row in told]
    table = run(path)
    assert table.exit_code == 0
    assert "identifiers and names" in table.stdout
    assert "2 names, 1 pairs that are one" in table.stderr


def test_what_cannot_be_measured_is_refused(tmp_path: Path) -> None:
    assert "There is no file" in run(tmp_path / "none.csv").stderr
    path = tmp_path / "gold.csv"
    path.write_text("ref,name\nGB-CHC-285776,Norwegian Refugee Council\n", encoding="utf-8")
    assert (run(path).exit_code, "nothing can be measured" in run(path).stderr) == (2, True)
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "gold.csv, line 1: the columns are a, b" in run(path).stderr
