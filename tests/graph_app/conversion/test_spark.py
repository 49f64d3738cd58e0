"""Files of every format through a Spark job on this machine, beside the same files through one process."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
import pytest

from graph_app.journal.deployment import open_journal
from graph_app.journal.intake import take_in_all
from graph_app.journal.loads import loads_in_force
from graph_app.releases.build import build
from graph_app.releases.findings import findings_text, read_findings
from graph_app.releases.release import Release
from graph_app.settings import Settings
from tests.graph_app.conversion.conftest import FAULTY, SOUND

pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = "from graph_app.cli import main; main()"
#: Files beside the data that nobody runs.
TRAPS = ("csv.py", "json.py", "loaders.py")
REFUSED = {name.replace(".", "-") for name in FAULTY} | {"missing"}


class Done(NamedTuple):
    """The command ran once for all tests: starting Spark takes seconds."""

    folder: Path
    code: int
    stdout: str
    stderr: str


def intgraph(data: Path, home: Path, *arguments: str | Path) -> Done:
    environment = os.environ | {"INTGRAPH_DATA": str(data), "INTGRAPH_HOME": str(home)}
    command = [sys.executable, "-P", "-c", PROGRAM, *map(str, arguments)]
    done = subprocess.run(command, cwd=data, env=environment, capture_output=True, text=True, check=False)
    return Done(data, done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def converted(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = tmp_path_factory.mktemp("spark") / "out"
    for trap in TRAPS:
        (data / trap).write_text("raise SystemExit('run from the folder of the data')\n", encoding="utf-8")
    done = intgraph(data, folder.parent / "home", "convert", "--output", folder, "--master", "local[2]")
    return done._replace(folder=folder)


@pytest.fixture(scope="module")
def alone(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """What one process makes of the same files."""
    settings = Settings(home=tmp_path_factory.mktemp("alone"), data=data)
    take_in_all(settings)
    return build(settings)


def shards(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.suffix == ".nq")


def test_each_shard_has_the_bytes_of_the_content_that_one_process_makes(converted: Done, alone: Release) -> None:
    made = {path.name: path.read_bytes() for path in shards(converted.folder)}
    assert set(made) == {f"{name}.nq" for name in ("generated", *SOUND)}
    assert len(made["generated.nq"]) > 4 << 20  # beyond what is sorted in memory
    for name, content in made.items():
        assert content == (alone.content / name).read_bytes(), name
    assert converted.stdout.splitlines() == [str(path) for path in shards(converted.folder)]


def test_what_cannot_be_used_has_findings_with_their_place_and_no_shard(converted: Done) -> None:
    assert converted.code == 1, converted.stderr
    report = json.loads((converted.folder / "report.json").read_text(encoding="utf-8"))
    content = {entry["load"]["dataset"]["key"]: entry["content"] for entry in report["datasets"]}
    assert {key for key, written in content.items() if written is None} == REFUSED
    found = {}
    for key in REFUSED:
        lines = (converted.folder / f"{key}.findings.jsonl").read_text(encoding="utf-8").splitlines()
        found[key] = {entry["rule"]: entry["location"] for entry in map(json.loads, lines)}
        assert all(set(entry["message"]) == {"en", "cs"} for entry in map(json.loads, lines))
        assert f"{key} was not converted" in converted.stderr
    assert found["bomb-xlsx"]["xlsx-too-large"]["file"] == "bomb.xlsx"
    assert found["doctype-xml"]["iati-doctype"]["line"] == 1
    assert found["large-yaml"]["file-too-large"]["file"] == "large.yaml"
    assert found["missing"]["file-unreadable"]["file"] == "missing.xml"
    assert {place["line"] for place in found["violation-yaml"].values()} == {3}
    assert {place["file"] for place in found["torn-xlsx"].values()} == {"torn.xlsx"}


def test_a_build_takes_the_shards_as_they_are(converted: Done, alone: Release, settings: Settings) -> None:
    done = intgraph(settings.data, settings.home, "load", "--converted", converted.folder)
    assert done.code == 1, done.stderr  # some files were refused, as `load` would have refused them
    events = open_journal(settings).events()
    assert done.stdout == "".join(f"{event.seq} {event.hash}\n" for event in events)
    known = {load.dataset.key: load for load in loads_in_force(events)}
    assert set(known) == {"generated", *SOUND}
    assert sorted(part.name for part in (settings.home / "prepared").glob("*.nq"))
    steps: list[str] = []
    release = build(settings, steps.append)
    assert [step for step in steps if step.startswith("Loading")] == []
    assert release.sha256 == alone.sha256
    assert findings_text(read_findings(release)) == findings_text(read_findings(alone))
    assert {note.key: note.files for note in release.datasets} == {note.key: note.files for note in alone.datasets}
    again = build(settings, steps.append, full=True)  # from the originals
    assert "Loading generated" in steps
    assert again.sha256 == alone.sha256


def test_a_bulk_loader_takes_the_shards_as_they_are(converted: Done) -> None:
    store, lines = pyoxigraph.Store(), 0
    for path in shards(converted.folder):
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
        lines += path.read_bytes().count(b"\n")
    assert len(store) == lines > 0


def test_a_worker_that_cannot_start_ends_the_command_with_a_reason(data: Path, tmp_path: Path) -> None:
    python = tmp_path / "no" / "python"
    folder = tmp_path / "out"
    done = intgraph(data, tmp_path / "home", "convert", "--output", folder, "--master", "local[2]", "--python", python)
    assert (done.code, done.stdout) == (2, "")
    assert "A worker could not go on" in done.stderr
    assert f"Every worker needs this program at {python}" in " ".join(done.stderr.split())
    assert list(folder.iterdir()) == []
    refused = intgraph(data, tmp_path / "home", "load", "--converted", folder)
    assert (refused.code, refused.stdout) == (2, "")
    assert "no conversion was finished there" in refused.stderr


def test_a_worker_with_another_version_of_the_program_is_refused(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "loaders", other / "loaders")
    for room in ("graph_app", "ontology", "shapes", "queries"):
        (other / room).symlink_to(ROOT / room)
    with (other / "loaders/records.py").open("a", encoding="utf-8") as module:
        module.write("# Another version.\n")
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{other}:$PYTHONPATH" exec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    options = ("--dataset", "hostile", "--output", tmp_path / "out", "--master", "local[1]", "--python", python)
    done = intgraph(data, tmp_path / "home", "convert", data / "hostile/records.yaml", *options)
    assert (done.code, done.stdout) == (2, "")
    assert "another version of this program" in done.stderr
    assert "converted hostile" in done.stderr
    assert not (tmp_path / "out/report.json").exists()
