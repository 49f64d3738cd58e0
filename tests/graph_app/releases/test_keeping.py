import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_app.releases.intact import sound
from graph_app.releases.keeping import prune, use
from graph_app.releases.publish import Busy, workshop
from graph_app.releases.release import NoRelease, Release, current_release, releases
from graph_app.settings import Settings
from tests.graph_app.releases.conftest import Publish

#: Holds a release until it is told to end.
HOLD = """
import sys
from pathlib import Path
from graph_app.releases.keeping import use
from graph_app.releases.release import read_release
with use(read_release(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def four(built: Settings, records: Path, publish: Publish) -> list[Release]:
    """Four releases, the newest first; the second oldest is current."""
    made = [current_release(built)]
    text = records.read_text(encoding="utf-8")
    for number in range(3):
        records.write_text(text.replace("ACCESS", f"ACCESS {number}"), encoding="utf-8")
        made.append(publish())
    for number, release in enumerate(made):  # made within one second, they would have no order
        path = release.path / "release.json"
        kept = path.read_text(encoding="utf-8").replace(
            release.created.isoformat(), f"2026-01-0{number + 1}T00:00:00+00:00"
        )
        path.write_text(kept, encoding="utf-8")
    link = built.home / "releases" / "current"
    link.unlink()
    link.symlink_to(made[1].version)
    return list(releases(built))


@pytest.fixture
def held(four: list[Release]) -> Iterator[subprocess.Popen[str]]:
    """A process that uses the oldest release."""
    command = [sys.executable, "-c", HOLD, str(four[3].path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_current_release_and_the_newest_others_stay(built: Settings, four: list[Release]) -> None:
    reports = built.home / "reports"
    reports.mkdir()
    for release in four:
        for name in (f"{release.version}.json", f"{release.version}.identifiers.json"):
            (reports / name).write_text("{}", encoding="utf-8")
    newest, second, current, oldest = (release.version for release in four)
    done = prune(built, 2)
    assert set(done.removed) == {second, oldest}
    assert dict(done.left) == {newest: "among the newest", current: "current"}
    assert {release.version for release in releases(built)} == {newest, current}
    assert {path.name.partition(".")[0] for path in reports.iterdir()} == {newest, current}
    assert len(list(reports.iterdir())) == 4
    assert current_release(built).version == current
    assert prune(built, 1).removed == (newest,)
    assert prune(built, 1).removed == ()


def test_a_dry_run_removes_nothing(built: Settings, four: list[Release]) -> None:
    assert len(prune(built, 1, dry_run=True).removed) == 3
    assert list(releases(built)) == four


def test_a_release_in_use_stays_until_its_user_ends(
    built: Settings, four: list[Release], held: subprocess.Popen[str]
) -> None:
    oldest = four[3].version
    done = prune(built, 3)
    assert (done.removed, dict(done.left)[oldest]) == ((), "in use")
    assert dict(prune(built, 3, dry_run=True).left)[oldest] == "in use"
    held.kill()
    held.wait()
    assert prune(built, 3).removed == (oldest,)


def test_what_was_removed_cannot_be_used(built: Settings, four: list[Release]) -> None:
    prune(built, 1)
    with pytest.raises(NoRelease, match=r"was removed\. Take the current one"), use(four[0]):
        pass


def test_what_was_put_aside_while_waiting_cannot_be_used(four: list[Release], monkeypatch: pytest.MonkeyPatch) -> None:
    stat = Path.stat

    def gone(path: Path, **options: bool) -> os.stat_result:
        if path == four[0].path:
            raise FileNotFoundError(path)
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", gone)
    with pytest.raises(NoRelease, match="was removed"), use(four[0]):
        pass


def test_a_folder_that_cannot_be_read_stays_and_is_named(built: Settings, four: list[Release]) -> None:
    (four[0].path / "release.json").write_text("{", encoding="utf-8")
    done = prune(built, 1)
    assert four[0].version not in done.removed
    assert "cannot be read" in dict(done.left)[four[0].version]


def test_pruning_waits_for_no_build(built: Settings) -> None:
    with workshop(built.home / "releases"), pytest.raises(Busy):
        prune(built, 1)


@pytest.mark.usefixtures("four")
def test_what_a_release_shared_with_removed_ones_survives(built: Settings) -> None:
    assert len(prune(built, 1).removed) == 3
    assert sound(current_release(built))


def test_no_release_is_nothing_to_prune(settings: Settings) -> None:
    assert prune(settings, 5).removed == ()
