"""A file as it came: name, size and hash, its bytes at hand, within the size that a reader accepts."""

import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from loaders.errors import SourceFault
from loaders.findings import Location, finding
from loaders.sources.held import held
from loaders.sources.watched import open_watched

__all__ = [
    "LARGEST_FILE",
    "LARGEST_PUBLISHED",
    "SourceFile",
    "read_file",
    "read_text",
    "refuse_links_out",
    "shown_name",
    "unwritable",
]

#: Bytes of the largest file that is read; more is refused before anything is parsed.
LARGEST_FILE = 20_000_000
#: The same for files that others publish: registers of a whole country or programme.
LARGEST_PUBLISHED = 2_000_000_000

_KEPT_CONTROLS = frozenset("\t\n\r")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file, to be read as a stream or as a whole.

    :param name: name without folders, safe to show.
    :param path: where it is.
    :param size: number of its bytes.
    :param sha256: their SHA-256 in hexadecimal digits.
    """

    name: str
    path: Path
    size: int
    sha256: str

    def open(self) -> BinaryIO:
        """Open the file for reading; who opens it closes it."""
        return open_watched(self.path, self.size)

    @property
    def content(self) -> bytes:
        """Its bytes, for readers of formats that are small by nature."""
        return self.path.read_bytes()


def read_file(path: Path, largest: int = LARGEST_FILE) -> SourceFile:
    """Take a file in hand: check its size and compute its hash, piece by piece.

    :param path: the file.
    :param largest: number of bytes that is still accepted.
    :returns: its name, size and hash, and access to its bytes.
    :raises SourceError: if it is missing, unreadable, no plain file, empty or too large.
    """
    name = shown_name(path.name)
    try:
        status = path.stat()
        # A pipe may never open and a device may never end, and neither tells its size.
        if not stat.S_ISREG(status.st_mode):
            raise SourceFault(finding("file-unreadable", Location(name), reason="Not a file"))
        if status.st_size > largest:
            raise SourceFault(finding("file-too-large", Location(name), size=status.st_size, largest=largest))
        known = held(path)
        with path.open("rb") as stream:
            digest = known.sha256 if known else hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceFault(finding("file-unreadable", Location(name), reason=reason)) from error
    if not status.st_size:
        raise SourceFault(finding("file-empty", Location(name)))
    return SourceFile(name, path, status.st_size, digest)


def read_text(path: Path, largest: int) -> tuple[SourceFile, str]:
    """Take a file in hand and read it as UTF-8, for formats that people write and that are small by nature.

    :param path: the file.
    :param largest: number of bytes that is still accepted.
    :returns: the file and its text, without a byte order mark.
    :raises SourceError: if it cannot be read, or is in another encoding.
    """
    file = read_file(path, largest)
    content = file.content
    try:
        return file, content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceFault(finding("not-utf8", Location(file.name, line=line))) from error


def refuse_links_out(folder: Path) -> None:
    """Refuse a folder in which a link leads out of it: whoever packed the folder would have other files read.

    :param folder: a folder as it came; what is no folder is left alone.
    :raises SourceError: if it holds such a link.
    """
    if not folder.is_dir():
        return
    inside = folder.resolve()
    for file in sorted(folder.iterdir()):
        # Not Path.resolve, which takes a circle of links for an error of the program.
        if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(inside):
            raise SourceFault(finding("link-out", Location(shown_name(file.name)), folder=shown_name(folder.name)))


def shown_name(name: str) -> str:
    """Return a file name in which nothing invisible is left that could make it look like another one.

    :param name: name as the system or a browser gives it.
    """
    return "".join("\ufffd" if unicodedata.category(char) in {"Cc", "Cf", "Cs"} else char for char in name)


def unwritable(text: str) -> str:
    """Name the first character that no graph, table or page can carry.

    :param text: a value.
    :returns: its code point as ``U+0007``, or an empty string where every character can be written.
    """
    if text.isprintable():
        return ""
    for char in text:
        if unicodedata.category(char) in {"Cc", "Cs"} and char not in _KEPT_CONTROLS:
            return f"U+{ord(char):04X}"
    return ""
