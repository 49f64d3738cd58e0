"""What a load says: counts, changes, and every finding for other programs."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph_app.cli import application

HEADER = "id,title (en),start\n"
FIRST = HEADER + "a,One,2020\nb,Two,2021\nc,Three,2022\n"
SECOND = HEADER + "d,Four,2023\nc,Third,2022\na,One,2020\n"
FAULTY = HEADER + "a,One,soon\nb,=1+1,2021-13\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "projects.csv"


def run(file: Path, text: str, *arguments: str) -> Result:
    file.write_text(text, encoding="utf-8")
    environment = {"INTGRAPH_HOME": str(file.parent / "home"), "INTGRAPH_DATA": str(file.parent), "COLUMNS": "160"}
    result = CliRunner().invoke(application, [arguments[0], str(file), *arguments[1:]], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def load(file: Path, text: str, *arguments: str) -> Result:
    return run(file, text, "load", "--dataset", "mine", *arguments)


def test_a_newer_file_replaces_keeps_and_retires_and_says_how_many(file: Path) -> None:
    assert "Against the file before" not in load(file, FIRST).stderr
    second = load(file, SECOND)
    assert "3 records read, 3 taken, 0 skipped" in second.stderr
    (row,) = [line for line in second.stderr.splitlines() if "project" in line and "│" in line]
    assert [cell.strip() for cell in row.strip("│").split("│")] == ["project", "1", "1", "1", "1"]
    again = load(file, SECOND)
    assert "Nothing has changed" in again.stderr
    assert again.stdout == second.stdout


def test_a_report_in_json_counts_what_was_read_and_changed(file: Path) -> None:
    load(file, FIRST)
    told = json.loads(load(file, SECOND, "--report", "json").stdout)
    assert told["records"] == {"read": 3, "taken": 3, "skipped": 0, "values_skipped": 0, "values_changed": 0}
    assert told["changes"] == {"project": {"new": 1, "replaced": 1, "kept": 1, "retired": 1}}
    assert (told["event"]["seq"], told["changed"], told["kinds"]) == (2, True, {"project": 3})


def test_a_report_of_a_refused_file_names_every_fault_at_its_cell(file: Path) -> None:
    result = load(file, FAULTY, "--report", "csv")
    assert result.exit_code == 1
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    faults = {(row["rule"], row["effect"], row["column"] + row["row"], row["value"]) for row in rows}
    assert ("date-unreadable", "value-skipped", "C2", "soon") in faults
    assert ("date-unreadable", "value-skipped", "C3", "2021-13") in faults or any(
        place == "C3" for _, _, place, _ in faults
    )
    told = json.loads(load(file, FAULTY, "--report", "json").stdout)
    assert (told["event"], told["changed"]) == (None, False)
    assert len(told["findings"]) == len(rows) == sum(told["rules"].values())


def test_a_report_in_sarif_has_a_place_for_every_result(file: Path) -> None:
    log = json.loads(load(file, FAULTY, "--report", "sarif").stdout)
    (run_,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert {result["ruleId"] for result in run_["results"]} == {rule["id"] for rule in run_["tool"]["driver"]["rules"]}
    soon = next(result for result in run_["results"] if result["properties"]["value"] == "soon")
    (place,) = soon["locations"]
    assert soon["level"] == "error"
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "projects.csv"}, "region": {"startLine": 2}}
    assert place["logicalLocations"] == [{"fullyQualifiedName": "C2"}]


def test_a_report_in_sarif_has_the_repair_as_a_fix_at_its_characters(file: Path) -> None:
    log = json.loads(load(file, HEADER + "a,One,31 March 2020\n", "--report", "sarif", "--messages", "cs").stdout)
    (result,) = [result for result in log["runs"][0]["results"] if "fixes" in result]
    (change,) = result["fixes"][0]["artifactChanges"]
    region = {"startLine": 2, "startColumn": 7, "endColumn": 20}
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "2020-03-31"}}]
    assert result["message"]["text"].startswith("„31 March 2020“ není datum.")


def test_inspecting_takes_nothing_in_and_shows_what_would_be(file: Path) -> None:
    result = run(file, FIRST, "inspect")
    assert result.exit_code == 0, result.output
    for told in ("[template]", "SHA-256", "utf-8", "3 records read, 3 taken", "Three"):
        assert told in result.stdout
    assert not (file.parent / "home").exists()
    faulty = run(file, FAULTY, "inspect")
    assert faulty.exit_code == 1
    assert "2 values skipped" in faulty.stdout
    assert "C2" in faulty.stdout


def test_a_report_that_cannot_be_written_does_not_hide_what_was_taken_in(file: Path) -> None:
    file.write_text(FIRST, encoding="utf-8")
    environment = {"INTGRAPH_HOME": str(file.parent / "home"), "INTGRAPH_DATA": str(file.parent), "PATH": "/bin"}
    command = [sys.executable, "-c", "from graph_app.cli import main; main()"]
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [*command, "load", str(file), "--dataset", "mine", "--report", "json"],
            stdout=full, stderr=subprocess.PIPE, env=environment, text=True, check=False,
        )  # fmt: skip
    assert result.returncode == 2
    assert "Published mine as event 1." in result.stderr
    assert "Exception ignored" not in result.stderr
    assert "No space left on device. Make room, then try again." in result.stderr


def test_a_pipe_is_told_and_not_waited_for(file: Path) -> None:
    os.mkfifo(file)
    result = CliRunner().invoke(application, ["inspect", str(file)])
    assert result.exit_code == 1
    assert "Not a file" in result.stdout


def test_an_identifier_of_several_lines_stays_in_its_row(file: Path) -> None:
    result = run(file, HEADER + 'a,"One\nof several",2020\n', "inspect")
    assert "One of several" in result.stdout


def test_inspecting_what_is_nothing_says_so(file: Path) -> None:
    result = run(file.with_suffix(".zip"), "PK", "inspect")
    assert result.exit_code == 1
    assert "not read" in result.stdout
