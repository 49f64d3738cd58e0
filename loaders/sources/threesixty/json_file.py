"""JSON files of any size: grants one by one, every value with its path in the grant and its line."""

import re
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO, NamedTuple

import ijson
from ijson.backends import yajl2_c

from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.records import Cell, SourceRef
from loaders.sources.files import SourceFile
from loaders.sources.threesixty.parts import Node

__all__ = ["read_json"]

#: Bytes that are handed on at once; a line that is longer is read in pieces.
_PIECE, _MORE_PIECES = 65_536, 16
#: Bytes after which a value must have ended; more is no text of a grant.
_LONGEST_VALUE = 16_000_000
_MARK = b"\xef\xbb\xbf"
#: UTF-16 and UTF-32 show in a zero byte beside the first character, or in their marks.
_WIDE = re.compile(rb"\x00|.\x00|\xff\xfe|\xfe\xff", re.DOTALL)
#: One half of a character that is written as two; the parser would put a question mark in its place without a word.
_HALF = re.compile(
    rb"(?<!\\)((?:\\\\)*)(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)
_REPLACEMENT = rb"\1\\ufffd"
_REASON = re.compile(r"(?:lexical|parse) error: ([^\n]*)")
#: Levels of objects and lists in one grant, and values in it; the standard needs five levels and some hundred values.
_DEEPEST, _MOST_VALUES = 32, 20_000
#: A number with more digits in front of its point is no amount, and would fill the memory when written out.
_LONGEST_NUMBER = 40


class _Event(NamedTuple):
    line: int
    name: str
    value: Any


@dataclass(slots=True)
class _Open:
    """An object or list whose end has not come yet."""

    node: "dict[str, Node] | list[Node]"
    path: str
    key: str = ""

    @property
    def place(self) -> str:
        if isinstance(self.node, list):
            return f"{self.path}[{len(self.node)}]"
        return f"{self.path}/{self.key}" if self.path else self.key

    def put(self, value: Node) -> None:
        if isinstance(self.node, list):
            self.node.append(value)
        else:
            self.node[self.key] = value


def read_json(file: SourceFile, dataset: str) -> Iterator[tuple[dict[str, Node], SourceRef] | Finding]:
    """Read a file of 360Giving JSON: an object whose key ``grants`` holds the list of grants.

    The rest of the object describes the publication and is not read.

    :param file: the file.
    :param dataset: key of the dataset.
    :returns: each grant with the line where it begins; a finding for each that cannot be used.
    :raises SourceError: if the file is no well-formed JSON in UTF-8, or not such an object.
    """
    notices: list[Finding] = []
    with closing(_events(file, notices)) as events:
        yield from _Reader(file, dataset, events, notices).read()


@dataclass(slots=True)
class _Reader:
    file: SourceFile
    dataset: str
    events: Iterator[_Event]
    notices: list[Finding]
    faults: list[Finding] = field(default_factory=list)

    def read(self) -> Iterator[tuple[dict[str, Node], SourceRef] | Finding]:
        self._expect("start_map")
        found = False
        for event in self.events:
            if event.name == "end_map":
                break
            if event.value != "grants":
                self._skip(next(self.events))
                continue
            if found:
                raise self._refused("threesixty-key-twice", event, value="grants")
            found = True
            self._expect("start_array")
            yield from self._grants()
        for _ in self.events:  # what follows the object is a fault, which the parser finds
            pass
        if not found:
            raise SourceFault(finding("threesixty-no-grants", Location(self.file.name)))

    def _grants(self) -> Iterator[tuple[dict[str, Node], SourceRef] | Finding]:
        number = -1
        for event in self.events:
            if event.name == "end_array":
                return
            number += 1
            path = f"grants[{number}]"
            if event.name != "start_map":
                self._skip(event)
                yield finding("threesixty-not-a-grant", Location(self.file.name, column=path, line=event.line))
                continue
            tree = self._object(path)
            yield from self.notices
            self.notices.clear()
            if self.faults:
                yield from self.faults
                self.faults.clear()
            else:
                yield tree, SourceRef(self.dataset, self.file.name, self.file.sha256, line=event.line, locator=path)

    def _object(self, path: str) -> dict[str, Node]:
        """Build an object whose beginning was read; where it has a fault, what was built must not be used."""
        top: dict[str, Node] = {}
        stack = [_Open(top, "")]
        values = 0
        for line, name, value in self.events:
            inner = stack[-1]
            if name in ("end_map", "end_array"):
                stack.pop()
                if not stack:
                    break
                continue
            if name == "map_key":
                inner.key = value
                if value in inner.node:
                    self._fault("threesixty-key-twice", line, f"{path}/{inner.place}", value=value)
                continue
            values += 1
            if values > _MOST_VALUES:
                self._fault("threesixty-too-many", line, path, values=_MOST_VALUES)
                inner.node.clear()  # the grant is not used, so nothing more of it is kept
            if name not in ("start_map", "start_array"):
                inner.put(None if name == "null" else Cell(_text(value), inner.place, line))
            elif len(stack) == _DEEPEST:
                self._fault("threesixty-too-deep", line, path, levels=_DEEPEST)
                self._skip(_Event(line, name, value))
                inner.put(None)
            else:
                opened = _Open({} if name == "start_map" else [], inner.place)
                inner.put(opened.node)
                stack.append(opened)
        return top

    def _fault(self, rule: str, line: int, path: str, *, value: str = "", **details: object) -> None:
        if all(found.rule != rule for found in self.faults):
            place = Location(self.file.name, column=path, line=line)
            self.faults.append(finding(rule, place, value=value, focus="", path="", **details))

    def _skip(self, event: _Event) -> None:
        """Read to the end of a value whose first event was read."""
        depth = int(event.name.startswith("start_"))
        while depth:
            name = next(self.events).name
            depth += name.startswith("start_") - name.startswith("end_")

    def _expect(self, name: str) -> None:
        event = next(self.events)
        if event.name != name:
            raise self._refused("threesixty-no-grants", event)

    def _refused(self, rule: str, event: _Event, value: str = "") -> SourceFault:
        return SourceFault(finding(rule, Location(self.file.name, line=event.line), value=value))


def _events(file: SourceFile, notices: list[Finding]) -> Generator[_Event, None, None]:
    """Yield what the parser finds, with the line on which it ended; tell in the notices what was changed before.

    The parser tells no places, so it is given one line after the other.
    """
    events = ijson.sendable_list()
    parser = yajl2_c.basic_parse_coro(events)
    line, waiting = 1, 0
    with file.open() as stream:
        start = stream.read(len(_MARK))
        if _WIDE.match(start) is not None:
            raise SourceFault(finding("threesixty-json-encoding", Location(file.name)))
        stream.seek(len(_MARK) if start == _MARK else 0)
        try:
            while piece := _piece(stream):
                if b"\\u" in piece:
                    piece, halves = _HALF.subn(_REPLACEMENT, piece)
                    if halves:
                        notices.append(finding("threesixty-half-character", Location(file.name, line=line)))
                parser.send(piece)
                waiting = 0 if events else waiting + len(piece)
                if waiting > _LONGEST_VALUE:
                    raise SourceFault(finding("threesixty-value-endless", Location(file.name, line=line)))
                for name, value in events:
                    yield _Event(line, name, value)
                events.clear()
                line += piece.endswith(b"\n")
            parser.close()
        # Beside its own error, the parser lets through what Python says of numbers that are too long.
        except (ijson.JSONError, ArithmeticError, SystemError) as error:
            told = _REASON.match(str(error))
            reason = told[1].strip() if told is not None else "a number is too long"
            raise SourceFault(finding("threesixty-json", Location(file.name, line=line), reason=reason)) from error
    for name, value in events:
        yield _Event(line, name, value)


def _piece(stream: BinaryIO) -> bytes:
    """Read a line, or a piece of a long one that does not end within a character that is written as two."""
    piece = stream.readline(_PIECE)
    for _ in range(_MORE_PIECES):
        if piece.endswith(b"\n") or b"\\" not in piece[-12:]:
            break
        piece += stream.readline(_PIECE)
    return piece


def _text(value: object) -> str:
    """Write a value out: numbers exactly, without exponent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value.adjusted()) < _LONGEST_NUMBER else str(value)
    return str(value)
