"""On a full disk nothing is acknowledged that is not kept, nothing is torn, and all works again when there is room."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_app.journal.events import EventType
from graph_app.journal.inbox import Inbox
from graph_app.journal.journal import Journal, verify
from tests.acceptance.crash.small_disk import mounted

#: Appends and keeps files until that has failed often; tells what was acknowledged and how the rest was refused. Sizes
#: differ from try to try, so that the limit is met at many places of a line.
PROGRAM = """
import json, resource, sys
from pathlib import Path
from graph_app.journal.errors import JournalError
from graph_app.journal.events import EventType
from graph_app.journal.inbox import Inbox
from graph_app.journal.journal import Journal

home, limit, wanted = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
files = sorted(Path(sys.argv[4]).iterdir())
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
journal, inbox = Journal(home / "journal.jsonl"), Inbox(home / "inbox")
acknowledged, kept, refused = [], [], []
for number in range(10_000):
    if len(refused) >= wanted:
        break
    try:
        journal.append(EventType.RECEIVED, {"x": "y" * (number * 37 % 500)}, event_id=f"id-{number}", actor="test")
        acknowledged.append(f"id-{number}")
    except JournalError as error:
        refused.append(str(error))
    try:
        kept.append(inbox.keep(files[number % len(files)]).sha256)
    except JournalError as error:
        refused.append(str(error))
print(json.dumps([acknowledged, sorted(set(kept)), refused]))
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with mounted(folder, "200k"):
        yield folder


def fill(home: Path, sources: Path, limit: int = 0) -> tuple[list[str], list[str], list[str]]:
    sources.mkdir()
    for number in range(60):
        (sources / f"{number}.txt").write_bytes(bytes([number]) * (number * 997))
    command = [sys.executable, "-c", PROGRAM, str(home), str(limit), "50", str(sources)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    acknowledged, kept, refused = json.loads(done.stdout)
    return acknowledged, kept, refused


def check(home: Path, acknowledged: list[str], kept: list[str]) -> None:
    journal, inbox = Journal(home / "journal.jsonl"), Inbox(home / "inbox")
    verdict = verify(journal.path)
    assert verdict.faults == (), "torn or damaged"
    assert [event.id for event in verdict.events] == acknowledged
    for sha256 in kept:
        inbox.check(sha256)
    assert {path.name for path in (home / "inbox").iterdir()} == {*kept, ".lock"}, "unfinished files are left"


@pytest.mark.parametrize("limit", [3_000, 10_007, 30_011])
def test_beyond_the_largest_file_nothing_is_acknowledged_or_torn(tmp_path: Path, limit: int) -> None:
    home = tmp_path / "home"
    acknowledged, kept, refused = fill(home, tmp_path / "sources", limit)
    assert len(refused) >= 50
    assert acknowledged
    assert kept
    assert all("File too large" in said for said in refused)
    check(home, acknowledged, kept)
    Journal(home / "journal.jsonl").append(EventType.RECEIVED, {}, event_id="after", actor="test")
    check(home, [*acknowledged, "after"], kept)


def test_on_a_full_disk_nothing_is_acknowledged_or_torn(small_disk: Path, tmp_path: Path) -> None:
    home = small_disk / "home"
    acknowledged, kept, refused = fill(home, tmp_path / "sources")
    assert len(refused) >= 50
    assert acknowledged
    assert kept
    assert all("No space left" in said for said in refused)
    check(home, acknowledged, kept)
    Inbox(home / "inbox").path(kept.pop()).unlink()  # somebody makes room
    Journal(home / "journal.jsonl").append(EventType.RECEIVED, {}, event_id="after", actor="test")
    check(home, [*acknowledged, "after"], kept)
