"""The inbox: every file that was received, byte for byte, under its SHA-256."""

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph_app.journal.disk import make_folder, sync_folder, write_whole
from graph_app.journal.errors import InboxDamaged, JournalError
from loaders.errors import SourceFault
from loaders.findings import Location, finding
from loaders.sources.files import shown_name

__all__ = ["Inbox", "KeptFile", "plain_name"]

_BLOCK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".keeping-"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the inbox.

    :param name: the name under which it came, without folders; metadata, never a path in the inbox.
    :param sha256: hash of its bytes in hexadecimal digits.
    :param size: number of its bytes.
    """

    name: str
    sha256: str
    size: int


class Inbox:
    """A folder of files that are never changed; may be used by several threads and processes.

    :param folder: the folder; made with the first file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the file with a hash is, or would be.

        :param sha256: 64 hexadecimal digits.
        :raises JournalError: if it is no such hash.
        """
        if not _SHA256.fullmatch(sha256):
            raise JournalError(
                "A file of the inbox is named by 64 hexadecimal digits, not by {sha256!r}.", sha256=sha256
            )
        return self._folder / sha256

    def keep(self, path: Path) -> KeptFile:
        """Keep the bytes that a file has now; when this returns, they are on disk.

        :param path: the file.
        :returns: its name, hash and size.
        :raises SourceFault: if the file cannot be read.
        :raises JournalError: if its bytes cannot be kept.
        """
        with self._source(path) as source:
            try:
                make_folder(self._folder)
                with self._unfinished() as (fresh, descriptor):
                    sha256, size = _copy(source, descriptor, path)
                    if not self._holds(sha256):
                        os.fchmod(descriptor, 0o444)
                        os.fsync(descriptor)
                        fresh.rename(self.path(sha256))
                sync_folder(self._folder)
            except OSError as error:
                raise JournalError(
                    "{name} cannot be kept in {folder}: {strerror}. See that the folder has room and may be written "
                    "to, "
                    "then try again.",
                    name=path.name,
                    folder=self._folder,
                    strerror=error.strerror,
                ) from error
        return KeptFile(plain_name(path.name), sha256, size)

    def check(self, sha256: str) -> None:
        """Recompute the hash of a file.

        :param sha256: its hash.
        :raises InboxDamaged: if the file is missing, cannot be read, or holds other bytes.
        """
        again = "Load the original again: the same bytes take its place."
        try:
            with self.path(sha256).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError as error:
            raise InboxDamaged(
                "The inbox {folder} lacks the file {sha256}. {again}", folder=self._folder, sha256=sha256, again=again
            ) from error
        except OSError as error:
            raise InboxDamaged(
                "The file {sha256} of the inbox cannot be read: {strerror}. {again}",
                sha256=sha256,
                strerror=error.strerror,
                again=again,
            ) from error
        if found != sha256:
            raise InboxDamaged(
                "The file {sha256} of the inbox {folder} was changed. {again}",
                sha256=sha256,
                folder=self._folder,
                again=again,
            )

    def lay_out(self, files: Iterable[KeptFile], folder: Path) -> None:
        """Put files into a folder under their own names, as readers expect them.

        :param files: the files; each is checked.
        :param folder: the folder, made where it is missing; it gets links to the inbox.
        :raises InboxDamaged: if a file is not as it was received.
        :raises JournalError: if two files have the same name, or one has none.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            self.check(file.sha256)
            place = folder / plain_name(file.name)
            if place.is_symlink() or place.exists():
                raise JournalError(
                    "Two files have the name {name}. Rename one of them and load them again.", name=place.name
                )
            place.symlink_to(self.path(file.sha256).absolute())

    @contextmanager
    def lend(self, files: Iterable[KeptFile], *, name: str, folder: bool) -> Iterator[Path]:
        """Lend the path of a kept file, or of a folder of kept files, for a reader.

        :param files: the files; one unless they make up a folder.
        :param name: name of the file or folder.
        :param folder: whether they make up a folder.
        :returns: a context that gives the path, which is gone afterwards.
        :raises JournalError: as :meth:`lay_out`.
        """
        with tempfile.TemporaryDirectory(prefix="intgraph-") as temporary:
            top = Path(temporary)
            self.lay_out(files, top / plain_name(name) if folder else top)
            yield top / plain_name(name)

    @contextmanager
    def _source(self, path: Path) -> Iterator[int]:
        place = Location(shown_name(path.name))
        try:
            # Waits for nobody at the other end of a pipe; what is no file is refused below.
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise SourceFault(finding("file-unreadable", place, reason=reason)) from error
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise SourceFault(finding("file-unreadable", place, reason="Not a file"))
            yield descriptor
        finally:
            os.close(descriptor)

    @contextmanager
    def _unfinished(self) -> Iterator[tuple[Path, int]]:
        """Give a new file beside the kept ones; what is left of it afterwards is removed."""
        with (self._folder / _LOCK).open("ab") as lock:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for leftover in self._folder.glob(f"{_UNFINISHED}*"):  # of killed writers: the lock says none is alive
                    leftover.unlink(missing_ok=True)
            fcntl.flock(lock, fcntl.LOCK_SH)
            fresh = self._folder / f"{_UNFINISHED}{os.getpid()}-{secrets.token_hex(4)}"
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                yield fresh, descriptor
            finally:
                os.close(descriptor)
                fresh.unlink(missing_ok=True)

    def _holds(self, sha256: str) -> bool:
        try:
            self.check(sha256)
        except InboxDamaged:
            return False
        return True


def plain_name(name: str) -> str:
    """Return the last part of a file name, in which nothing leads elsewhere or hides.

    :param name: name as a system or a browser gives it, perhaps with folders.
    :raises JournalError: if nothing is left of it.
    """
    last = shown_name(re.split(r"[/\\]", name)[-1])
    if last.strip() in {"", ".", ".."}:
        raise JournalError("A file needs a name, and {name!r} has none. Rename it.", name=name)
    return last


def _copy(source: int, descriptor: int, path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while True:
        try:
            block = os.read(source, _BLOCK)
        except OSError as error:
            place = Location(shown_name(path.name))
            raise SourceFault(finding("file-unreadable", place, reason=error.strerror)) from error
        if not block:
            return digest.hexdigest(), size
        digest.update(block)
        size += len(block)
        write_whole(descriptor, block)
