"""Building and pruning as a user runs them, on a home with one small load."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph_app.cli import application
from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.events import EventType
from graph_app.journal.loads import published_details
from graph_app.settings import Settings
from loaders.datasets import read_datasets

DATASETS = """\
- key: small
  title: {en: A small source}
  publisher: Somebody
  licence: not stated
  format: curated
  file: small.yaml
  namespace: curated
"""
RECORDS = "dataset: small\norganisations:\n  - {id: iom, locator: line 1, name: {en: IOM}, seat: CZE}\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    data.mkdir()
    (data / "datasets.yaml").write_text(DATASETS, encoding="utf-8")
    (data / "small.yaml").write_text(RECORDS, encoding="utf-8")
    return Settings(home=tmp_path / "home", data=data)


def run(settings: Settings, *arguments: str) -> Result:
    environment = {"INTGRAPH_HOME": str(settings.home), "INTGRAPH_DATA": str(settings.data), "COLUMNS": "200"}
    result = CliRunner().invoke(application, arguments, env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_from_the_first_load_to_the_first_release_that_goes(settings: Settings) -> None:
    empty = run(settings, "build")
    assert (empty.exit_code, empty.stdout) == (2, "")
    assert "Run `intgraph load` first" in empty.stderr
    assert "There is no release yet" in run(settings, "prune").stderr

    assert run(settings, "load").exit_code == 0
    first = run(settings, "build")
    assert first.exit_code == 0
    assert "made by a full build in " in first.stderr

    records = settings.data / "small.yaml"
    records.write_text(RECORDS.replace("IOM", "International Organization for Migration"), encoding="utf-8")
    assert run(settings, "load").exit_code == 0
    second = run(settings, "build")
    assert "made by an incremental build in " in second.stderr
    assert "Taking small as it was read" in second.stderr
    assert second.stdout != first.stdout

    again = run(settings, "build", "--full")
    assert again.stdout == second.stdout
    assert "Reading the ontology" in again.stderr
    assert "Nothing has changed" in again.stderr

    old, new = first.stdout.strip(), second.stdout.strip()
    assert run(settings, "prune").stdout.split("\n")[:-1] == [f"{new} stays: current", f"{old} stays: among the newest"]
    dry = run(settings, "prune", "--keep", "1", "--dry-run")
    assert dry.stdout.split("\n")[:-1] == [f"{new} stays: current", f"{old} would be removed"]
    assert run(settings, "prune", "--keep", "1").stdout.split("\n")[-2] == f"{old} removed"
    assert run(settings, "prune", "--keep", "1").stdout == f"{new} stays: current\n"
    assert run(settings, "prune", "--keep", "0").exit_code == 2


def test_violations_are_named_and_end_with_code_1(settings: Settings) -> None:
    records = settings.data / "small.yaml"
    records.write_text(RECORDS.replace("CZE", "Nowhere"), encoding="utf-8")
    # As an older version of the program would have taken it in, which did not know this fault.
    (dataset,) = read_datasets(settings.data / "datasets.yaml")
    details = published_details(dataset, [open_inbox(settings).keep(records)], folder=False, name=records.name)
    open_journal(settings).append(EventType.PUBLISHED, details, event_id="broken", actor="test")
    result = run(settings, "build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "small.yaml, line 3" in result.stderr
    assert "Nowhere" in result.stderr
    assert "One finding blocks this build" in result.stderr
