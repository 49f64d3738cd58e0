"""YAML 1.2 as a small tree of text with line numbers: no types, no anchors, no tags, no duplicate keys."""

from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from loaders.errors import SourceFault
from loaders.findings import Location, finding

__all__ = ["Listing", "Node", "Pairs", "Scalar", "parse_yaml"]

#: Deeper nesting than any record needs; a deeper file is a mistake or an attack.
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, as text.

    :param text: the value after YAML's quoting is undone, and nothing else.
    :param line: its first line, counted from 1.
    """

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list.

    :param items: its items.
    :param line: its first line.
    """

    items: "tuple[Node, ...]"
    line: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping, in the order of the file.

    :param items: key to value.
    :param lines: key to the line where it stands.
    :param line: its first line.
    """

    items: "dict[str, Node]"
    lines: dict[str, int]
    line: int


Node = Scalar | Listing | Pairs


def parse_yaml(text: str, file: str) -> Node:
    """Read one YAML document.

    :param text: the document.
    :param file: name of the file, for places in findings.
    :returns: its tree.
    :raises SourceError: if the text is no YAML, holds more or less than one document, a duplicate key, an anchor, an
        alias or a tag, or nests too deep.
    """
    try:
        return _Composer(text, file).compose()
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        reason = " ".join(str(error.problem or error.context).split())
        raise SourceFault(finding("yaml-broken", Location(file, line=line), reason=reason)) from error
    except ReaderError as error:
        # The reader counts characters, not lines.
        line = text.count("\n", 0, int(error.position)) + 1
        raise SourceFault(
            finding("yaml-character", Location(file, line=line), character=f"U+{error.character:04X}")
        ) from error
    except (UnicodeError, ValueError, OverflowError) as error:
        # What an escape such as "\ud800" or a wild directive makes of the parser itself.
        raise SourceFault(finding("yaml-broken", Location(file), reason=str(error))) from error


class _Composer:
    """Builds the tree from parser events, so that nothing is ever resolved to a type."""

    def __init__(self, text: str, file: str) -> None:
        self._events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
        self._file = file

    def compose(self) -> Node:
        first = next((event for event in self._events if isinstance(event, DocumentStartEvent)), None)
        if first is None:
            raise self._refusal("file-empty", 1)
        root = self._node(next(self._events), 0)
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                raise self._refusal("yaml-documents", _line(event))
        return root

    def _node(self, event: Event, depth: int) -> Node:
        if depth > _DEEPEST:
            raise self._refusal("yaml-deep", _line(event), deepest=str(_DEEPEST))
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor is not None):
            raise self._refusal("yaml-alias", _line(event))
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._refusal("yaml-tag", _line(event), tag=str(tag))
        if isinstance(event, ScalarEvent):
            return Scalar(event.value, _line(event))
        if isinstance(event, SequenceStartEvent):
            return self._listing(event, depth)
        return self._pairs(event, depth)

    def _listing(self, start: SequenceStartEvent, depth: int) -> Listing:
        items = []
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._node(event, depth + 1))
        return Listing(tuple(items), _line(start))

    def _pairs(self, start: Event, depth: int) -> Pairs:
        items: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._refusal("yaml-key", key.line)
            if key.text in items:
                raise self._refusal("yaml-duplicate-key", key.line, key=key.text, first=str(lines[key.text]))
            lines[key.text] = key.line
            items[key.text] = self._node(next(self._events), depth + 1)
        return Pairs(items, lines, _line(start))

    def _refusal(self, rule: str, line: int, **details: str) -> SourceFault:
        return SourceFault(finding(rule, Location(self._file, line=line), **details))


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1
