"""Quotation marks that CORDIS forgets: a field that begins with a quotation has lost the marks around it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from loaders.findings import Finding, Location, finding
from loaders.sources.files import SourceFile
from loaders.sources.tables import PUBLISHED

__all__ = ["repaired"]

#: A field opens with two quotation marks and goes on with text: ``;""Title"" of a project";``.
_OPENS = re.compile(rb'(?:^|[;,])""(?=[^";,\r\n])')
#: The fields of a line: quoted rightly or open to the next line, opened by two marks, or without marks. What two marks
#: open ends with a mark before a separator behind which a field begins, or else, without a mark, before a separator.
_FIELD = re.compile(
    rb'"[^"]*+(?:""[^"]*+)*+(?:"(?=[;,\r\n]|$)|$)'
    rb'|(?P<lost>""[^";,\r\n](?:.*?""?(?=[;,]"|[;,][^";,]*(?:[;,\r\n]|$)|\r?\n|$)|[^;,\r\n]*))'
    rb"|[^;,\r\n]*"
)
#: More such fields in one line are no slip of the publisher, and would take long to look at.
_MOST_LOST = 16
#: Bytes of a line that are looked at together; the reader of tables refuses a longer line.
_LONGEST_LINE = 4 * PUBLISHED.cell


def repaired(file: SourceFile, folder: Path) -> tuple[SourceFile, list[Finding]]:
    """Give fields that open with a doubled quotation mark the marks back that stood around them.

    Rows and lines keep their numbers.

    :param file: a CSV file.
    :param folder: where a repaired copy may be written.
    :returns: the file, or a copy of it where something was repaired, and a finding for each line that was changed.
    """
    lines = _lost_lines(file)
    if not lines:
        return file, []
    copy = folder / f"repaired-{file.sha256}.csv"
    with file.open() as old, copy.open("wb") as new:
        new.writelines(_FIELD.sub(_whole, line) if number in lines else line for number, line in _lines(old))
    return replace(file, path=copy), [
        finding("cordis-quotes", Location(file.name, line=line)) for line in sorted(lines)
    ]


def _lost_lines(file: SourceFile) -> frozenset[int]:
    """Return the lines with such a field; a line that continues a quoted field is not looked at."""
    found = set()
    inside = False
    with file.open() as stream:
        for number, line in _lines(stream):
            whole = line
            if not inside and b'""' in line and 0 < len(_OPENS.findall(line)) <= _MOST_LOST:
                whole = _FIELD.sub(_whole, line)
                if whole != line:
                    found.add(number)
            inside ^= bool(whole.count(b'"') % 2)
    return frozenset(found)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    return enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), start=1)


def _whole(match: re.Match[bytes]) -> bytes:
    lost = match["lost"]
    if lost is None:
        return match[0]
    # A single mark at the end closes the field; two are a quotation mark of the text itself.
    closed = lost.endswith(b'"') and not lost.endswith(b'""')
    return b'"' + lost + (b"" if closed else b'"')
