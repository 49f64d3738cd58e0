"""What a release is, and which one is current."""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from graph_app.journal.events import START, Head
from graph_app.releases.notes import DatasetNote, FileNote, Part
from graph_app.releases.report import UNKNOWN, BuildReport, Kind
from graph_app.settings import Settings

__all__ = [
    "AS_LOADED",
    "COLUMNS",
    "CONTENT",
    "CURRENT",
    "DESCRIPTION",
    "LAYOUT",
    "SEARCH",
    "STATED",
    "STORE",
    "DatasetNote",
    "NoRelease",
    "Release",
    "current_release",
    "read_release",
    "release_folders",
    "release_from",
    "releases",
    "releases_folder",
    "unreadable",
    "write_release",
]

logger = logging.getLogger(__name__)

#: Names within the folder of releases and within each release.
CURRENT = "current"
DESCRIPTION = "release.json"
STORE = "store"
COLUMNS = "columns"
STATED = "stated"
CONTENT = "content"
AS_LOADED = "as-loaded"
SEARCH = "search.db"

#: How a release is laid out on disk. A release of another number is made anew rather than read wrongly.
LAYOUT = 6


class NoRelease(Exception):
    """There is no release that can be read; the text says how to make one."""


@dataclass(frozen=True, slots=True)
class Release:
    """One immutable state of the whole graph.

    :param version: its name: the day it was made, and the first digits of its hash.
    :param path: its folder.
    :param sha256: hash of its content: of the lines that ``sha256sum *.nq`` prints for its files.
    :param created: when it was made.
    :param triples: how many different quads it holds.
    :param entities: local name of a class to how many instances it has.
    :param datasets: where its content comes from.
    :param findings: severity to how many findings loading gave.
    :param journal: the event up to which the journal was read.
    :param parts: the files of its content, by name.
    :param report: how it was made.
    :param fingerprint: hash of all that it follows from beside journal and inbox.
    :param decisions: hash of what was decided on who is who, or empty.
    :param as_loaded: files of what was loaded whose content is another, because several mentions in it are one.
    """

    version: str
    path: Path
    sha256: str
    created: datetime
    triples: int
    entities: Mapping[str, int] = field(hash=False)
    datasets: tuple[DatasetNote, ...] = ()
    findings: Mapping[str, int] = field(default_factory=dict, hash=False)
    journal: Head = START
    parts: tuple[Part, ...] = ()
    report: BuildReport = UNKNOWN
    fingerprint: str = ""
    decisions: str = ""
    as_loaded: tuple[Part, ...] = ()

    @property
    def store(self) -> Path:
        """Folder of its Oxigraph store."""
        return self.path / STORE

    @property
    def complete(self) -> bool:
        """Whether its store is there already; until then columns alone answer."""
        return self.store.is_dir()

    @property
    def columns(self) -> Path:
        """Folder of its columns."""
        return self.path / COLUMNS

    @property
    def search(self) -> Path:
        """File of its search index."""
        return self.path / SEARCH

    @property
    def content(self) -> Path:
        """Folder of its content as text."""
        return self.path / CONTENT

    @property
    def content_files(self) -> tuple[Path, ...]:
        """The files of its content, by name."""
        return tuple(self.content / part.name for part in self.parts)

    def as_loaded_file(self, name: str) -> Path:
        """Return a file of its content as it was loaded: before several mentions in it became one.

        :param name: name of the file.
        """
        return self.path / (AS_LOADED if any(part.name == name for part in self.as_loaded) else CONTENT) / name

    @property
    def loads(self) -> frozenset[str]:
        """What tells the loads apart that it was made of."""
        return frozenset(note.load for note in self.datasets)

    @property
    def files(self) -> Mapping[str, str]:
        """Name of each file of its content, and its hash."""
        return {part.name: part.sha256 for part in self.parts}


def releases_folder(settings: Settings) -> Path:
    """Return the folder of all releases."""
    return settings.home / "releases"


