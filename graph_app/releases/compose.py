"""A release of content that is N-Quads already, without journal: for measurements on generated graphs."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from graph_app.journal.deployment import open_inbox
from graph_app.releases.assemble import describe_made, publish_release
from graph_app.releases.columns import make_columns
from graph_app.releases.fingerprint import fingerprint
from graph_app.releases.following import add_following
from graph_app.releases.loading import load_content, write_part
from graph_app.releases.notes import DatasetNote, part_name
from graph_app.releases.publish import workshop
from graph_app.releases.release import CURRENT, Release, releases_folder
from graph_app.releases.report import Progress, Steps
from graph_app.settings import Settings

__all__ = ["compose"]


def compose(contents: Iterable[Path], settings: Settings, progress: Progress = lambda _: None) -> Release:
    """Make a release of files of N-Quads and the ontology, and make it the current one.

    :param contents: the files, each a dataset named as the file; no two hold statements of one graph.
    :param settings: where releases are, and the base of all instance IRIs.
    :param progress: told in a sentence what is done next.
    :returns: the release.
    :raises StoreError: if a line is not valid N-Quads.
    :raises ColumnsError: if the columns cannot be made of them.
    """
    folder = releases_folder(settings)
    steps = Steps(progress)
    with workshop(folder) as work:
        making, following = work / "release", work / "following"
        making.mkdir()
        following.mkdir()
        loaded = load_content((), open_inbox(settings), settings.base, making, None, steps)
        for path in contents:
            steps.begin(f"Sorting {path.name}")
            with path.open(encoding="utf-8", newline="\n") as lines:
                loaded.parts.append(write_part(lines, making, part_name(path.stem)))
            loaded.datasets.append(DatasetNote(path.stem, {"en": path.stem}))
        made = make_columns(loaded.parts, making, settings.base, steps)
        release = replace(describe_made(loaded, made, making, steps, None), fingerprint=fingerprint(settings))
        return add_following(publish_release(release, folder / CURRENT), following, progress)
