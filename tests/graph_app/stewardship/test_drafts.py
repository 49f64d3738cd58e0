"""Drafts: whose they are, what they hold, and that nothing acknowledged is lost."""

import os
import re
import signal
import threading
from pathlib import Path

import pytest

from graph_app.settings import Settings
from graph_app.stewardship import draft_log, drafts
from graph_app.stewardship.actors import EVERY_ROLE, Actor, Role
from graph_app.stewardship.described import Stated
from graph_app.stewardship.draft import LOG
from graph_app.stewardship.drafts import (
    Draft,
    create_draft,
    describe_draft,
    discard_draft,
    drafts_of,
    edit_draft,
    laid_out,
    open_draft,
    replace_file,
    undo,
)
from graph_app.stewardship.edits.model import Edit
from graph_app.stewardship.errors import NotAllowed, Refused, StewardshipError

JANA, EVA = Actor("Jana", EVERY_ROLE), Actor("Eva", EVERY_ROLE)
TEXT = b"Id,Title (en)\r\nbridges,Bridges\r\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", data=tmp_path)


@pytest.fixture
def draft(settings: Settings) -> Draft:
    return create_draft([("projects.csv", TEXT)], JANA, settings)


def title(new: str, old: str = "Bridges") -> Edit:
    return Edit("projects.csv", "", 2, "B", old, new)


def content(draft: Draft) -> bytes:
    with laid_out(draft) as (_, paths):
        return paths[0].read_bytes()


def test_a_draft_is_opened_again_by_its_steward_alone(settings: Settings, draft: Draft) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", draft.id)
    assert open_draft(draft.id, JANA, settings) == draft
    assert (draft.name, draft.actor, draft.edits) == ("projects.csv", "Jana", ())
    with pytest.raises(Refused, match="no such draft"):
        open_draft(draft.id, EVA, settings)
    for other in ("../" + draft.id, "0" * 32, "", "..", draft.id.upper() + "\n"):
        with pytest.raises(Refused, match="no such draft"):
            open_draft(other, JANA, settings)


@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.VIEWER, Role.REVIEWER, Role.OPERATOR})])
def test_whoever_is_no_steward_has_no_drafts(settings: Settings, draft: Draft, roles: frozenset[Role]) -> None:
    jana = Actor("Jana", roles)
    for call in (
        lambda: create_draft([("a.csv", TEXT)], jana, settings),
        lambda: open_draft(draft.id, jana, settings),
        lambda: drafts_of(jana, settings),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_drafts_are_listed_with_the_latest_first(settings: Settings, draft: Draft) -> None:
    second = create_draft([("organisations.csv", b"Id\n")], JANA, settings)
    create_draft([("hers.csv", b"Id\n")], EVA, settings)
    assert [one.id for one in drafts_of(JANA, settings)] == [second.id, draft.id]
    edit_draft(draft, [title("Mosty")])
    assert [one.id for one in drafts_of(JANA, settings)] == [draft.id, second.id]
    discard_draft(second)
    discard_draft(second)
    assert [one.id for one in drafts_of(JANA, settings)] == [draft.id]
    assert {path.name for path in (settings.home / "drafts").iterdir()} >= {draft.id}
    with pytest.raises(StewardshipError):
        edit_draft(second, [Edit("organisations.csv", "", 1, "A", "Id", "x")])


def test_edits_are_made_in_the_file_and_taken_back(settings: Settings, draft: Draft) -> None:
    once = edit_draft(draft, [title("Mosty"), Edit("projects.csv", "", 3, "A", "", "second")])
    assert content(once) == b"Id,Title (en)\r\nbridges,Mosty\r\nsecond,\r\n"
    twice = edit_draft(draft, [title("Mosty II", "Mosty")])
    assert [(edit.old, edit.new) for edit in twice.edits] == [("Bridges", "Mosty II"), ("", "second")]
    assert content(open_draft(draft.id, JANA, settings)).startswith(b"Id,Title (en)\r\nbridges,Mosty II\r\n")
    assert content(undo(twice)) == content(once)
    assert content(undo(undo(twice))) == TEXT
    assert undo(twice).edits == ()


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([title("Mosty", "Bridge")], "no longer 'Bridge'"),
        ([title("Mosty"), title("Mosty II")], "twice at once"),
        ([Edit("other.csv", "", 1, "A", "Id", "x")], "no file other.csv"),
        ([Edit("projects.csv", "Sheet", 1, "A", "Id", "x")], "no sheet 'Sheet'"),
        ([Edit("projects.csv", "", 0, "A", "Id", "x")], "no cell"),
        ([Edit("projects.csv", "", 1, "a", "Id", "x")], "no cell"),
        ([Edit("projects.csv", "", 200_001, "A", "", "x")], "beyond"),
        ([Edit("projects.csv", "", 2, "ZZZ", "", "x")], "beyond"),
        ([title("x" * 32_768)], "Shorten it"),
        ([title("a\x07")], r"U\+0007"),
        ([title("\ud83d")], r"U\+D83D"),
        ([Edit("projects.csv", "", 3, "A", "", "good"), title("x", "stale")], "changed meanwhile"),
    ],
)
def test_what_cannot_be_meant_is_refused_whole(settings: Settings, draft: Draft, edits: list[Edit], said: str) -> None:
    with pytest.raises(Refused, match=said):
        edit_draft(draft, edits)
    assert open_draft(draft.id, JANA, settings) == draft


