import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph_app.releases.publish import Busy, point_to, workshop

PROGRAM = """
import os
import pathlib
import sys
from graph_app.releases.publish import point_to, settle, workshop
folder, version, left = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
def counted(function):
    def call(*args, **kwargs):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), 9)
        return function(*args, **kwargs)
    return call
with workshop(folder) as work:
    (work / "store").mkdir()
    for name in ("a", "b", "store/c"):
        (work / name).write_text(version)
    for name in ("fsync", "rename", "replace", "symlink", "unlink"):
        setattr(os, name, counted(getattr(os, name)))
    if not (folder / version).exists():
        settle(work, folder / version)
    point_to(folder / "current", folder / version)
"""


def publish(folder: Path, version: str, kill_at: int) -> int:
    command = [sys.executable, "-c", PROGRAM, str(folder), version, str(kill_at)]
    return subprocess.run(command, check=False, timeout=60).returncode


def test_killed_at_any_operation_readers_see_one_whole_release(tmp_path: Path) -> None:
    assert publish(tmp_path / "start", "v0", 0) == 0
    seen = set()
    for number in range(1, 100):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "start", folder, symlinks=True)
        code = publish(folder, "v1", number)
        version = (folder / "current" / "a").read_text(encoding="utf-8")
        for name in ("b", "store/c"):
            assert (folder / "current" / name).read_text(encoding="utf-8") == version
        if code == 0:
            break
        assert code == -signal.SIGKILL
        seen.add(version)
        assert publish(folder, "v1", 0) == 0
        assert {path.name for path in folder.iterdir()} == {".lock", "current", "v0", "v1"}
    assert number > 10, "too few operations were counted to mean anything"
    assert seen == {"v0", "v1"}


def test_one_builder_at_a_time(tmp_path: Path) -> None:
    with workshop(tmp_path) as work:
        assert list(work.iterdir()) == []
        with pytest.raises(Busy, match="Wait until it ends"), workshop(tmp_path):
            pass
        assert work.is_dir()
    with workshop(tmp_path):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {".lock"}


def test_a_link_can_be_pointed_again_and_again(tmp_path: Path) -> None:
    for name in ("a", "b", "a"):
        (tmp_path / name).mkdir(exist_ok=True)
        point_to(tmp_path / "current", tmp_path / name)
        assert (tmp_path / "current").resolve() == tmp_path / name
    assert (tmp_path / "current").readlink() == Path("a")
