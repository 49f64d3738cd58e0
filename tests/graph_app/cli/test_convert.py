"""What ``intgraph convert`` refuses before anything starts; the rest is in tests/graph_app/conversion."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph_app.cli import application
from graph_app.cli.counted import show_findings
from graph_app.cli.findings import MOST_LINES
from loaders.findings import LANGUAGES, Location, finding
from loaders.tally import Tally

RECORDS = "dataset: own\norganisations:\n  - {id: iom, locator: line 1, name: {en: IOM}}\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "one" / "příjemci 1.yaml", tmp_path / "two" / "prijemci-1.yaml"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(RECORDS, encoding="utf-8")
    return paths


def run(folder: Path, *arguments: str | Path) -> Result:
    environment = {"INTGRAPH_HOME": str(folder / "home"), "INTGRAPH_DATA": str(folder)}
    result = CliRunner().invoke(application, ["convert", *map(str, arguments)], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["FILE"], "Say with --dataset which dataset the files become"),
        (["--dataset", "own"], "Options describe FILEs"),
        (["--title", "Own"], "Options describe FILEs"),
        ([], "datasets.yaml cannot be read"),
        (["FILE", "--dataset", "own", "--conf", "spark.executor.memory"], "--conf takes NAME=VALUE"),
        (["FILE", "--dataset", "own", "--source", "nothing"], "There is no format nothing"),
        (["FILE", "--dataset", "../own"], "cannot be the key of a dataset"),
        (["FILE", "--dataset", "own", "--language", "česky"], "is no code of a language"),
        (["FILE", "OTHER", "--dataset", "own"], "both give the dataset own-prijemci-1. Rename one of them."),
        (["no/such/file.yaml", "--dataset", "own"], "There is no file no/such/file.yaml"),
    ],
)
def test_what_is_wrongly_asked_for_is_said_and_leaves_no_folder(
    options: list[str], said: str, files: list[Path], tmp_path: Path
) -> None:
    names = {"FILE": str(files[0]), "OTHER": str(files[1])}
    result = run(tmp_path, *[names.get(option, option) for option in options], "--output", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_list_that_names_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "datasets.yaml").write_text("[]", encoding="utf-8")
    result = run(tmp_path, "--output", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "datasets.yaml names no dataset" in result.stderr


def test_a_folder_with_anything_in_it_is_left_alone(files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "earlier.nq").write_text("", encoding="utf-8")
    result = run(tmp_path, files[0], "--dataset", "own", "--output", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not empty" in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["earlier.nq"]


def test_without_spark_it_is_said_how_to_install_it(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "graph_app.conversion.spark", raising=False)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "py4j", None)
    result = run(tmp_path, files[0], "--dataset", "own", "--output", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pip install 'integration-graph[spark]'" in " ".join(result.stderr.split())


def test_without_java_it_is_said_how_to_install_it(files: list[Path], tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for folder in ("/usr/bin", "/bin"):
        for tool in ("bash", "dirname", "env"):
            if not (tools / tool).exists() and Path(folder, tool).exists():
                (tools / tool).symlink_to(Path(folder, tool))
    environment = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"}
    environment |= {"PATH": str(tools), "INTGRAPH_HOME": str(tmp_path / "home"), "INTGRAPH_DATA": str(tmp_path)}
    program = "from graph_app.cli import main; main()"
    command = ["convert", files[0], "--dataset", "own", "--output", tmp_path / "out"]
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, command)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "apt-get install default-jre-headless" in " ".join(done.stderr.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_are_many_findings_it_is_said_where_all_of_them_are(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = Tally()
    tally.find(*[finding("file-empty", Location(f"{number}.csv")) for number in range(MOST_LINES + 1)])
    show_findings(tally, language, Path("out"))
    assert "out/*.findings.jsonl" in capsys.readouterr().err
    show_findings(tally, language)
    assert "--report csv" in capsys.readouterr().err
