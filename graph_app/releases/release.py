"""What a release is, and which one is current."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from graph_app.settings import Settings

__all__ = [
    "CONTENT",
    "CURRENT",
    "DESCRIPTION",
    "LAYOUT",
    "STORE",
    "DatasetNote",
    "NoRelease",
    "Release",
    "current_release",
    "read_release",
    "release_from",
    "releases_folder",
    "unreadable",
]

#: Names within the folder of releases and within each release.
CURRENT = "current"
DESCRIPTION = "release.json"
STORE = "store"
CONTENT = "content.nq"

#: How a release is laid out on disk. A release of another number is made anew rather than read wrongly.
LAYOUT = 1


class NoRelease(Exception):
    """There is no release that can be read; the text says how to make one."""


@dataclass(frozen=True, slots=True)
class DatasetNote:
    """What a release says about one of its datasets.

    :param key: its stable name.
    :param title: language to title.
    :param publisher: who published it.
    :param licence: IRI of its licence, or words.
    :param sha256: hash of the file that was loaded.
    """

    key: str
    title: Mapping[str, str] = field(hash=False)
    publisher: str = ""
    licence: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One immutable state of the whole graph.

    :param version: its name: the day it was made, and the first digits of its hash.
    :param path: its folder.
    :param sha256: hash of its canonical content, the sorted N-Quads.
    :param created: when it was made.
    :param triples: how many different quads it holds.
    :param entities: local name of a class to how many instances it has.
    :param datasets: where its content comes from.
    :param findings: severity to how many findings loading gave.
    """

    version: str
    path: Path
    sha256: str
    created: datetime
    triples: int
    entities: Mapping[str, int] = field(hash=False)
    datasets: tuple[DatasetNote, ...] = ()
    findings: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def store(self) -> Path:
        """Folder of its Oxigraph store."""
        return self.path / STORE

    @property
    def content(self) -> Path:
        """Its content as sorted N-Quads, values exactly as they were loaded."""
        return self.path / CONTENT


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
    if not link.exists():
        raise NoRelease(f"There is no release in {settings.home} yet. Run `intgraph build` to make one.")
    return read_release(link.resolve())


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

    :param text: what its ``release.json`` holds.
    :param path: its folder.
    :returns: the release.
    :raises NoRelease: if the description is broken.
    """
    try:
        document = json.loads(text)
        layout = document["layout"]
        release = Release(
            version=document["version"],
            path=path,
            sha256=document["sha256"],
            created=datetime.fromisoformat(document["created"]),
            triples=document["triples"],
            entities=document["entities"],
            datasets=tuple(DatasetNote(**entry) for entry in document["datasets"]),
            findings=document["findings"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise unreadable(path, error) from error
    if layout != LAYOUT:
        raise NoRelease(f"The release {path} is of another version of this program. Run `intgraph build` again.")
    return release


def unreadable(path: Path, error: Exception) -> NoRelease:
    """Say that a part of a release is missing or broken.

    :param path: folder of the release.
    :param error: what happened on reading it.
    :returns: the error to raise.
    """
    return NoRelease(f"The release {path} cannot be read ({error}). Run `intgraph build` again.")
