"""Deciding who is who from the command line: decided, listed, told elsewhere, taken over, and taken back."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph_app.cli import application
from graph_app.journal.intake import take_in_all
from graph_app.releases.build import build
from graph_app.settings import Settings

PRAGUE, BUDAPEST, IOM = (f"organisation/curated/{key}" for key in ("iom-prague", "iom-budapest", "iom"))

Shell = Callable[..., Result]


@pytest.fixture
def shell(curated_settings: Settings, tmp_path: Path) -> Shell:
    home = tmp_path / "home"
    shutil.copytree(curated_settings.home, home, symlinks=True)
    environment = {"INTGRAPH_HOME": str(home), "INTGRAPH_DATA": str(curated_settings.data), "INTGRAPH_ACTOR": "jana"}

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(application, ["match", *map(str, arguments)], env=environment)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def held(shell: Shell) -> list[tuple[str, str, str]]:
    told = json.loads(shell("decisions", "--format", "json").stdout)
    return [(one["left"], one["judgement"], one["right"]) for one in told]


def test_what_is_decided_is_listed_and_taken_back(shell: Shell) -> None:
    done = shell("decide", PRAGUE, "part", IOM, "--comment", "A country office.")
    assert (done.exit_code, "`intgraph build` makes a release" in done.stderr) == (0, True)
    listed = shell("decisions").stdout
    assert "IOM Prague" in listed
    assert "A country office." in listed
    assert "jana" in listed
    assert held(shell) == [(PRAGUE, "part", IOM)]
    undone = shell("undo", done.stdout.split()[0], "--reason", "a slip")
    assert undone.exit_code == 0
    assert held(shell) == []


def test_what_nobody_knows_is_not_decided(shell: Shell) -> None:
    done = shell("decide", "organisation/curated/nobody", "same", IOM)
    assert (done.exit_code, "nothing under organisation/curated/nobody" in done.stderr) == (2, True)


def test_a_contradiction_is_told_with_what_it_contradicts(shell: Shell) -> None:
    shell("decide", PRAGUE, "different", BUDAPEST)
    shell("decide", PRAGUE, "same", IOM)
    done = shell("decide", IOM, "same", BUDAPEST)
    assert done.exit_code == 1
    assert "is not taken" in done.stderr
    assert "IOM Prague (organisation/curated/iom-prague) – different – IOM Budapest" in done.stderr


@pytest.mark.parametrize("form", ["csv", "sssom"])
def test_what_one_tells_another_takes_over(shell: Shell, tmp_path: Path, form: str) -> None:
    shell("decide", PRAGUE, "part", IOM)
    done = shell("decide", PRAGUE, "different", BUDAPEST)
    path = tmp_path / "given"
    path.write_text(shell("export", "--format", form).stdout, encoding="utf-8")
    assert "jana" not in path.read_text(encoding="utf-8")
    again = shell("import", path)
    assert (again.exit_code, "2 decided already" in again.stderr) == (0, True)
    shell("undo", done.stdout.split()[0], "--reason", "to be taken over")
    assert shell("import", path).exit_code == 0
    assert held(shell) == [(PRAGUE, "part", IOM), (PRAGUE, "different", BUDAPEST)]


def test_lines_that_cannot_be_taken_are_told_and_the_others_taken(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "given.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ("left", "judgement", "right"),
                (PRAGUE, "perhaps", IOM),
                (PRAGUE, "same", "organisation/curated/nobody"),
                (PRAGUE, "part", IOM),
                (IOM, "different", PRAGUE),
            ]
        )
    done = shell("import", path)
    assert done.exit_code == 1
    assert "given.csv, line 2: “perhaps” is no judgement" in done.stderr
    assert "given.csv, line 3: the current release has nothing under organisation/curated/nobody" in done.stderr
    assert "given.csv, line 5: these two stand in an earlier line" in done.stderr
    assert held(shell) == [(PRAGUE, "part", IOM)]
    assert "„perhaps“ není verdikt" in shell("import", path, "--messages", "cs").stderr


def test_decisions_are_read_as_a_table_by_people(shell: Shell) -> None:
    shell("decide", PRAGUE, "part", IOM)
    (row,) = csv.DictReader(io.StringIO(shell("export").stdout))
    assert (row["left name"], row["right name"], row["way"]) == (
        "IOM Prague",
        "International Organization for Migration",
        "person",
    )


RECORDS = """\
dataset: {key}
organisations:
  - {{id: {first}, locator: line 1, name: {{en: "{name}"}}, seat: CZE,
     identifiers: [{{scheme: CZ-ICO, code: "{code}"}}]}}
