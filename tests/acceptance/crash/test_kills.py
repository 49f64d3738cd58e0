"""Writers that are killed at any moment lose nothing that was acknowledged, and write nothing twice."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from graph_app.journal.chain import FaultKind
from graph_app.journal.events import EventType
from graph_app.journal.inbox import Inbox
from graph_app.journal.journal import Journal, verify

WRITER = Path(__file__).with_name("writer.py")
WRITERS = 3
#: Kills, and flipped bits afterwards: in every run, and in a long one.
SHORT = (30, 20)
LONG = (1000, 200)


class Stewards(threading.Thread):
    """One writer process with its killer; notes what the journal acknowledged."""

    def __init__(self, home: Path, name: str, kills: int) -> None:
        super().__init__()
        self.writer = name
        self.acknowledged: list[int] = []
        self.kills = self.without = self.again = 0
        self._home = home
        self._wanted = kills
        self._chance = random.Random(name)  # noqa: S311 - chance, not secrecy

    def run(self) -> None:
        command = [sys.executable, str(WRITER), str(self._home), self.writer]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as host:
            assert host.stdin is not None
            for _ in range(self._wanted):
                # An acknowledgement that the kill cut off is unknown here: the submission is sent again.
                host.stdin.write(f"{len(self.acknowledged)}\n")
                host.stdin.flush()
                self._one_life(host)
            host.stdin.close()

    def _one_life(self, host: "subprocess.Popen[str]") -> None:
        assert host.stdout is not None
        word, _, number = host.stdout.readline().partition(" ")
        assert word == "pid"
        before = len(self.acknowledged)
        wanted = before + self._chance.randrange(5)
        while len(self.acknowledged) < wanted:
            self._note(host.stdout.readline())
        time.sleep(self._chance.uniform(0, 0.01))
        os.kill(int(number), signal.SIGKILL)
        self.kills += 1
        while (line := host.stdout.readline()) != "ended\n":
            self._note(line)
        self.without += len(self.acknowledged) == before

    def _note(self, line: str) -> None:
        word, _, number = line.partition(" ")
        assert (word in {"done", "again"}, int(number)) == (True, len(self.acknowledged))
        self.again += word == "again"
        self.acknowledged.append(int(number))


@pytest.mark.parametrize(
    ("kills", "flips"), [pytest.param(*SHORT, id="short"), pytest.param(*LONG, id="long", marks=pytest.mark.soak)]
)
def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(tmp_path: Path, kills: int, flips: int) -> None:
    home = tmp_path / "home"
    stewards = [Stewards(home, f"steward-{number}", -(-kills // WRITERS)) for number in range(WRITERS)]
    for steward in stewards:
        steward.start()
    for steward in stewards:
        steward.join()
    journal, inbox = Journal(home / "journal.jsonl"), Inbox(home / "inbox")
    last = journal.append(EventType.RECEIVED, {}, event_id="last", actor="test")  # mends what the last kill left

    acknowledged = [f"{steward.writer}-{number}" for steward in stewards for number in steward.acknowledged]
    verdict = verify(journal.path)
    written = Counter(event.id for event in verdict.events)
    sys.stdout.write(
        f"\n{sum(steward.kills for steward in stewards)} kills, {len(acknowledged)} acknowledged, "
        f"{len(verdict.events)} written, {sum(steward.without for steward in stewards)} lives without acknowledgement, "
        f"{sum(steward.again for steward in stewards)} written in the life before they were acknowledged\n"
    )
    assert sum(steward.kills for steward in stewards) >= kills
    assert len(acknowledged) >= kills, "too little was acknowledged to mean anything"
    assert [ident for ident in acknowledged if ident not in written] == [], "acknowledged and lost"
    assert [ident for ident, times in written.items() if times > 1] == [], "written twice"
    assert len(written) - 1 - len(acknowledged) <= WRITERS, "more was written than acknowledged and in flight"
    assert verdict.faults == ()
    assert verdict.head.seq == last.seq
    assert journal.events() == verdict.events

    for event in verdict.events[:-1]:
        inbox.check(event.details["sha256"])
    file = tmp_path / "one more.txt"
    file.write_text("one more", encoding="utf-8")
    inbox.keep(file)
    left = [path.name for path in (home / "inbox").iterdir() if path.name.startswith(".keeping-")]
    assert left == [], "unfinished files of killed writers are still there"
    _flip(journal.path, tmp_path / "flipped.jsonl", flips)


def _flip(path: Path, copy: Path, times: int) -> None:
    chance = random.Random(times)  # noqa: S311 - chance, not secrecy
    whole = path.read_bytes()
    for _ in range(times):
        place, bit = chance.randrange(len(whole)), chance.randrange(8)
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :])
        faults = verify(copy).faults
        assert faults, f"bit {bit} of byte {place} was flipped unnoticed"
        assert faults[0].kind is not FaultKind.TORN
        assert faults[0].line == whole[:place].count(b"\n") + 1
