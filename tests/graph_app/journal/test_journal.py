import errno
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.journal.errors import JournalDamaged, JournalError
from graph_app.journal.events import START, EventType, Head, line_of, make_event
from graph_app.journal.journal import Journal, verify

#: Appends two events; is killed at an operation of the system that is named by its number. A write that is killed has
#: brought half of its bytes to the file.
PROGRAM = """
import fcntl, os, sys
from pathlib import Path
from graph_app.journal.events import EventType
from graph_app.journal.journal import Journal
left = int(sys.argv[2])
def counted(module, name):
    real = getattr(module, name)
    def call(*arguments):
        global left
        left -= 1
        if not left:
            if name == "write":
                real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            os.kill(os.getpid(), 9)
        return real(*arguments)
    setattr(module, name, call)
for name in ("open", "write", "fdatasync", "fsync", "ftruncate", "close"):
    counted(os, name)
counted(fcntl, "flock")
journal = Journal(Path(sys.argv[1]))
for key in ("one", "two"):
    journal.append(EventType.RECEIVED, {"name": "Ž" * 50}, event_id=key, actor="Jana")
    sys.stdout.write(key + " ")
    sys.stdout.flush()
"""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
).filter(lambda value: not _has_surrogate(value))


def _has_surrogate(value: object) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in json.dumps(value, ensure_ascii=False))


def add(journal: Journal, key: str, **details: Any) -> int:
    return journal.append(EventType.RECEIVED, details, event_id=key, actor="Jana").seq


def test_an_empty_journal_has_no_events_and_no_file(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    assert (journal.events(), journal.head) == ((), Head(0, "0" * 64))
    assert not journal.path.exists()
    assert verify(journal.path).events == ()


def test_events_are_numbered_and_chained(journal: Journal) -> None:
    first, second, third = journal.events()
    assert [event.seq for event in (first, second, third)] == [1, 2, 3]
    assert (first.prev, second.prev, third.prev) == (START.hash, first.hash, second.hash)
    assert journal.head == Head(3, third.hash)
    assert [event.details["name"] for event in journal.events()] == ["Žižkov", "Αθήνα", "line\nend"]
    assert first.time.tzinfo is not None


def test_each_event_is_one_line_in_canonical_form(journal: Journal) -> None:
    lines = journal.path.read_bytes().splitlines(keepends=True)
    assert lines == [line_of(event) for event in journal.events()]
    for line in lines:
        assert json.dumps(json.loads(line), sort_keys=True, ensure_ascii=False, separators=(",", ":")) == (
            line.decode().removesuffix("\n")
        )


def test_another_process_reads_the_same(journal: Journal) -> None:
    assert Journal(journal.path).events() == journal.events()
    verdict = verify(journal.path)
    assert (verdict.events, verdict.head, verdict.faults, verdict.intact) == (
        journal.events(), journal.head, (), True,
    )  # fmt: skip


@settings(deadline=None, max_examples=50)  # each waits for the disk
@given(st.dictionaries(st.text(), JSON).filter(lambda value: not _has_surrogate(value)), st.text(min_size=1))
def test_details_come_back_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, details: dict[str, Any], actor: str
) -> None:
    journal = Journal(tmp_path_factory.mktemp("any") / "journal.jsonl")
    if _has_surrogate(actor):
        actor = "Jana"
    event = journal.append(EventType.PUBLISHED, details, event_id="one", actor=actor)
    (read,) = Journal(journal.path).events()
    assert read == event
    assert read.details == details
    assert read.actor == actor
    assert not verify(journal.path).faults


@pytest.mark.parametrize(
    "details",
    [
        {"x": float("nan")},
        {"x": float("inf")},
        {"x": "\ud800"},
        {"x": {1, 2}},
        {"x": b"bytes"},
        {1: "one", "1": "another"},
        {1: "one", "a": "another"},
    ],
    ids=repr,
)
def test_what_json_cannot_hold_is_refused(journal: Journal, details: dict[str, Any]) -> None:
    before = journal.path.read_bytes()
    with pytest.raises(JournalError, match="cannot hold the event 'new'"):
        journal.append(EventType.RECEIVED, details, event_id="new", actor="Jana")
    assert journal.path.read_bytes() == before


def test_the_same_id_again_gives_the_same_event(journal: Journal) -> None:
    before = journal.path.read_bytes()
    again = Journal(journal.path).append(EventType.RECEIVED, {"name": "Αθήνα"}, event_id="event-2", actor="Petr")
    assert (again.seq, again.actor) == (2, "Jana")
    assert journal.path.read_bytes() == before