"""
DATASET = """\
- key: {key}
  title: {{en: A source, cs: Zdroj}}
  publisher: Somebody
  licence: https://creativecommons.org/licenses/by/4.0/
  format: curated
  file: {key}.yaml
  namespace: {key}
"""


@pytest.fixture
def twice(tmp_path: Path) -> Shell:
    """Two sources name one body, one of them with its legal form."""
    return told_by_two(tmp_path, "Diakonie Západ", "Diakonie Západ, z. s.")


def told_by_two(tmp_path: Path, one: str, two: str) -> Shell:
    """Make a release of two sources, each of which gives a name to one identifier."""
    data = tmp_path / "data"
    data.mkdir()
    with (data / "datasets.yaml").open("w") as datasets:
        for key, name in (("one", one), ("two", two)):
            datasets.write(DATASET.format(key=key))
            text = RECORDS.format(key=key, first="diakonie", name=name, code="48136093")
            (data / f"{key}.yaml").write_text(text, encoding="utf-8")
    settings = Settings(home=tmp_path / "home", data=data)
    take_in_all(settings)
    build(settings)
    environment = {"INTGRAPH_HOME": str(settings.home), "INTGRAPH_DATA": str(data), "COLUMNS": "200"}
    return lambda *arguments: CliRunner().invoke(application, [*map(str, arguments)], env=environment)


def test_what_a_strict_rule_gives_is_shown_first_and_then_accepted(twice: Shell) -> None:
    (pair,) = json.loads(twice("match", "candidates", "--format", "json").stdout)
    assert (pair["left"], pair["right"]) == ("organisation/one/diakonie", "organisation/two/diakonie")
    assert (pair["relation"], pair["rule"]) == ("same", "same-identifier-same-name")
    rule = ("match", "accept", "--rule", "same-identifier-same-name")
    shown = twice(*rule)
    assert "Nothing is decided yet" in shown.stderr
    assert json.loads(twice("match", "decisions", "--format", "json").stdout) == []
    assert twice(*rule, "--yes").exit_code == 0
    (decided,) = json.loads(twice("match", "decisions", "--format", "json").stdout)
    assert (decided["way"], decided["rule"]) == ("rule", "same-identifier-same-name")
    assert {"en", "cs"} <= set(decided["reasons"][0])
    assert "No such pair is open" in twice("match", "candidates").stderr
    assert "There is no rule hunch" in twice("match", "accept", "--rule", "hunch").stderr
    for name in ("candidates", "accept"):
        refused = twice("match", name, "--least", "0.3")
        assert refused.exit_code == 2, "nothing so unlike is looked for, which a short list would not say"
        assert "0.75" in refused.stderr
    assert twice("build").exit_code == 0
    found = twice("query", "organisation-by-source", "--param", "organisation=organisation/two/diakonie")
    assert found.exit_code == 0
    described = twice("describe", "organisation/one/diakonie").stdout
    assert "Diakonie Západ, z. s." in described


def test_an_identifier_of_two_bodies_is_told_unasked(tmp_path: Path) -> None:
    shell = told_by_two(tmp_path, "Diakonie Západ", "Muzeum skla a bižuterie")
    assert "One identifier stands with clearly different names" in shell("match", "candidates").stderr
    done = shell("validate", "--format", "json", "--language", "cs")
    (found,) = [one for one in json.loads(done.stdout) if one["rule"] == "identifier-of-several"]
    assert (found["severity"], found["value"]) == ("warning", "CZ-ICO 48136093")
    assert "„Muzeum skla a bižuterie“ (two: two.yaml, řádka " in found["message"]
    assert "identifier-of-several" in shell("validate").stdout.replace("\n", "")
