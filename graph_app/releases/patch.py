"""What tells a release in the making from one before it, and whether that is little enough to patch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph_app.releases.loading import DERIVED
from graph_app.releases.notes import Part
from graph_app.releases.release import CONTENT, Release
from graph_app.store.difference import Change, changes

__all__ = ["MOST_CHANGED", "SHARE_CHANGED", "Patch", "count_changes", "patch_between"]

#: A release is patched where at most this share of its statements changes, and at most so many: beyond that it is made
#: anew about as quickly, and without traces of what it held before.
SHARE_CHANGED = 0.1
MOST_CHANGED = 200_000


@dataclass(frozen=True, slots=True)
class Patch:
    """How to make columns or store of those of another release.

    :param changes: what changes, by subject and predicate.
    """

    changes: tuple[Change, ...] = ()

    @property
    def removed(self) -> list[bytes]:
        """Lines of N-Quads to remove."""
        return [line for change in self.changes for line in sorted(change.removed)]

    @property
    def added(self) -> list[bytes]:
        """Lines to add after that, those with them that may be removed by mistake."""
        again = ((change.added | change.kept if change.removed else change.added) for change in self.changes)
        return [line for lines in again for line in sorted(lines)]

    @property
    def counts(self) -> tuple[int, int]:
        """How many statements come, and how many go."""
        return _count(self.changes)


def patch_between(like: Release, parts: Iterable[Part], work: Path) -> Patch | None:
    """Compare a release with the content of one in the making, without what is derived.

    :param like: the release.
    :param parts: the files of the other content.
    :param work: folder of the release in the making.
    :returns: what to change, or ``None`` if that is too much for a patch.
    """
    found: list[Change] = []
    most = min(int(like.triples * SHARE_CHANGED), MOST_CHANGED)
    counted = 0
    base = (part for part in like.parts if part.name != DERIVED)
    for change in _changes(like, base, parts, work):
        counted += len(change.removed) + len(change.added)
        if counted > most:
            return None
        found.append(change)
    return Patch(tuple(found))


def count_changes(like: Release | None, parts: Iterable[Part], work: Path) -> tuple[int, int]:
    """Count what a content has that a release has not, and the other way round.

    :param like: the release, or ``None`` for one without content.
    :param parts: the files of the content.
    :param work: folder of the release in the making.
    :returns: how many statements came, and how many went.
    """
    if like is None:
        return sum(part.statements for part in parts), 0
    return _count(_changes(like, like.parts, parts, work))


def _count(found: Iterable[Change]) -> tuple[int, int]:
    added = removed = 0
    for change in found:
        added += len(change.added)
        removed += len(change.removed)
    return added, removed


def _changes(like: Release, before: Iterable[Part], after: Iterable[Part], work: Path) -> Iterator[Change]:
    old = {part.name: part.sha256 for part in before}
    new = {part.name: part.sha256 for part in after}
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield from changes(
                like.content / name if name in old else None, work / CONTENT / name if name in new else None
            )
