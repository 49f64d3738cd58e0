"""Whatever changes a journal, its check says so, and where."""

import json
import random
from pathlib import Path

import pytest

from graph_app.journal.errors import JournalDamaged
from graph_app.journal.events import EventType, Head, line_of, make_event
from graph_app.journal.journal import Journal, verify


def lines_of(journal: Journal) -> list[bytes]:
    return journal.path.read_bytes().splitlines(keepends=True)


def kinds(path: Path) -> list[tuple[int, str]]:
    return [(fault.line, fault.kind.value) for fault in verify(path).faults]


@pytest.fixture
def large(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path / "large.jsonl")
    with journal.writing() as writer:
        for number in range(300):
            writer.append(EventType.RECEIVED, {"name": f"file {number} ž"}, event_id=f"id-{number}", actor="Jana")
    return journal


@pytest.mark.parametrize("bits", [1, pytest.param(8, marks=pytest.mark.soak)])
def test_every_bit_of_a_journal_matters(journal: Journal, tmp_path: Path, bits: int) -> None:
    whole = b"".join(lines_of(journal)[:2])
    copy = tmp_path / "copy.jsonl"
    for place in range(len(whole)):
        for bit in ((place + turn) % 8 for turn in range(bits)):
            copy.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :])
            assert not verify(copy).intact, f"bit {bit} of byte {place}"
        with pytest.raises(JournalDamaged):
            Journal(copy).events()


@pytest.mark.parametrize("flips", [40, pytest.param(200, marks=pytest.mark.soak)])
def test_flips_are_found_in_their_line(large: Journal, tmp_path: Path, flips: int) -> None:
    chance = random.Random(3)  # noqa: S311 - chance, not secrecy
    whole = large.path.read_bytes()
    copy = tmp_path / "copy.jsonl"
    for _ in range(flips):
        place = chance.randrange(len(whole))
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :])
        verdict = verify(copy)
        assert not verdict.intact
        assert verdict.faults[0].line == whole[:place].count(b"\n") + 1
        assert len(verdict.faults) <= 2, "one flip is told as many faults"


def test_a_line_taken_away_is_missing(large: Journal) -> None:
    lines = lines_of(large)
    large.path.write_bytes(b"".join(lines[:4] + lines[5:]))
    (fault,) = verify(large.path).faults
    assert (fault.line, fault.kind.value) == (5, "missing")
    assert "Event 5 is missing before event 6" in str(fault)
    assert "backup" in fault.repair
    large.path.write_bytes(b"".join(lines[10:]))
    (fault,) = verify(large.path).faults
    assert (fault.line, fault.kind.value) == (1, "missing")
    assert "10 events from 1 to 10 are missing" in fault.text


@pytest.mark.parametrize(("order", "found"), [([0, 2, 1], [2, 3]), ([0, 1, 1, 2], [3]), ([2, 0, 1], [1, 2, 3])])
def test_lines_in_another_order_are_reordered(journal: Journal, order: list[int], found: list[int]) -> None:
    lines = lines_of(journal)
    journal.path.write_bytes(b"".join(lines[number] for number in order))
    assert kinds(journal.path) == [(line, "inserted or reordered") for line in found]
    assert "order of their numbers" in verify(journal.path).faults[0].repair


def test_a_line_in_place_of_another_breaks_the_chain(journal: Journal) -> None:
    first, _, third = lines_of(journal)
    event = journal.events()[0]
    forged = make_event(Head(1, event.hash), EventType.RECEIVED, {"name": "forged"}, event_id="event-2", actor="Jana")
    journal.path.write_bytes(first + line_of(forged) + third)
    assert kinds(journal.path) == [(3, "chain broken")]


def test_an_id_that_stands_twice_is_found(journal: Journal) -> None:
    again = make_event(journal.head, EventType.RECEIVED, {}, event_id="event-2", actor="Jana")
    with journal.path.open("ab") as file:
        file.write(line_of(again))
    assert kinds(journal.path) == [(4, "inserted or reordered")]
    with pytest.raises(JournalDamaged, match="Event 4 has the id of event 2"):
        journal.events()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"9" * 10_000, "not JSON"),
        (b"[]", "not an event"),
        (b"{}", "not an event"),
        (b'{"seq":1}', "not an event"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_foreign_line_is_found_and_the_rest_still_read(journal: Journal, line: bytes, kind: str) -> None:
    first, second, third = lines_of(journal)
    for lines in ((first, line + b"\n", second, third), (first, line + b"\n", third)):
        journal.path.write_bytes(b"".join(lines))
        assert kinds(journal.path) == [(2, kind)]
        assert verify(journal.path).head == Head(3, json.loads(third)["hash"])


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('","', '", "', 1),
        lambda text: text.replace("Ž", "\\u017d"),
        lambda text: text.replace('"seq":1', '"seq":1e0'),
        lambda text: "{" + text[text.index('"seq"') : text.index('"seq"') + 8] + text[1:],
    ],
)
def test_another_way_to_write_the_same_is_not_ours(journal: Journal, change) -> None:  # type: ignore[no-untyped-def]
    first, *rest = lines_of(journal)
    changed = change(first.decode()).encode()
    assert changed != first
    journal.path.write_bytes(changed + b"".join(rest))
    assert kinds(journal.path) in ([(1, "not in canonical form")], [(1, "not an event")])


@pytest.mark.parametrize("member", ["seq", "prev", "hash", "id", "time", "actor", "type", "details"])
def test_a_member_of_another_type_is_no_event(journal: Journal, member: str) -> None:
    first, *rest = lines_of(journal)
    read = json.loads(first)
    read[member] = True if member == "seq" else 7
    journal.path.write_bytes(json.dumps(read).encode() + b"\n" + b"".join(rest))
    assert kinds(journal.path) == [(1, "not an event")]


def test_a_type_that_this_version_does_not_know_is_no_event(journal: Journal) -> None:
    journal.path.write_bytes(journal.path.read_bytes().replace(b'"received"', b'"imagined"', 1))
    assert kinds(journal.path) == [(1, "not an event")]
