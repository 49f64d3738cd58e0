"""Publications that are killed at any moment leave readers a whole release, and lose nothing that was taken in."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.journal.deployment import open_journal
from graph_app.journal.intake import take_in
from graph_app.journal.loads import loads_in_force
from graph_app.journal.verify import verify
from graph_app.releases.build import build
from graph_app.releases.intact import sound
from graph_app.releases.release import current_release, releases_folder
from graph_app.settings import Settings
from loaders.datasets import Dataset

HERE = Path(__file__).parent
STEWARDS = 3
#: Kills in every run, and in a long one.
SHORT, LONG = 12, 300


class Steward(threading.Thread):
    """One publishing process with its killer; notes what was acknowledged."""

    def __init__(self, home: Path, name: str, kills: int, longest: float) -> None:
        super().__init__()
        self.key = name
        self.loaded = self.built = -1
        self.killed: list[str] = []
        self.failed: list[int] = []
        self._home = home
        self._kills = kills
        self._longest = longest
        self._chance = random.Random(name)  # noqa: S311 - chance, not secrecy

    def run(self) -> None:
        command = [sys.executable, str(HERE / "publisher.py"), str(self._home), self.key]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as host:
            assert host.stdin is not None
            for number in range(self._kills):
                host.stdin.write(f"{self.loaded + 1}\n")
                host.stdin.flush()
                self._one_life(host, last=number == self._kills - 1)
            host.stdin.close()

    def _one_life(self, host: "subprocess.Popen[str]", *, last: bool) -> None:
        """Kill a process at some moment; the last one when it has built a release, however slow the machine is."""
        assert host.stdout is not None
        latest, _, process = host.stdout.readline().partition(" ")
        wait = self._chance.uniform(0, self._longest)
        killer = threading.Timer(0 if last else wait, os.kill, (int(process), signal.SIGKILL))
        if not last:
            killer.start()
        for line in host.stdout:
            word, _, number = line.partition(" ")
            if word == "ended":
                self.failed += [int(number)] if int(number) != -signal.SIGKILL else []
                break
            latest = word
            setattr(self, word, int(number))
            if last and word == "built":
                killer.start()
        killer.join()
        self.killed.append(latest)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one small release, of which the others can be made in moments."""
    folder = tmp_path_factory.mktemp("crash")
    settings = Settings(home=folder / "home")
    file = folder / "first.yaml"
    file.write_text("dataset: first\norganisations:\n  - {id: first, locator: line 1, name: {en: First}}\n", "utf-8")
    assert take_in(file, Dataset("first", {"en": "First"}, "curated", "curated"), settings).event
    build(settings)
    return settings.home


@pytest.mark.parametrize("kills", [SHORT, pytest.param(LONG, marks=pytest.mark.soak)])
def test_a_release_is_readable_throughout_and_nothing_is_lost(kills: int, home: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    shutil.copytree(home, settings.home, symlinks=True)
    stewards = [Steward(settings.home, f"steward-{number}", kills // STEWARDS, 2.5) for number in range(STEWARDS)]
    command = [sys.executable, str(HERE / "reader.py"), str(settings.home)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as reader:
        for steward in stewards:
            steward.start()
        for steward in stewards:
            steward.join()
        time.sleep(0.1)
        seen, errors = reader.communicate()
    assert (reader.returncode, errors) == (0, "")
    assert len(set(seen.split())) > 1, "the reader saw no release change"
    assert [steward.failed for steward in stewards] == [[]] * STEWARDS
    assert {word for steward in stewards for word in steward.killed} >= {"loaded"}, "nobody was killed while building"

    verdict = verify(open_journal(settings).path)
    assert verdict.faults == ()
    held = {load.dataset.key: load.event for load in loads_in_force(verdict.events)}
    for steward in stewards:
        mine = [event for event in verdict.events if event.details["dataset"]["key"] == steward.key]
        assert len(mine) >= steward.loaded + 1
        assert len({event.id for event in mine}) == len(mine)
        assert held[steward.key] == mine[-1]

    release = build(settings)
    assert sound(release)
    assert current_release(settings) == release
    leftovers = {path.name for path in releases_folder(settings).iterdir() if path.name.startswith(".")}
    assert leftovers == {".lock"}
    shutil.copytree(settings.home / "inbox", tmp_path / "anew" / "inbox")
    shutil.copy(settings.home / "journal.jsonl", tmp_path / "anew")
    anew = build(replace(settings, home=tmp_path / "anew"))
    assert (anew.sha256, anew.files) == (release.sha256, release.files)
    print(  # noqa: T201
        f"{kills} kills, {len(verdict.events)} loads, {len(seen.split())} reads of {len(set(seen.split()))} releases; "
        f"killed after: { {word: sum(s.killed.count(word) for s in stewards) for word in ('pid', 'loaded', 'built')} }"
    )