def test_a_replaced_file_has_no_edits_left_and_no_old_bytes(settings: Settings, draft: Draft) -> None:
    edit_draft(draft, [title("Mosty")])
    now = replace_file(draft, "projects.csv", b"Id\nother\n")
    assert (content(now), now.edits) == (b"Id\nother\n", ())
    assert replace_file(now, "projects.csv", b"Id\nother\n") == now
    both = replace_file(now, "grants.csv", TEXT)
    assert [file.name for file in both.files] == ["projects.csv", "grants.csv"]
    with laid_out(both) as (whole, paths):
        assert whole.is_dir()
        assert [path.read_bytes() for path in paths] == [b"Id\nother\n", TEXT]
    assert len(list((draft.folder / "files").iterdir())) == 2
    assert open_draft(draft.id, JANA, settings) == both


def test_what_is_said_about_the_files_is_kept(settings: Settings, draft: Draft) -> None:
    describe_draft(draft, Stated(source="mapped", map="about: x"))
    assert open_draft(draft.id, JANA, settings).stated.map == "about: x"


def test_names_lead_nowhere_and_files_of_one_name_stay_apart(settings: Settings) -> None:
    files = [("../../etc/x.csv", b"1"), ("x.csv", b"1"), (".x.csv", b"2"), ("ž" * 300 + ".csv", b"3")]
    draft = create_draft(files, JANA, settings)
    assert [file.name for file in draft.files][:3] == ["x.csv", "2 x.csv", "3 x.csv"]
    with laid_out(draft) as (whole, paths):
        assert [path.read_bytes() for path in paths] == [b"1", b"1", b"2", b"3"]
        assert {path.parent for path in paths} == {whole}


def test_there_are_limits(settings: Settings, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="no file"):
        create_draft([], JANA, settings)
    with pytest.raises(Refused, match="at most 40 files"):
        create_draft([(f"{number}.csv", b"x") for number in range(41)], JANA, settings)
    with pytest.raises(Refused, match="at most 40 files with 40 MB"):
        replace_file(draft, "large.csv", bytes(41_000_000))
    assert open_draft(draft.id, JANA, settings) == draft
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    with pytest.raises(Refused, match="already"):
        create_draft([("a.csv", TEXT)], JANA, settings)
    create_draft([("a.csv", TEXT)], EVA, settings)
    monkeypatch.setattr(draft_log, "_LARGEST", 500)
    with pytest.raises(Refused, match="too many changes"):
        edit_draft(draft, [title("x" * 500)])


