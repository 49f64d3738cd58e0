"""What is checked of a workbook before it is parsed: its true size, plain XML, and no place named twice."""

import re
import zipfile
import zlib
from io import BytesIO

from loaders.errors import SourceFault
from loaders.findings import Location, finding
from loaders.sources.files import SourceFile

__all__ = ["check_workbook"]

_MOST_BYTES, _HIGHEST_RATIO, _MOST_PARTS = 100_000_000, 100, 2_000
#: A small part may be all spaces; only what adds up is judged by its ratio.
_JUDGED_BY_RATIO = 1_000_000
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


def check_workbook(file: SourceFile) -> bool:
    """Refuse a workbook that is none, unpacks into too much, declares types or entities, or names a place twice.

    Sizes are judged from the directory of the archive, before a byte is unpacked; the archive module reads no more of a
    part than its directory says.

    :param file: the file.
    :returns: whether any cell may hold a formula.
    :raises SourceError: if the workbook must not be parsed.
    """
    formulas = False
    here = Location(file.name)
    if file.content.startswith(_COMPOUND_FILE):
        raise SourceFault(finding("xlsx-protected", here))
    try:
        with zipfile.ZipFile(BytesIO(file.content)) as archive:
            parts = archive.infolist()
            _check_sizes(file, parts)
            for part in parts:
                if part.flag_bits & _ENCRYPTED_FLAG:
                    raise SourceFault(finding("xlsx-protected", here))
                content = archive.read(part)
                if any(word in content for word in _DECLARATIONS):
                    raise SourceFault(finding("xlsx-doctype", here, part=part.filename))
                if "sheet" in part.filename:
                    _check_order(file, part.filename, content)
                    formulas = formulas or _FORMULA.search(content) is not None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise SourceFault(finding("xlsx-broken", here, reason=str(error))) from error
    return formulas


def _check_sizes(file: SourceFile, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / len(file.content)
    bomb = unpacked > _JUDGED_BY_RATIO and ratio > _HIGHEST_RATIO
    if unpacked > _MOST_BYTES or bomb or len(parts) > _MOST_PARTS:
        raise SourceFault(
            finding(
                "xlsx-too-large",
                Location(file.name),
                size=unpacked,
                largest=_MOST_BYTES,
                ratio=round(ratio),
            )
        )


def _check_order(file: SourceFile, part: str, content: bytes) -> None:
    last = 0
    cells: set[bytes] = set()
    for match in _PLACE.finditer(content):
        element, place = match.groups()
        wrong = int(place) <= last if element == b"row" else place in cells
        if wrong:
            shown = place.decode("ascii", errors="replace")
            raise SourceFault(finding("xlsx-order", Location(file.name), value=shown, part=part))
        if element == b"row":
            last = int(place)
            cells.clear()
        else:
            cells.add(place)
