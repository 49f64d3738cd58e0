"""One text for one content: N-Quads, each line once, sorted by code point."""

import hashlib
import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["Written", "write_canonical"]

#: Lines sorted in memory at a time; more go through files, so that memory does not grow with the graph.
RUN_LENGTH = 250_000
#: Lines joined before they are hashed and written.
_BATCH = 5_000
#: Texts encoded at a time; one may be all that a record says, some hundred lines.
_TEXTS = 200


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    :param sha256: hash of the file in hexadecimal digits.
    :param size: its bytes.
    :param lines: its lines.
    """

    sha256: str
    size: int
    lines: int


def write_canonical(lines: Iterable[str], path: Path) -> Written:
    """Write lines of N-Quads sorted and each once. They hold no blank nodes, whose names mean nothing.

    Values stay exactly as they are written ("1.50" stays "1.50"), which no store promises.

    :param lines: lines with their line ends, in any order, repeated or not; each text is one line or several.
    :param path: file to write.
    :returns: hash and size of the file.
    """
    digest = hashlib.sha256()
    size = count = 0
    with ExitStack() as stack, path.open("wb") as target:
        ordered = iter(_ordered(lines, path, stack))
        while batch := list(islice(ordered, _BATCH)):
            data = b"".join(batch)
            digest.update(data)
            target.write(data)
            size += len(data)
            count += len(batch)
    return Written(digest.hexdigest(), size, count)


def _ordered(lines: Iterable[str], path: Path, stack: ExitStack) -> Iterable[bytes]:
    # Bytes of UTF-8 stand in the order of the code points that they write, and take less memory than text.
    source = _encoded(lines)
    first = sorted(set(islice(source, RUN_LENGTH)))
    second = sorted(set(islice(source, RUN_LENGTH)))
    if not second:
        return first
    folder = Path(stack.enter_context(TemporaryDirectory(dir=path.parent, prefix=".sorting-")))
    runs = [_kept(first, folder / "0"), _kept(second, folder / "1")]
    del first, second
    while run := sorted(set(islice(source, RUN_LENGTH))):
        runs.append(_kept(run, folder / str(len(runs))))
    return _once(heapq.merge(*(stack.enter_context(run.open("rb")) for run in runs)))


def _encoded(texts: Iterable[str]) -> Iterator[bytes]:
    source = iter(texts)
    while batch := "".join(islice(source, _TEXTS)):
        yield from BytesIO(batch.encode())  # which knows no line end but \n, unlike text


def _kept(run: list[bytes], path: Path) -> Path:
    with path.open("wb") as file:
        file.writelines(run)
    return path


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    previous = b""
    for line in lines:
        if line != previous:
            yield line
            previous = line