def test_a_torn_last_line_never_was(settings: Settings, draft: Draft) -> None:
    once = edit_draft(draft, [title("Mosty")])
    log = draft.folder / LOG
    whole = log.read_bytes()
    edit_draft(draft, [title("Mosty II", "Mosty")])
    longer = log.read_bytes()
    for end in range(len(whole), len(longer)):
        log.write_bytes(longer[:end])
        assert open_draft(draft.id, JANA, settings).edits == once.edits
    again = edit_draft(once, [title("Mosty III", "Mosty")])
    assert [edit.new for edit in again.edits] == ["Mosty III"]
    assert log.read_bytes().startswith(whole)


def test_a_damaged_draft_says_so_and_keeps_nobody_from_the_others(settings: Settings, draft: Draft) -> None:
    other = create_draft([("a.csv", TEXT)], JANA, settings)
    log = draft.folder / LOG
    log.write_bytes(log.read_bytes() + b"{no json}\n")
    with pytest.raises(StewardshipError, match="damaged"):
        open_draft(draft.id, JANA, settings)
    assert drafts_of(JANA, settings) == [other]
    other.original(other.files[0]).write_bytes(b"changed")
    with pytest.raises(StewardshipError, match="no longer as it was received"), laid_out(other):
        pass


def test_two_windows_edit_one_draft_and_no_edit_is_lost(settings: Settings, draft: Draft) -> None:
    def fill(column: str) -> None:
        for row in range(10, 20):
            edit_draft(draft, [Edit("projects.csv", "", row, column, "", f"{column}{row}")])

    threads = [threading.Thread(target=fill, args=(column,)) for column in "ABC"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(open_draft(draft.id, JANA, settings).edits) == 30


#: What reaches the disk, one call after another.
STEPS = ["open", "write", "fsync", "rename", "mkdir", "ftruncate"]


def killed_at(step: int, work: "object") -> bool:
    """Do something in a process that is killed before its n-th call to the disk; tells whether it was."""
    child = os.fork()
    if child == 0:
        left = [step]

        def before(name: str):
            real = getattr(os, name)

            def call(*args: object, **options: object) -> object:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **options)

            return call

        for name in STEPS:
            setattr(os, name, before(name))
        try:
            work()  # type: ignore[operator]
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("kind", ["create", "edit", "replace"])
def test_a_kill_at_any_step_leaves_what_was_acknowledged(settings: Settings, draft: Draft, kind: str) -> None:
    work = {
        "create": lambda: create_draft([("a.csv", b"1"), ("b.csv", b"2")], JANA, settings),
        "edit": lambda: edit_draft(draft, [title("Mosty")]),
        "replace": lambda: replace_file(draft, "projects.csv", b"Id\nother\n"),
    }[kind]
    steps = 0
    while killed_at(steps, work):
        steps += 1
        found = drafts_of(JANA, settings)
        assert draft.id in {one.id for one in found}
        for one in found:
            assert content(open_draft(one.id, JANA, settings)) in {
                TEXT,
                TEXT.replace(b",Bridges", b",Mosty"),
                b"Id\nother\n",
                b"1",
            }
        for one in found:
            if one.id != draft.id:
                discard_draft(one)
    assert steps >= 3
    assert content(open_draft(draft.id, JANA, settings)) != TEXT or kind == "create"
    assert len(drafts_of(JANA, settings)) == (2 if kind == "create" else 1)


def test_a_full_disk_refuses_and_keeps_what_was(
    settings: Settings, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = edit_draft(draft, [title("Mosty")])

    def full(descriptor: int, data: bytes) -> int:
        if len(data) > 10:
            return os.pwrite(descriptor, data[:10], os.lseek(descriptor, 10, os.SEEK_CUR) - 10)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StewardshipError, match="No space left"):
            edit_draft(draft, [title("Mosty II", "Mosty")])
        with pytest.raises(StewardshipError, match="No space left"):
            create_draft([("a.csv", TEXT)], JANA, settings)
        with pytest.raises(StewardshipError, match="No space left"):
            replace_file(draft, "projects.csv", b"Id\nother\n" * 5)
    assert drafts_of(JANA, settings) == [once]
    edit_draft(draft, [title("Mosty II", "Mosty")])