def test_an_id_cannot_stand_for_two_things(journal: Journal) -> None:
    with pytest.raises(JournalError, match="Event 2 has the id 'event-2' and says something else"):
        add(journal, "event-2", name="another")
    with pytest.raises(JournalError, match="needs an id"):
        add(journal, "")


def test_each_sees_what_others_appended(journal: Journal) -> None:
    other = Journal(journal.path)
    assert add(other, "event-4") == 4
    assert add(journal, "event-5") == 5
    assert add(other, "event-6") == 6
    assert journal.events() == other.events() == Journal(journal.path).events()


def test_a_writer_decides_on_events_that_still_hold(journal: Journal) -> None:
    other = Journal(journal.path)
    with journal.writing() as writer:
        thread = threading.Thread(target=add, args=(other, "event-other"))
        thread.start()
        thread.join(0.1)
        assert thread.is_alive(), "a second writer does not wait"
        assert len(Journal(journal.path).events()) == 3, "a reader waits for the writer"
        event = writer.append(EventType.RECEIVED, {}, event_id="event-mine", actor="Jana")
        assert writer.events[-1] == event
    thread.join()
    assert [event.id for event in journal.events()[3:]] == ["event-mine", "event-other"]


def test_a_writer_neither_waits_for_itself_nor_outlives_its_lock(journal: Journal) -> None:
    with journal.writing() as writer, pytest.raises(JournalError, match="writing to the journal already"):
        add(journal, "event-4")
    with pytest.raises(JournalError, match="writer has ended"):
        writer.append(EventType.RECEIVED, {}, event_id="event-4", actor="Jana")
    assert add(journal, "event-4") == 4


def test_threads_share_a_journal(journal: Journal) -> None:
    threads = [
        threading.Thread(target=lambda n=n: [add(journal, f"thread-{n}-{i}") for i in range(20)]) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(journal.events()) == 83
    assert not verify(journal.path).faults


def test_a_torn_tail_is_passed_over_by_readers_and_cut_by_the_next_writer(journal: Journal) -> None:
    whole = journal.path.read_bytes()
    head = journal.head
    line = line_of(make_event(head, EventType.RECEIVED, {"name": "Ž"}, event_id="event-4", actor="Jana"))
    for length in range(1, len(line) - 1):
        journal.path.write_bytes(whole + line[:length])
        reader = Journal(journal.path)
        assert reader.head == head
        verdict = verify(journal.path)
        assert [(fault.line, fault.kind.value) for fault in verdict.faults] == [(4, "torn tail")]
        assert verdict.intact
        assert journal.path.read_bytes() == whole + line[:length], "reading changed the file"
        assert add(reader, "event-4", name="other") == 4
        assert not verify(journal.path).faults


def test_a_whole_event_that_lacks_only_its_line_end_is_completed(journal: Journal) -> None:
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-1])
    reader = Journal(journal.path)
    assert reader.head.seq == 2
    assert [fault.kind.value for fault in verify(journal.path).faults] == ["torn tail"]
    assert add(reader, "event-3", name="line\nend") == 3
    assert journal.path.read_bytes() == whole


def test_a_changed_line_end_is_no_torn_tail(journal: Journal) -> None:
    whole = journal.path.read_bytes()
    for bit in range(8):
        changed = whole[:-1] + bytes([whole[-1] ^ (1 << bit)])
        journal.path.write_bytes(changed)
        assert not verify(journal.path).intact
        with pytest.raises(JournalDamaged, match="Line 3: altered"):
            add(Journal(journal.path), "event-4")
        assert journal.path.read_bytes() == changed


def test_a_damaged_journal_is_neither_believed_nor_written_to(journal: Journal) -> None:
    damaged = journal.path.read_bytes().replace("Αθήνα".encode(), "Αθήνη".encode())
    journal.path.write_bytes(damaged)
    with pytest.raises(JournalDamaged, match=r"Line 2: altered: .*backup.*`intgraph journal verify`"):
        Journal(journal.path).events()
    with pytest.raises(JournalDamaged, match="Line 2"):
        add(Journal(journal.path), "event-4")
    assert journal.path.read_bytes() == damaged


