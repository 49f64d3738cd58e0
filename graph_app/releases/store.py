"""The store of a release: it follows where it takes long, and comes with the release where a patch makes it."""

from pathlib import Path

from graph_app.releases.patch import Patch
from graph_app.releases.publish import settle
from graph_app.releases.release import STORE, Release
from graph_app.store.oxigraph import build_store
from graph_app.store.patching import copy_store, patch_store

__all__ = ["add_store", "patch_like"]


def patch_like(like: Release, patch: Patch, folder: Path) -> None:
    """Make the store of a release that differs little from another one.

    :param like: the other release, whose store is there.
    :param patch: what to change in it, derived statements included.
    :param folder: folder of the release in the making.
    :raises StoreError: if a line is not valid N-Quads, or the disk refuses.
    """
    copy_store(like.store, folder / STORE)
    patch_store(folder / STORE, patch.removed, patch.added)


def add_store(release: Release, work: Path) -> None:
    """Make the store of a release that is published already; meanwhile columns answer.

    :param release: the release.
    :param work: an empty folder on the same disk.
    :raises StoreError: if the disk refuses.
    """
    build_store(work / STORE, *release.content_files)
    settle(work / STORE, release.store)
