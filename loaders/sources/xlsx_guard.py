"""What is checked of a workbook before it is parsed: its true size, plain XML, and no place named twice."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from loaders.errors import SourceFault
from loaders.findings import Location, finding
from loaders.sources.files import SourceFile
from loaders.sources.tables import ENTERED, Limits

__all__ = ["check_workbook"]

_HIGHEST_RATIO, _MOST_PARTS = 100, 2_000
#: A small part may be all spaces; only what adds up is judged by its ratio.
_JUDGED_BY_RATIO = 1_000_000
#: The texts of a workbook are kept in memory while it is read, unlike its rows.
_MOST_TEXT = 100_000_000
_ENCRYPTED_FLAG = 0x1
#: Old and password-protected workbooks are compound files, not archives.
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
#: The place of a row or cell. What stands there twice, or above an earlier row, would be read as if it were not there.
_PLACE = re.compile(rb"<(?:\w+:)?(row|c)\s(?:[^<>]{0,500}?\s)?r=[\"']([^\"']*)[\"']")
#: The element of a formula; a zero byte means an encoding in which it would look otherwise.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]|\x00")
#: Bytes that are looked at together, and the least of them that come again with the next, lest a tag be cut in two.
_PIECE, _OVERLAP = 4_000_000, 1_000


def check_workbook(file: SourceFile, limits: Limits = ENTERED) -> bool:
    """Refuse a workbook that is none, unpacks into too much, declares types or entities, or names a place twice.

    Sizes are judged from the directory of the archive, before a byte is unpacked; the archive module reads no more of a
    part than its directory says.

    :param file: the file.
    :param limits: how much it may unpack into.
    :returns: whether any cell may hold a formula.
    :raises SourceError: if the workbook must not be parsed.
    """
    formulas = False
    here = Location(file.name)
    try:
        with file.open() as stream:
            if stream.read(len(_COMPOUND_FILE)) == _COMPOUND_FILE:
                raise SourceFault(finding("xlsx-protected", here))
            with zipfile.ZipFile(stream) as archive:
                parts = archive.infolist()
                _check_sizes(file, parts, limits)
                for part in parts:
                    if part.flag_bits & _ENCRYPTED_FLAG:
                        raise SourceFault(finding("xlsx-protected", here))
                    with archive.open(part) as unpacked:
                        formulas |= _check_part(file, part.filename, unpacked)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise SourceFault(finding("xlsx-broken", here, reason=str(error))) from error
    return formulas


def _check_sizes(file: SourceFile, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if "sharedstrings" in part.filename.lower())
    ratio = unpacked / file.size
    bomb = unpacked > _JUDGED_BY_RATIO and ratio > _HIGHEST_RATIO
    if unpacked > limits.unpacked or texts > _MOST_TEXT or bomb or len(parts) > _MOST_PARTS:
        raise SourceFault(
            finding(
                "xlsx-too-large",
                Location(file.name),
                size=unpacked,
                largest=limits.unpacked,
                ratio=round(ratio),
            )
        )


def _check_part(file: SourceFile, part: str, unpacked: IO[bytes]) -> bool:
    """Check one part; returns whether it is a sheet with formulas."""
    formulas = False
    order = _Order(file, part) if "sheet" in part else None
    for piece in _pieces(unpacked):
        if any(word in piece for word in _DECLARATIONS):
            raise SourceFault(finding("xlsx-doctype", Location(file.name), part=part))
        if order is not None:
            order.check(piece)
            formulas = formulas or _FORMULA.search(piece) is not None
    return formulas


def _pieces(unpacked: IO[bytes]) -> Iterator[bytes]:
    """Yield a part in pieces that are cut before a tag, so that no tag is cut and none is seen twice."""
    rest = b""
    while read := unpacked.read(_PIECE):
        piece = rest + read
        # One byte more: in UTF-16 the first of a tag may be a zero.
        cut = piece.rfind(b"<") - 1
        if cut <= 0 or len(piece) - cut > _PIECE:
            cut = max(len(piece) - _OVERLAP, 0)
        yield piece[:cut]
        rest = piece[cut:]
    yield rest


class _Order:
    """Watches the places of a sheet, of which each may come once and no row after a later one."""

    def __init__(self, file: SourceFile, part: str) -> None:
        self._file = file
        self._part = part
        self._last = 0
        self._cells: set[bytes] = set()

    def check(self, piece: bytes) -> None:
        for match in _PLACE.finditer(piece):
            element, place = match.groups()
            wrong = int(place) <= self._last if element == b"row" else place in self._cells
            if wrong:
                shown = place.decode("ascii", errors="replace")
                raise SourceFault(finding("xlsx-order", Location(self._file.name), value=shown, part=self._part))
            if element == b"row":
                self._last = int(place)
                self._cells.clear()
            else:
                self._cells.add(place)
