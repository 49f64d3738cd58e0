"""Converted files become events of the journal and content of the next build, or nothing of them does."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.conversion.convert import Task, convert
from graph_app.conversion.errors import ConversionError
from graph_app.conversion.report import write_report
from graph_app.conversion.taking import take_in_converted
from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.errors import JournalError
from graph_app.journal.intake import take_in
from graph_app.journal.loads import loads_in_force
from graph_app.journal.revert import revert
from graph_app.releases.build import build
from graph_app.settings import Settings
from tests.graph_app.conversion.conftest import listed

ONE = listed("one", "curated", "one.yaml")
OTHER = listed("other", "curated", "other.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two datasets, of which the second was refused."""
    files, output = tmp_path / "files", tmp_path / "out"
    files.mkdir()
    output.mkdir()
    (files / "one.yaml").write_text(
        "dataset: one\norganisations:\n  - {id: iom, locator: line 1, name: {en: IOM}, seat: CZE}\n", encoding="utf-8"
    )
    (files / "other.yaml").write_text("dataset: other\norganisations: [{id: x, nahme: y}]\n", encoding="utf-8")
    base = Settings().base
    write_report([convert(Task.of(files / one.file, one), output, base) for one in (OTHER, ONE)], output)
    shutil.rmtree(files)  # where it was converted is another machine
    return output


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", actor="Jana")


def built(settings: Settings) -> tuple[str, bool]:
    """Build, and tell whether a file was read again."""
    steps: list[str] = []
    release = build(settings, steps.append)
    return release.sha256, "Loading one" in steps


def test_a_converted_file_is_one_event_that_names_originals_and_shard(folder: Path, settings: Settings) -> None:
    one, other = take_in_converted(folder, settings)
    assert (other.event, other.changed) == (None, False)
    assert other.findings
    assert one.changed
    (event,) = open_journal(settings).events()
    assert (one.event, event.actor) == (event, "Jana")
    (load,) = loads_in_force([event])
    assert (load.dataset, load.name, load.folder) == (ONE, "one.yaml", False)
    open_inbox(settings).check(load.files[0].sha256)
    (written,) = (settings.home / "prepared").glob("*.nq")
    assert written.read_bytes() == (folder / "one.nq").read_bytes()
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    content = report["datasets"][0]["content"]
    assert event.details["converted"] == {"sha256": content["sha256"], "statements": content["lines"]}


def test_a_build_takes_the_shard_and_does_without_it(folder: Path, settings: Settings, tmp_path: Path) -> None:
    take_in_converted(folder, settings)
    version, read_again = built(settings)
    assert not read_again
    other = replace(settings, home=tmp_path / "other")
    take_in_converted(folder, other)
    shutil.rmtree(other.home / "prepared")
    assert built(other) == (version, True)


def test_the_same_again_changes_nothing(folder: Path, settings: Settings) -> None:
    first, _ = take_in_converted(folder, settings)
    again, _ = take_in_converted(folder, settings)
    assert (again.event, again.changed) == (first.event, False)
    assert len(open_journal(settings).events()) == 1
    assert len(list((settings.home / "prepared").glob(".*"))) == 0


def test_what_was_undone_can_be_taken_in_again(folder: Path, settings: Settings) -> None:
    take_in_converted(folder, settings)
    revert(open_journal(settings), 1, reason="Too early", actor="Jana")
    again, _ = take_in_converted(folder, settings)
    assert again.changed
    assert [load.event.seq for load in loads_in_force(open_journal(settings).events())] == [3]


def test_the_original_loaded_by_itself_is_the_same_load(folder: Path, settings: Settings, tmp_path: Path) -> None:
    one, _ = take_in_converted(folder, settings)
    assert one.event is not None
    (load,) = loads_in_force([one.event])
    path = tmp_path / "one.yaml"
    shutil.copyfile(open_inbox(settings).path(load.files[0].sha256), path)
    assert take_in(path, ONE, settings).event == one.event


def edited(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    path = folder / "report.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    change(report["datasets"][0])
    path.write_text(json.dumps(report), encoding="utf-8")


def original(folder: Path) -> Path:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    (kept,) = report["datasets"][0]["load"]["files"]
    return folder / "inbox" / str(kept["sha256"])


def spoil(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"IOM", b"OIM"))


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "shard changed": (lambda folder: spoil(folder / "one.nq"), "one.nq is not what was converted"),
    "shard gone": (lambda folder: (folder / "one.nq").unlink(), "one.nq is not what was converted"),
    "findings gone": (lambda folder: (folder / "one.findings.jsonl").unlink(), "one.findings.jsonl cannot be read"),
    "original changed": (lambda folder: spoil(original(folder)), "was changed"),
    "original gone": (lambda folder: original(folder).unlink(), "lacks the file"),
    "not finished": (lambda folder: (folder / "report.json").unlink(), "no conversion was finished there"),
    "report broken": (lambda folder: (folder / "report.json").write_text("{}"), "cannot be read"),
    "report is no object": (lambda folder: (folder / "report.json").write_text("[]"), "cannot be read"),
    "another program": (
        lambda folder: edited(folder, lambda entry: entry.update(fingerprint="0")),
        "another version of the program",
    ),
    "key leads out": (
        lambda folder: edited(folder, lambda entry: entry["load"]["dataset"].update(key="../one")),  # type: ignore[index]
        "cannot be the key of a dataset",
    ),
    "original leads out": (
        lambda folder: edited(folder, lambda entry: entry["load"]["files"][0].update(sha256="../one.nq")),  # type: ignore[index]
        "64 hexadecimal digits",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_not_as_it_was_converted_is_refused_before_anything_is_written(
    damage: str, folder: Path, settings: Settings
) -> None:
    spoiled, said = DAMAGES[damage]
    spoiled(folder)
    with pytest.raises((ConversionError, JournalError), match=said):
        take_in_converted(folder, settings)
    assert not settings.home.exists()