def current_release(settings: Settings) -> Release:
    """Return the release that readers see: of the home, or, where one is set, of the remote engine.

    :param settings: where releases are.
    :returns: the release, with the path of its own folder, so that it stays the same when another takes its place.
    :raises NoRelease: if there is none, or it cannot be read.
    """
    if settings.store:
        # Imported late: it needs this module.
        from graph_app.releases.remote import remote_release  # noqa: PLC0415

        return remote_release(settings)
    link = releases_folder(settings) / CURRENT
    while link.exists():
        target = link.resolve()
        try:
            return read_release(target)
        except NoRelease:
            if target == link.resolve():
                raise  # else another release has taken its place, and the old one was removed
    raise NoRelease(f"There is no release in {settings.home} yet. Run `intgraph build` to make one.")


def releases(settings: Settings) -> tuple[Release, ...]:
    """Return all releases that can be read, the newest first.

    :param settings: where releases are.
    """
    found = []
    for path in release_folders(settings):
        try:
            found.append(read_release(path))
        except NoRelease as error:
            logger.warning("%s", error)
    # Two releases of one second follow each other as the events did that they were made from.
    return tuple(
        sorted(found, key=lambda release: (release.created, release.journal.seq, release.version), reverse=True)
    )


def release_folders(settings: Settings) -> tuple[Path, ...]:
    """Return the folders of all releases, also of those that cannot be read.

    :param settings: where releases are.
    """
    folder = releases_folder(settings)
    if not folder.is_dir():
        return ()
    found = (path for path in folder.iterdir() if not path.name.startswith(".") and not path.is_symlink())
    return tuple(sorted(path for path in found if path.is_dir()))


def read_release(path: Path) -> Release:
    """Read the description of one release.

    :param path: its folder.
    :returns: the release.
    :raises NoRelease: if its description is missing or broken.
    """
    try:
        text = (path / DESCRIPTION).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    return release_from(text, path)


def release_from(text: str, path: Path) -> Release:
    """Make a release of its description.

    :param text: what :func:`write_release` wrote.
    :param path: folder of the release.
    :returns: the release.
    :raises NoRelease: if the text is no description, or that of another version of this program.
    """
    try:
        document = json.loads(text)
        if document["layout"] != LAYOUT:
            raise NoRelease(f"The release {path} is of another version of this program. Run `intgraph build` again.")
        return _release(document, path)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise unreadable(path, error) from error


def write_release(release: Release, folder: Path) -> None:
    """Write the description of a release.

    :param release: the release.
    :param folder: where it is made.
    """
    document = {"layout": LAYOUT} | asdict(release) | {"created": release.created.isoformat()}
    del document["path"]
    text = json.dumps(document, ensure_ascii=False, indent=2)
    (folder / DESCRIPTION).write_text(text + "\n", encoding="utf-8")


def unreadable(path: Path, error: Exception) -> NoRelease:
    """Say that a part of a release is missing or broken.

    :param path: folder of the release.
    :param error: what happened on reading it.
    :returns: the error to raise.
    """
    return NoRelease(f"The release {path} cannot be read ({error}). Run `intgraph build` again.")


def _release(document: Mapping[str, Any], path: Path) -> Release:
    return Release(
        version=document["version"],
        path=path,
        sha256=document["sha256"],
        created=datetime.fromisoformat(document["created"]),
        triples=document["triples"],
        entities=document["entities"],
        datasets=tuple(
            DatasetNote(**entry | {"files": tuple(FileNote(**file) for file in entry["files"])})
            for entry in document["datasets"]
        ),
        findings=document["findings"],
        journal=Head(**document["journal"]),
        parts=tuple(Part(**entry) for entry in document["parts"]),
        report=BuildReport(**document["report"] | {"kind": Kind(document["report"]["kind"])}),
        fingerprint=document["fingerprint"],
        decisions=document.get("decisions", ""),
        as_loaded=tuple(Part(**entry) for entry in document.get("as_loaded", ())),
    )
