"""Content that was made while files were taken in gives the same releases, only sooner."""

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from graph_app.journal.errors import JournalError
from graph_app.journal.events import Event
from graph_app.journal.intake import take_in_all
from graph_app.releases.build import BuildError, build
from graph_app.releases.findings import read_findings
from graph_app.releases.prepared import Preparing
from graph_app.releases.release import Release
from graph_app.settings import Settings
from graph_app.store.canonical import TEXT
from tests.graph_app.releases.conftest import Publish


def take_in(settings: Settings) -> bool:
    with Preparing(settings) as keeper:
        return all(intake.event for intake in take_in_all(settings, keeper=keeper))


def waiting(settings: Settings) -> list[Path]:
    return sorted((settings.home / "prepared").iterdir())


def built(settings: Settings, *, full: bool = False) -> tuple[Release, bool]:
    """Build, and tell whether a file was read again."""
    steps: list[str] = []
    release = build(settings, steps.append, full=full)
    return release, "Loading small" in steps


def with_a_finding(records: Path) -> None:
    records.write_text(records.read_text(encoding="utf-8").replace("{en: IOM}", '{en: "I\u200bOM"}'), encoding="utf-8")


def test_a_build_takes_what_the_intake_has_made(
    settings: Settings, records: Path, publish: Publish, tmp_path: Path
) -> None:
    with_a_finding(records)
    other = replace(settings, home=tmp_path / "other")
    assert take_in(other)
    steps: list[str] = []
    release = build(other, steps.append)
    assert [step for step in steps if "small" in step] == ["Taking small as it was read"]
    assert waiting(other) == []
    anew = publish()
    assert (release.sha256, release.files, release.triples) == (anew.sha256, anew.files, anew.triples)
    assert len(read_findings(release)) == 1
    assert read_findings(release) == read_findings(anew)
    assert (release.content / "small.nq").stat().st_mode == (anew.content / "small.nq").stat().st_mode


@pytest.mark.parametrize("ending", [".nq", ".json"])
@pytest.mark.parametrize("damage", [None, "", "{}", "[]", '{"findings": [], "sha256": "0", "size": 0, "lines": 0}'])
def test_what_is_damaged_is_read_again(
    ending: str, damage: str | None, settings: Settings, publish: Publish, tmp_path: Path
) -> None:
    other = replace(settings, home=tmp_path / "other")
    assert take_in(other)
    (path,) = (path for path in waiting(other) if path.suffix == ending)
    path.unlink() if damage is None else path.write_text(damage, encoding="utf-8")
    release, again = built(other)
    assert again
    assert release.sha256 == publish().sha256


def test_another_version_of_the_program_reads_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert take_in(settings)
    monkeypatch.setattr("graph_app.releases.prepared.fingerprint", lambda _: "another version")
    assert built(settings)[1]
    assert waiting(settings) == []


def test_a_full_build_believes_nothing(settings: Settings) -> None:
    assert take_in(settings)
    assert built(settings, full=True)[1]


def test_a_refused_file_leaves_nothing(settings: Settings, records: Path) -> None:
    records.write_text(records.read_text(encoding="utf-8").replace("id: access", "no id: access"), encoding="utf-8")
    with Preparing(settings) as keeper:
        assert [intake.event for intake in take_in_all(settings, keeper=keeper)] == [None]
        keeper.write(())
        assert len(waiting(settings)) == 1
    assert waiting(settings) == []


def test_a_file_of_the_inbox_that_was_changed_is_noticed_all_the_same(settings: Settings) -> None:
    assert take_in(settings)
    (kept,) = (path for path in (settings.home / "inbox").iterdir() if not path.name.startswith("."))
    kept.unlink()
    with pytest.raises(BuildError, match="inbox"):
        build(settings)


def test_a_folder_without_room_is_said(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "prepared").write_text("no folder", encoding="utf-8")
    with pytest.raises(JournalError, match=r"cannot be kept in .*prepared: .*\. See that the folder has room"):
        Preparing(settings).write(())


def test_what_cannot_be_kept_in_the_end_is_read_again(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    class Hindered(Preparing):
        def publish(self, event: Event) -> None:
            shutil.rmtree(settings.home / "prepared")
            super().publish(event)

    with Hindered(settings) as keeper:
        (intake,) = take_in_all(settings, keeper=keeper)
    assert intake.changed
    assert "The next build reads small again" in caplog.text
    assert built(settings)[1]


def test_what_cannot_be_written_beside_the_next_file_is_read_again(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    def many() -> Iterator[str]:
        yield from (f"<urn:s> <urn:p> <urn:{number}> .\n" for number in range(TEXT // 10))
        shutil.rmtree(settings.home / "prepared")

    class Hindered(Preparing):
        def write(self, lines: Iterable[str]) -> None:
            super().write(chain(lines, many()))

    with Hindered(settings) as keeper:
        (intake,) = take_in_all(settings, keeper=keeper)
    assert intake.changed
    assert "The next build reads small again" in caplog.text
    assert built(settings)[1]


def test_what_a_killed_process_left_goes_in_time(settings: Settings) -> None:
    assert take_in(settings)
    folder = settings.home / "prepared"
    long_ago = time.time() - 7200
    for name in (".old", ".new"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / ".sorting-x").mkdir()
    for name in (".old", ".sorting-x"):
        os.utime(folder / name, (long_ago, long_ago))
    build(settings)
    assert [path.name for path in waiting(settings)] == [".new"]
    shutil.rmtree(folder)
    build(settings)
