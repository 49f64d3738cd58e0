import errno
import hashlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph_app.journal.errors import InboxDamaged, JournalError
from graph_app.journal.inbox import Inbox, KeptFile, plain_name
from loaders.errors import SourceFault

#: Keeps a file again and again, each time in a process that is killed one operation later; prints how each ended.
PROGRAM = """
import os, sys
from pathlib import Path
from graph_app.journal.inbox import Inbox
left = 0
def counted(function):
    def call(*arguments, **names):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), 9)
        return function(*arguments, **names)
    return call
for name in ("open", "write", "fsync", "fchmod", "rename", "unlink"):
    setattr(os, name, counted(getattr(os, name)))
for number in range(1, 100):
    child = os.fork()
    if not child:
        left = number
        Inbox(Path(sys.argv[1], str(number), "inbox")).keep(Path(sys.argv[2]))
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(code)
    if not code:
        break
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "home" / "inbox")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "přehled.csv"
    path.write_bytes(b"a;b\r\n1;\x80\x00\n" * 1000)
    return path


def kept(inbox: Inbox) -> set[str]:
    return {path.name for path in inbox.path("0" * 64).parent.iterdir()} - {".lock"}


def test_a_file_is_kept_byte_for_byte_under_its_hash(inbox: Inbox, file: Path) -> None:
    found = inbox.keep(file)
    assert found == KeptFile("přehled.csv", hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_size)
    path = inbox.path(found.sha256)
    assert path.read_bytes() == file.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o444
    assert kept(inbox) == {found.sha256}
    inbox.check(found.sha256)


def test_an_empty_file_is_kept_too(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    inbox.check(inbox.keep(tmp_path / "empty").sha256)


def test_a_file_that_is_there_is_not_written_again(inbox: Inbox, file: Path) -> None:
    path = inbox.path(inbox.keep(file).sha256)
    before = path.stat()
    other = file.rename(file.with_name("other name.csv"))
    assert inbox.keep(other).name == "other name.csv"
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert kept(inbox) == {path.name}


@pytest.mark.parametrize("damage", [b"", b"other"])
def test_a_changed_file_is_noticed_and_loading_the_original_repairs_it(inbox: Inbox, file: Path, damage: bytes) -> None:
    sha256 = inbox.keep(file).sha256
    inbox.path(sha256).chmod(0o644)
    inbox.path(sha256).write_bytes(damage)
    with pytest.raises(InboxDamaged, match=f"{sha256}.*was changed.*Load the original again"):
        inbox.check(sha256)
    with pytest.raises(InboxDamaged):
        inbox.lay_out([KeptFile("x", sha256, 1)], inbox.path(sha256).parent.parent / "laid")
    assert inbox.keep(file).sha256 == sha256
    inbox.check(sha256)


def test_a_missing_file_is_noticed(inbox: Inbox) -> None:
    with pytest.raises(InboxDamaged, match="lacks the file 0000"):
        inbox.check("0" * 64)


@pytest.mark.parametrize("name", ["", "../journal.jsonl", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_leads_into_the_inbox(inbox: Inbox, name: str) -> None:
    with pytest.raises(JournalError, match="64 hexadecimal digits"):
        inbox.path(name)


def test_what_is_no_file_is_refused(inbox: Inbox, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(SourceFault, match="Not a file"):
            inbox.keep(path)
    for path in (tmp_path / "none", tmp_path / "a\0b"):
        with pytest.raises(SourceFault, match="cannot be opened"):
            inbox.keep(path)
    assert not inbox.path("0" * 64).parent.exists()


def test_files_get_their_names_back_and_nothing_can_lead_elsewhere(inbox: Inbox, file: Path, tmp_path: Path) -> None:
    one = inbox.keep(file)
    folder = tmp_path / "deep" / "laid"
    names = ["../../x.csv", "/etc/passwd", "C:\\temp\\y.csv", "tab\tname", "evil\u202exslx.csv"]
    inbox.lay_out([KeptFile(name, one.sha256, one.size) for name in names], folder)
    assert {path.name for path in folder.iterdir()} == {
        "x.csv", "passwd", "y.csv", "tab\ufffdname", "evil\ufffdxslx.csv",
    }  # fmt: skip
    assert all(path.read_bytes() == file.read_bytes() for path in folder.iterdir())
    assert {path.name for path in (tmp_path / "deep").iterdir()} == {"laid"}


@pytest.mark.parametrize("name", ["", ".", "..", "a/", "a/..", "\\", " "])
def test_a_file_without_name_is_refused(inbox: Inbox, file: Path, tmp_path: Path, name: str) -> None:
    one = inbox.keep(file)
    with pytest.raises(JournalError, match="needs a name"):
        inbox.lay_out([KeptFile(name, one.sha256, one.size)], tmp_path / "laid")


def test_two_files_of_one_name_are_refused(inbox: Inbox, file: Path, tmp_path: Path) -> None:
    one = inbox.keep(file)
    files = [KeptFile(name, one.sha256, one.size) for name in ("a/same.csv", "b/same.csv")]
    with pytest.raises(JournalError, match=r"Two files have the name same\.csv"):
        inbox.lay_out(files, tmp_path / "laid")


def test_a_file_or_a_folder_is_lent_and_taken_back(inbox: Inbox, file: Path) -> None:
    one = inbox.keep(file)
    with inbox.lend([one], name=one.name, folder=False) as path:
        assert (path.name, path.read_bytes()) == (file.name, file.read_bytes())
    assert not path.exists()
    with inbox.lend([one], name="entries", folder=True) as path:
        assert (path.name, [inner.name for inner in path.iterdir()]) == ("entries", [file.name])
    assert not path.parent.exists()
    inbox.check(one.sha256)


def test_plain_names_stay() -> None:
    for name in ("a.csv", "Příjemci 2024.xlsx", ".hidden", "a b"):
        assert plain_name(name) == name


def test_killed_at_any_operation_no_half_file_has_a_hash_for_its_name(tmp_path: Path, file: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), str(file)]
    done = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True)
    *killed, last = map(int, done.stdout.split())
    assert (set(killed), last) == ({-signal.SIGKILL}, 0)
    for number in range(1, len(killed) + 1):
        inbox = Inbox(tmp_path / str(number) / "inbox")
        if inbox.path("0" * 64).parent.exists():
            for name in kept(inbox):
                if not name.startswith(".keeping-"):
                    inbox.check(name)
        sha256 = inbox.keep(file).sha256
        inbox.check(sha256)
        assert kept(inbox) == {sha256}, "what the killed writer left is still there"
    assert len(killed) > 8, "too few operations were counted to mean anything"


def test_left_overs_stay_while_any_writer_lives(inbox: Inbox, file: Path, tmp_path: Path) -> None:
    inbox.keep(file)
    leftover = inbox.path("0" * 64).with_name(".keeping-1-left")
    leftover.touch()
    os.mkfifo(tmp_path / "slow")
    with inbox._unfinished() as (fresh, _):
        leftover.touch()
        inbox.keep(file)
        assert leftover.exists()
        assert fresh.exists()
    inbox.keep(file)
    assert not leftover.exists()
    assert not fresh.exists()


def test_several_keep_the_same_file_at_once(inbox: Inbox, file: Path) -> None:
    threads = [threading.Thread(target=lambda: [inbox.keep(file) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (sha256,) = kept(inbox)
    inbox.check(sha256)


def test_where_nothing_can_be_written_nothing_is_left(
    inbox: Inbox, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.keep(file)
    file.write_bytes(b"other")
    before = kept(inbox)

    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("write", "fsync"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, fail)
            with pytest.raises(JournalError, match=r"přehled\.csv cannot be kept in .*No space left"):
                inbox.keep(file)
        assert kept(inbox) == before
    inbox.check(inbox.keep(file).sha256)