def test_a_journal_put_back_from_a_backup_is_read_anew(journal: Journal) -> None:
    backup = journal.path.read_bytes()
    add(journal, "event-4", name="lost")
    journal.path.write_bytes(backup)
    assert len(journal.events()) == 3
    assert add(journal, "event-4", name="other and of another length") == 4
    journal.path.unlink()
    assert journal.events() == ()
    assert add(journal, "first") == 1


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, name: str, after: int = 0) -> Iterator[None]:
    """Let an operation of the system fail as on a full or broken disk, once some bytes were written."""
    real = os.write

    def fail(descriptor: int, *arguments: Any) -> int:
        if name == "write" and after:
            real(descriptor, bytes(arguments[0])[:after])
        raise OSError(errno.ENOSPC if name == "write" else errno.EIO, "No room")

    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail)
        yield


@pytest.mark.parametrize(("name", "after"), [("write", 0), ("write", 10)])
def test_a_write_that_fails_is_taken_back(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, name: str, after: int
) -> None:
    before = journal.path.read_bytes()
    with failing(monkeypatch, name, after), pytest.raises(JournalError, match=r"No room.*Nothing was written"):
        add(journal, "event-4")
    assert journal.path.read_bytes() == before
    assert add(journal, "event-4") == 4
    assert len(Journal(journal.path).events()) == 4


def test_what_does_not_reach_the_disk_is_taken_back(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    before = journal.path.read_bytes()
    real, calls = os.fdatasync, []

    def once(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 1:
            raise OSError(errno.EIO, "Input/output error")
        real(descriptor)

    reader = Journal(journal.path)
    with journal.writing() as writer:
        monkeypatch.setattr(os, "fdatasync", once)
        with pytest.raises(JournalError, match="Input/output error"):
            writer.append(EventType.RECEIVED, {}, event_id="event-4", actor="Jana")
        assert journal.path.read_bytes() == before
        assert writer.append(EventType.RECEIVED, {}, event_id="event-4", actor="Jana").seq == 4
    assert len(calls) == 3
    assert len(reader.events()) == 4


def test_a_writer_that_cannot_put_back_writes_no_more_and_the_next_mends(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = journal.path.read_bytes()

    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with journal.writing() as writer, monkeypatch.context() as patch:
        patch.setattr(os, "ftruncate", broken)
        with failing(patch, "write", 10), pytest.raises(JournalError, match="cannot be put back"):
            writer.append(EventType.RECEIVED, {}, event_id="event-4", actor="Jana")
        with pytest.raises(JournalError, match="cannot be put back"):
            writer.append(EventType.RECEIVED, {}, event_id="event-5", actor="Jana")
    assert len(journal.path.read_bytes()) == len(before) + 10
    assert add(journal, "event-6") == 4
    assert not verify(journal.path).faults


def test_a_reader_that_saw_a_line_which_was_taken_back_forgets_it(journal: Journal) -> None:
    before = journal.path.read_bytes()
    head = journal.head
    for seen, instead in (("a", "b"), ("a", "longer")):
        lines = [
            line_of(make_event(head, EventType.RECEIVED, {"name": name}, event_id="x", actor="J"))
            for name in (seen, instead)
        ]
        journal.path.write_bytes(before + lines[0])
        reader = Journal(journal.path)
        assert reader.events()[-1].details == {"name": seen}
        journal.path.write_bytes(before + lines[1])
        assert reader.events()[-1].details == {"name": instead}


@pytest.mark.parametrize("before", [0, 3, 3.5], ids=["new", "there", "torn"])
def test_killed_at_any_operation_nothing_acknowledged_is_lost(journal: Journal, tmp_path: Path, before: float) -> None:
    start = journal.path.read_bytes() if before else b""
    start += b'{"actor":"Ja' if before % 1 else b""
    for number in range(1, 100):
        path = tmp_path / str(number) / "journal.jsonl"
        if start:
            path.parent.mkdir()
            path.write_bytes(start)
        command = [sys.executable, "-c", PROGRAM, str(path), str(number)]
        done = subprocess.run(command, check=False, timeout=60, stdout=subprocess.PIPE, text=True)
        assert verify(path).intact
        after = Journal(path)
        written = [event.id for event in after.events()][int(before) :]
        assert written[: len(done.stdout.split())] == done.stdout.split(), "an acknowledged event is lost"
        for key in ("one", "two"):
            after.append(EventType.RECEIVED, {"name": "Ž" * 50}, event_id=key, actor="Jana")
        assert [event.id for event in after.events()][int(before) :] == ["one", "two"]
        assert not verify(path).faults
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert number > 10, "too few operations were counted to mean anything"


def test_a_journal_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.mkdir()
    with pytest.raises(JournalError, match="cannot be written"):
        add(Journal(path), "one")
    with pytest.raises(JournalError, match="cannot be read"):
        verify(path)
