import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph_app.cli import application
from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.events import EventType
from graph_app.journal.loads import load_of
from graph_app.releases.build import build
from graph_app.settings import Settings

LISTED = """\
- {key: one, title: {en: One}, publisher: P, licence: not stated, format: curated, namespace: c, file: one.yaml}
"""
RECORDS = "dataset: one\norganisations:\n  - {{id: iom, locator: line 1, name: {{en: {0}}}}}\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two loads of one dataset, and the release made of them."""
    folder = tmp_path_factory.mktemp("made")
    settings = Settings(home=folder / "home", data=folder / "data")
    settings.data.mkdir()
    (settings.data / "datasets.yaml").write_text(LISTED, encoding="utf-8")
    for name in ("IOM", "International Organization for Migration"):
        (settings.data / "one.yaml").write_text(RECORDS.format(name), encoding="utf-8")
        assert run(settings, "load").exit_code == 0
    build(settings)
    return settings


@pytest.fixture
def settings(made: Settings, tmp_path: Path) -> Settings:
    """A copy of it, to be damaged."""
    shutil.copytree(made.home, tmp_path / "home", symlinks=True)
    return Settings(home=tmp_path / "home", data=made.data)


def run(settings: Settings, *arguments: str) -> Result:
    environment = {"INTGRAPH_HOME": str(settings.home), "INTGRAPH_DATA": str(settings.data), "INTGRAPH_ACTOR": "Jana"}
    result = CliRunner().invoke(application, arguments, env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def lines_of(settings: Settings) -> list[bytes]:
    return open_journal(settings).path.read_bytes().splitlines(keepends=True)


def write_lines(settings: Settings, *lines: bytes) -> None:
    open_journal(settings).path.write_bytes(b"".join(lines))


def test_an_intact_journal_is_said_with_its_end(settings: Settings) -> None:
    result = run(settings, "journal", "verify")
    head = open_journal(settings).head
    assert (result.exit_code, result.stdout) == (0, f"2 {head.hash}\n")
    assert "Intact: 2 events" in result.stderr


def test_a_home_without_journal_is_empty_and_intact(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert run(settings, "journal", "verify").stdout.startswith("0 0000")
    assert run(settings, "journal", "show", "--format", "json").stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_damage_is_named_with_its_line_and_repair(settings: Settings) -> None:
    first, second = lines_of(settings)
    write_lines(settings, first.replace(b'"One"', b'"Two"'), second)
    result = run(settings, "journal", "verify")
    assert result.exit_code == 1
    assert result.stdout.startswith("Line 1: altered: What event 1 says does not give the hash")
    assert "backup" in result.stdout
    assert "One fault." in result.stderr
    write_lines(settings, second)
    assert "Line 1: missing: Event 1 is missing" in run(settings, "journal", "verify").stdout


def test_last_lines_taken_away_are_told_by_the_release(settings: Settings) -> None:
    first, second = lines_of(settings)
    for left, number in (((first,), 1), ((), 0)):
        write_lines(settings, *left)
        result = run(settings, "journal", "verify")
        assert result.exit_code == 1
        assert "The journal is shorter than it was: Release" in result.stdout
        assert f"was made from 2 events, and there are {number}" in result.stdout
    open_journal(settings).path.unlink()
    assert "shorter than it was" in run(settings, "journal", "verify").stdout
    write_lines(settings, first, second[: len(second) // 2])
    assert "shorter than it was" in run(settings, "journal", "verify").stdout


def test_another_journal_than_the_release_was_made_from_is_told(settings: Settings) -> None:
    first, _ = lines_of(settings)
    write_lines(settings, first)
    open_journal(settings).append(EventType.RECEIVED, {}, event_id="forged", actor="Jana")
    result = run(settings, "journal", "verify")
    assert result.exit_code == 1
    assert "was made from another event 2 than the journal has now" in result.stdout


def test_a_torn_tail_is_told_and_is_no_damage(settings: Settings) -> None:
    first, second = lines_of(settings)
    write_lines(settings, first, second, b'{"actor":"Ja')
    result = run(settings, "journal", "verify")
    assert (result.exit_code, result.stdout[:2]) == (0, "2 ")
    assert "Line 3: torn tail" in result.stderr
    assert lines_of(settings)[2:] == [b'{"actor":"Ja'], "a check changed the file"


def test_each_file_that_an_event_names_must_be_there(settings: Settings) -> None:
    inbox = open_inbox(settings)
    kept = [inbox.path(load_of(event).files[0].sha256) for event in open_journal(settings).events()]
    kept[0].unlink()
    kept[1].chmod(0o644)
    kept[1].write_bytes(b"other")
    result = run(settings, "journal", "verify")
    assert result.exit_code == 1
    missing, changed = result.stdout.splitlines()
    assert missing.startswith("Event 1, one.yaml: The inbox")
    assert "lacks the file" in missing
    assert changed.startswith("Event 2, one.yaml: The file")
    assert "was changed" in changed


def test_events_are_shown_as_a_table_or_as_lines(settings: Settings) -> None:
    run(settings, "journal", "revert", "2", "--reason", "[bold]wrong[/bold]\x1b[31m file")
    table = run(settings, "journal", "show").stdout
    assert "one: one.yaml" in table
    assert "event 2: [bold]wrong[/bold]\ufffd[31m file" in table
    assert table.count("Jana") == 3
    shown = run(settings, "journal", "show", "--format", "json").stdout
    assert shown.encode() == open_journal(settings).path.read_bytes()
    assert [json.loads(line)["seq"] for line in shown.splitlines()] == [1, 2, 3]


def test_a_load_is_undone_once(settings: Settings) -> None:
    result = run(settings, "journal", "revert", "2", "--reason", "wrong file")
    head = open_journal(settings).head
    assert (result.exit_code, result.stdout) == (0, f"3 {head.hash}\n")
    assert "one is now as in event 1" in result.stderr
    again = run(settings, "journal", "revert", "2", "--reason", "wrong file")
    assert (again.exit_code, again.stdout) == (2, "")
    assert "Event 2 was undone by event 3 already." in again.stderr
    assert "Nothing of one is left" in run(settings, "journal", "revert", "1", "--reason", "x").stderr
    assert run(settings, "journal", "revert", "3", "--reason", "x").exit_code == 2
    assert run(settings, "journal", "revert", "1").exit_code == 2
    assert len(open_journal(settings).events()) == 4
