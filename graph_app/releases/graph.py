"""The store of a release in the making: from its content, or from the store of a release that differs little."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph_app.releases.loading import DERIVED, write_part
from graph_app.releases.notes import Part
from graph_app.releases.release import CONTENT, STATED, STORE, Release
from graph_app.releases.report import Kind, Steps
from graph_app.releases.rules import derive
from graph_app.store.difference import Change, changes
from graph_app.store.oxigraph import build_store, extend_store
from graph_app.store.patching import copy_store, patch_store
from loaders import resources
from loaders.mapping.quads import derived_graph
from loaders.vocabulary import prefixes

__all__ = ["MOST_CHANGED", "SHARE_CHANGED", "Made", "Patch", "count_changes", "make_store", "patch_between"]

#: A store is patched where at most this share of its statements changes, and at most so many: beyond that it is made
#: anew about as quickly, and without traces of what it held before.
SHARE_CHANGED = 0.1
MOST_CHANGED = 200_000


@dataclass(frozen=True, slots=True)
class Patch:
    """How to make one store of another one.

    :param removed: lines of N-Quads to remove.
    :param added: lines to add after that, those with them that may be removed by mistake.
    """

    removed: list[bytes]
    added: list[bytes]

    def include(self, change: Change) -> None:
        """Take a change in as well.

        :param change: a change of other statements.
        """
        self.removed.extend(sorted(change.removed))
        self.added.extend(sorted(change.added | change.kept if change.removed else change.added))


@dataclass(frozen=True, slots=True)
class Made:
    """How a store was made.

    :param kind: anew or by a patch.
    :param derived: the file of what follows by rule.
    :param patch: what was changed in the release before it, derived statements included; ``None`` for one made anew.
    """

    kind: Kind
    derived: Part
    patch: Patch | None = None


def patch_between(like: Release, parts: Iterable[Part], work: Path) -> Patch | None:
    """Compare a release with the content of one in the making, without what is derived.

    :param like: the release.
    :param parts: the files of the other content.
    :param work: folder of the release in the making.
    :returns: what to change, or ``None`` if that is too much for a patch.
    """
    patch = Patch([], [])
    most = min(int(like.triples * SHARE_CHANGED), MOST_CHANGED)
    counted = 0
    base = (part for part in like.parts if part.name != DERIVED)
    for change in _changes(like, base, parts, work):
        counted += len(change.removed) + len(change.added)
        if counted > most:
            return None
        patch.include(change)
    return patch


def count_changes(like: Release | None, parts: Iterable[Part], work: Path) -> tuple[int, int]:
    """Count what a content has that a release has not, and the other way round.

    :param like: the release, or ``None`` for one without content.
    :param parts: the files of the content.
    :param work: folder of the release in the making.
    :returns: how many statements came, and how many went.
    """
    if like is None:
        return sum(part.statements for part in parts), 0
    added = removed = 0
    for change in _changes(like, like.parts, parts, work):
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


def make_store(
    parts: Iterable[Part], work: Path, base: str, steps: Steps, like: Release | None = None, patch: Patch | None = None
) -> Made:
    """Make the store, and derive what follows by rule.

    Beside the store the release gets one of what is stated alone, which shares its files: the next release derives from
    that, without having to take back first what was derived for this one.

    :param parts: the files of the content, without what is derived.
    :param work: folder of the release in the making, which gets store and derived content.
    :param base: base of all instance IRIs.
    :param steps: told what is done.
    :param like: the release to start from, where there is a patch.
    :param patch: what to change in it.
    :returns: how the store was made.
    :raises StoreError: if a line is not valid N-Quads, or the disk refuses.
    :raises RuleError: if a rule cannot be used.
    """
    parts = tuple(parts)
    stated, store, content = work / STATED, work / STORE, work / CONTENT
    if like is None or patch is None:
        steps.begin(f"Storing {sum(part.statements for part in parts):,} statements")
        build_store(stated, *(content / part.name for part in parts))
        copy_store(stated, store)
        derived = _derive(work, base, steps)
        extend_store(store, content / DERIVED)
        return Made(Kind.FULL, derived)
    steps.begin(f"Patching the store of {like.version}")
    for before, after in ((like.path / STATED, stated), (like.store, store)):
        copy_store(before, after)
        patch_store(after, patch.removed, patch.added)
    derived = _derive(work, base, steps)
    difference = Patch([], [])
    for change in changes(like.content / DERIVED, content / DERIVED):
        difference.include(change)
    patch_store(store, difference.removed, difference.added)
    whole = Patch([*patch.removed, *difference.removed], [*patch.added, *difference.added])
    return Made(Kind.INCREMENTAL, derived, whole)


def _derive(work: Path, base: str, steps: Steps) -> Part:
    steps.begin("Deriving what follows by rule")
    lines = derive(work / STATED, resources.QUERIES / "rules", str(derived_graph(base)), prefixes())
    return write_part(lines, work, DERIVED)
