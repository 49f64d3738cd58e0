"""The archive in which CORDIS publishes its tables, unpacked only after its directory was judged."""

import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.sources.files import SourceFile, shown_name
from loaders.sources.tables import PUBLISHED

__all__ = ["unpacked"]

#: Text packs to a tenth; what packs to less than a hundredth was made to fill a disk.
_HIGHEST_RATIO, _MOST_PARTS = 100, 100
_JUDGED_BY_RATIO = 1_000_000
_ENCRYPTED = 0x1


def unpacked(file: SourceFile, folder: Path) -> Iterator[Path | Finding]:
    """Unpack the CSV files of an archive.

    Nothing of the archive decides where a file is written: only the last part of its name is used.

    :param file: the archive.
    :param folder: an empty folder.
    :returns: the CSV files, those of projects before those of organisations, and a finding for every other part.
    :raises SourceError: if the archive is broken, protected, too large, or names a file twice or outside itself.
    """
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            _check(file, parts)
            for part in sorted(parts, key=lambda part: ("organi" in part.filename.casefold(), part.filename)):
                name = PurePosixPath(part.filename).name
                if PurePosixPath(name).suffix.casefold() != ".csv":
                    yield finding("cordis-part-left-out", Location(file.name), value=shown_name(name))
                    continue
                target = folder / name
                with archive.open(part) as packed, target.open("xb") as plain:
                    shutil.copyfileobj(packed, plain)
                yield target
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise SourceFault(finding("cordis-archive-broken", Location(file.name), reason=str(error))) from error


def _check(file: SourceFile, parts: list[zipfile.ZipInfo]) -> None:
    here = Location(file.name)
    size = sum(part.file_size for part in parts)
    bomb = size > _JUDGED_BY_RATIO and size > _HIGHEST_RATIO * file.size
    if size > PUBLISHED.unpacked or bomb or len(parts) > _MOST_PARTS:
        raise SourceFault(finding("cordis-archive-too-large", here, size=size, largest=PUBLISHED.unpacked))
    names: set[str] = set()
    for part in parts:
        path = PurePosixPath(part.filename)
        shown = shown_name(part.filename)
        if part.flag_bits & _ENCRYPTED:
            raise SourceFault(finding("cordis-archive-protected", here))
        link = stat.S_ISLNK(part.external_attr >> 16)
        if link or path.is_absolute() or ".." in path.parts or "\\" in part.filename or path.name.casefold() in names:
            raise SourceFault(finding("cordis-archive-path", here, value=shown))
        names.add(path.name.casefold())
