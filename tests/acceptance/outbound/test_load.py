"""Files, paths and lists of datasets: whatever they name, nothing but the file itself is opened."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from graph_app.cli import application
from graph_app.settings import Settings
from tests.acceptance.outbound.attempts import Lure, attempts, named
from tests.acceptance.outbound.detectors import HIDDEN
from tests.acceptance.outbound.files import make_file, make_listing

ATTEMPTS = attempts("load")
FILES = [attempt for attempt in ATTEMPTS if not {"run", "datasets", "listed"} & set(attempt)]
COMMANDS = [attempt for attempt in ATTEMPTS if "run" in attempt]
LISTINGS = [attempt for attempt in ATTEMPTS if {"datasets", "listed"} & set(attempt)]

#: What would read without end is ended by these.
_SECONDS, _BYTES = 60, 3_000_000_000

pytestmark = pytest.mark.usefixtures("untouched")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of its own, so that nothing here comes into the data of other tests."""
    return tmp_path_factory.mktemp("lured")


def run(environment: dict[str, str], *arguments: str, alone: bool = False) -> tuple[int, str]:
    """Run the command in this process, or alone in one that can be killed."""
    if alone:
        command = ["prlimit", f"--as={_BYTES}", str(Path(sys.executable).with_name("intgraph")), *arguments]
        done = subprocess.run(
            command, env=os.environ | environment, timeout=_SECONDS, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr
    result = CliRunner().invoke(application, arguments, env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def judge(attempt: dict[str, Any], code: int, said: str) -> None:
    assert HIDDEN not in said
    assert code in {0, 1, 2}, said
    assert "No such command" not in said, said
    assert "Traceback" not in said, said
    if attempt.get("refused"):
        assert code != 0, said


@pytest.mark.parametrize("command", ["validate", "load"])
@pytest.mark.parametrize("attempt", FILES, ids=named)
def test_nothing_is_reached_by_a_file(
    attempt: dict[str, Any], command: str, lure: Lure, curated_settings: Settings, home: Path, tmp_path: Path
) -> None:
    filled = lure.fill(attempt, attempt["name"])
    path = make_file(filled, tmp_path)
    form = "curated" if path.suffix == ".yaml" else "template"
    options = {"validate": (), "load": ("--source", form, "--dataset", "submission")}
    where = {"validate": curated_settings.home, "load": home}
    environment = {"INTGRAPH_HOME": str(where[command]), "INTGRAPH_DATA": str(curated_settings.data)}
    code, said = run(environment, command, str(path), *options[command], alone=attempt.get("alone", False))
    judge(attempt, code, said)


@pytest.mark.parametrize("attempt", COMMANDS, ids=named)
def test_nothing_is_reached_by_a_path(
    attempt: dict[str, Any], lure: Lure, curated_settings: Settings, home: Path, tmp_path: Path
) -> None:
    own, zero = tmp_path / "entries.csv", tmp_path / "zero.csv"
    own.write_text("Id,Name (en)\nlure,Lure\n", encoding="utf-8")
    zero.symlink_to("/dev/zero")
    words = lure.fill(attempt["run"], attempt["name"])
    arguments = [word.replace("{own}", str(own)).replace("{zero}", str(zero)) for word in words]
    where = home if arguments[0] == "load" else curated_settings.home
    environment = {"INTGRAPH_HOME": str(where), "INTGRAPH_DATA": str(curated_settings.data)}
    judge(attempt, *run(environment, *arguments, alone=attempt.get("alone", False)))


@pytest.mark.parametrize("attempt", LISTINGS, ids=named)
def test_nothing_is_reached_by_a_list_of_datasets(attempt: dict[str, Any], lure: Lure, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    make_listing(lure.fill(attempt, attempt["name"]), data)
    environment = {"INTGRAPH_HOME": str(tmp_path / "home"), "INTGRAPH_DATA": str(data)}
    for command in ("load", "build"):
        judge(attempt, *run(environment, command))
