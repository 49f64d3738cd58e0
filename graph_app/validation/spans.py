"""Where in a text file the value of a finding stands, to the character, so that programs can repair it."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from graph_app.validation.repairs import repaired
from loaders.findings import Finding
from loaders.normalise.encodings import decode
from loaders.sources.files import LARGEST_FILE, shown_name

__all__ = ["Span", "TextSpans"]

_SUFFIXES = frozenset({".csv", ".yaml", ".yml"})
_LINE_END = re.compile(r"\r\n|\r|\n")
#: What stands around a value in a CSV or YAML file.
_BOUND = r"\s;,\"'\[\]{}:"
#: A repair with one of these might end its cell or begin something else.
_UNSAFE = re.compile(r"[;,\"'\t\r\n#\[\]{}]|: ")


class Span(NamedTuple):
    """A part of one line.

    :param line: the line, counted from 1.
    :param start: its first character in the line, counted from 1.
    :param end: the character behind its last one.
    """

    line: int
    start: int
    end: int


class TextSpans:
    """Finds values in text files; each file is read when the first of its values is looked for.

    :param paths: the files; those of other kinds, or too large, have no spans.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = {shown_name(path.name): path for path in paths if path.suffix.lower() in _SUFFIXES}
        self._lines = cache(self._read)

    def __call__(self, found: Finding) -> Span | None:
        """Return where the value of a finding stands.

        :param found: the finding.
        :returns: the span; ``None`` without a repair that can be put there, or where the line does not hold the value
            exactly once.
        """
        place, mended = found.location, repaired(found)
        if not mended or place is None or place.line is None or _UNSAFE.search(mended):
            return None
        lines = self._lines(place.file)
        if not 0 < place.line <= len(lines):
            return None
        value = re.compile(rf"(?<![^{_BOUND}]){re.escape(found.value.strip())}(?![^{_BOUND}])")
        matches = [match.span() for match in value.finditer(lines[place.line - 1])]
        if len(matches) != 1:
            return None
        (start, end) = matches[0]
        return Span(place.line, start + 1, end + 1)

    def _read(self, name: str) -> list[str]:
        path = self._paths.get(name)
        if path is None or path.stat().st_size > LARGEST_FILE:
            return []
        return _LINE_END.split(decode(path.read_bytes())[0])
