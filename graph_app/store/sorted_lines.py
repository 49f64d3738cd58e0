"""Find lines in a file of canonical N-Quads without reading all of it: its lines are sorted."""

import mmap
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Text", "beginning_with", "line_end", "mapped", "place_of", "with_object"]

Text = mmap.mmap | bytes

#: From so many IRIs on, all lines are gone through once rather than the text once for each.
_MANY = 30
#: The end of a line whose object is an IRI.
_WITH_IRI = re.compile(rb" <([^<> ]+)> <[^<> ]+> \.\n")


@contextmanager
def mapped(path: Path) -> Iterator[Text]:
    """Lend a file as bytes that are read when they are looked at.

    :param path: the file.
    """
    with path.open("rb") as stream:
        if not path.stat().st_size:  # what is empty cannot be mapped
            yield b""
            return
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
            yield text


def place_of(text: Text, key: bytes, low: int = 0) -> int:
    """Return where the first line stands that is not less than a key.

    :param text: sorted lines.
    :param key: the key.
    :param low: where a line begins, from which on it is looked.
    """
    high = len(text)
    while low < high:
        middle = (low + high) // 2
        start = text.rfind(b"\n", low, middle) + 1 or low
        if text[start : start + len(key)] < key:
            low = line_end(text, middle)
        else:
            high = start
    return low


def line_end(text: Text, place: int) -> int:
    """Return where the line ends in which a place lies, behind its line end.

    :param text: lines.
    :param place: the place.
    """
    return text.find(b"\n", place) + 1 or len(text)


def beginning_with(text: Text, key: bytes) -> list[bytes]:
    """Return the lines that begin with a key.

    :param text: sorted lines.
    :param key: the key, such as ``b"<urn:x> "`` for what is said of one thing.
    """
    start = end = place_of(text, key)
    while text[end : end + len(key)] == key:
        end = line_end(text, end)
    return text[start:end].splitlines(keepends=True)


def with_object(text: Text, iris: Collection[bytes]) -> Iterator[bytes]:
    """Return the lines whose object is one of some IRIs.

    :param text: lines of canonical N-Quads.
    :param iris: the IRIs, without angle brackets.
    """
    if len(iris) < _MANY:
        for iri in iris:
            yield from _naming(text, b" <" + iri + b"> <")
        return
    for found in _WITH_IRI.finditer(text):
        if found[1] in iris:
            yield _line(text, found.start())


def _naming(text: Text, term: bytes) -> Iterator[bytes]:
    """Return the lines whose object is a term, given with what stands around it."""
    place = text.find(term)
    while place >= 0:
        line = _line(text, place)
        # The same letters may stand in a literal, or be the predicate.
        if line.split(b" ", 2)[2].startswith(term[1:]):
            yield line
        place = text.find(term, line_end(text, place))


def _line(text: Text, place: int) -> bytes:
    return text[text.rfind(b"\n", 0, place) + 1 : line_end(text, place)]
