"""The files of a draft: their names, how many there may be, and how their bytes are written."""

import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from graph_app.journal.disk import write_whole
from graph_app.journal.inbox import KeptFile, plain_name
from graph_app.stewardship.errors import Refused
from loaders.sources.files import LARGEST_FILE

__all__ = ["FILES", "GONE", "UNFINISHED", "clear", "kept", "kept_name", "named", "refuse_large", "write_new"]

#: Name of the folder of the bytes, and what names begin with that mean nothing yet or no longer.
FILES, UNFINISHED, GONE = "files", ".making-", ".gone-"
_MOST_FILES = 40
_MOST_BYTES = 2 * LARGEST_FILE
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
#: Bytes of a name, and of its ending; file systems hold 255.
_LONGEST_NAME, _LONGEST_SUFFIX = 200, 40
#: Seconds after which what was not finished belongs to nobody.
_ABANDONED = 3_600


def named(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Give each file a name of its own, which leads nowhere and is no longer than names can be.

    :param files: name and bytes of each.
    :raises Refused: if there are none, or too many.
    """
    if not files:
        raise Refused("There is no file to keep.")
    if len(files) > _MOST_FILES:
        raise Refused("A draft has at most {most} files. Put the sheets into one workbook.", most=_MOST_FILES)
    found: dict[str, bytes] = {}
    for name, content in files:
        plain = _short(plain_name(name).lstrip(".") or "entry")
        number = 1
        fresh = plain
        while fresh in found:
            number += 1
            fresh = f"{number} {plain}"
        found[fresh] = content
    return list(found.items())


def refuse_large(sizes: Sequence[int]) -> None:
    """Refuse more than a draft may hold.

    :param sizes: bytes of each file.
    :raises Refused: says how much there may be.
    """
    if len(sizes) > _MOST_FILES or sum(sizes) > _MOST_BYTES:
        raise Refused(
            "A draft has at most {most} files with {megabytes} MB in all; these are {count} with {size:.1f} MB. "
            "Hand in larger ones with `intgraph submit`.",
            most=_MOST_FILES,
            megabytes=_MOST_BYTES // 1_000_000,
            count=len(sizes),
            size=sum(sizes) / 1_000_000,
        )


def kept(name: str, content: bytes) -> KeptFile:
    """Return what is told of a file.

    :param name: its name.
    :param content: its bytes.
    """
    return KeptFile(name, hashlib.sha256(content).hexdigest(), len(content))


def kept_name(file: KeptFile) -> str:
    """Return the name under which bytes are kept; its ending tells readers what they are.

    :param file: what is told of the file.
    """
    suffix = Path(file.name).suffix.lower()
    return file.sha256 + (suffix if _SUFFIX.fullmatch(suffix) else "")


def write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there; its bytes are on disk when this returns.

    :param path: the file.
    :param content: its bytes.
    :raises OSError: if they cannot be written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        write_whole(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def clear(drafts: Path) -> None:
    """Remove what was never finished, or thrown away, and left by a process that was killed.

    :param drafts: the folder of all drafts.
    """
    newest = max((path.stat().st_mtime for path in drafts.iterdir()), default=0.0)
    for path in drafts.iterdir():
        if path.name.startswith((UNFINISHED, GONE)) and newest - path.stat().st_mtime > _ABANDONED:
            shutil.rmtree(path, ignore_errors=True)


def _short(name: str) -> str:
    """Cut a name to what file systems hold; its ending stays."""
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    suffix = _cut(suffix, _LONGEST_SUFFIX)
    return f"{_cut(stem, _LONGEST_NAME - len(suffix.encode())) or 'entry'}{dot}{suffix}"


def _cut(text: str, most: int) -> str:
    return text.encode("utf-8", errors="replace")[:most].decode("utf-8", errors="ignore")
