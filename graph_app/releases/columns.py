"""The columns of a release in the making: from its content, or from the columns of a release that differs little."""

from collections.abc import Iterable
from pathlib import Path

from graph_app.columns.encoding import build_columns, copy_columns, patch_columns
from graph_app.releases.graph import Patch
from graph_app.releases.notes import Part
from graph_app.releases.release import COLUMNS, CONTENT, Release
from graph_app.releases.report import Steps

__all__ = ["make_columns"]


def make_columns(
    parts: Iterable[Part], work: Path, steps: Steps, like: Release | None = None, patch: Patch | None = None
) -> None:
    """Make the columns. They need the content alone, and no store.

    :param parts: the files of the content, what is derived among them.
    :param work: folder of the release in the making, which gets the columns.
    :param steps: told what is done.
    :param like: the release to start from, where there is a patch.
    :param patch: what to change in its columns.
    :raises ColumnsError: if a line is not valid N-Quads, or the disk refuses.
    """
    if like is None or patch is None:
        steps.begin("Encoding columns")
        build_columns(work / COLUMNS, *(work / CONTENT / part.name for part in parts))
        return
    steps.begin(f"Patching the columns of {like.version}")
    copy_columns(like.columns, work / COLUMNS)
    patch_columns(work / COLUMNS, patch.removed, patch.added)
