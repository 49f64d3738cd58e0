"""The columns of a release in the making, and what follows by rule: from its content, or from a release like it."""

import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from graph_app.columns.encoding import build_columns, copy_columns, patch_columns
from graph_app.releases.loading import DERIVED, part_of, write_part
from graph_app.releases.notes import Part
from graph_app.releases.patch import Patch
from graph_app.releases.rederive import rederive
from graph_app.releases.release import COLUMNS, CONTENT, STATED, Release
from graph_app.releases.report import Kind, Steps
from graph_app.releases.rules import Rule, derive, read_rules
from graph_app.releases.shared import shared
from graph_app.store.canonical import Written
from graph_app.store.revision import Revision
from loaders import resources
from loaders.mapping.quads import derived_graph
from loaders.vocabulary import prefixes

__all__ = ["Made", "make_columns"]


@dataclass(frozen=True, slots=True)
class Made:
    """How columns were made.

    :param kind: anew or by a patch.
    :param derived: the file of what follows by rule.
    :param patch: what was changed in the release before it, derived statements included; ``None`` for one made anew.
    """

    kind: Kind
    derived: Part
    patch: Patch | None = None


def make_columns(
    parts: Iterable[Part], work: Path, base: str, steps: Steps, like: Release | None = None, patch: Patch | None = None
) -> Made:
    """Make the columns, and derive what follows by rule.

    Beside them the release gets columns of what is stated alone: the next release derives from those, without having to
    take back first what was derived for this one.

    :param parts: the files of the content, without what is derived.
    :param work: folder of the release in the making, which gets columns and derived content.
    :param base: base of all instance IRIs.
    :param steps: told what is done.
    :param like: the release to start from, where there is a patch.
    :param patch: what to change in it.
    :returns: how the columns were made.
    :raises ColumnsError: if a line is not valid N-Quads, or the disk refuses.
    :raises RuleError: if a rule cannot be used.
    """
    if like is not None and patch is not None:
        made = _patched(like, patch, _rules(base), work, steps)
        if made is not None:
            return made
    stated, columns, content = work / STATED, work / COLUMNS, work / CONTENT
    parts = tuple(parts)
    steps.begin(f"Encoding {sum(part.statements for part in parts):,} statements")
    with ThreadPoolExecutor(1) as beside:
        rules = beside.submit(_rules, base)
        build_columns(stated, *(content / part.name for part in parts))
    steps.begin("Deriving and encoding what follows by rule")
    copy_columns(stated, columns)
    with shared(derive(stated, rules.result(), work), lambda lines: patch_columns(columns, (), lines)) as lines:
        derived = write_part(lines, work, DERIVED)
    return Made(Kind.FULL, derived)


def _rules(base: str) -> tuple[Rule, ...]:
    return tuple(read_rules(resources.QUERIES / "rules", str(derived_graph(base)), prefixes()))


def _patched(like: Release, patch: Patch, rules: Sequence[Rule], work: Path, steps: Steps) -> Made | None:
    """Make columns of those of another release, and derive again what the change touches.

    :returns: how they were made; none, and nothing is left of it, where what the other release derives is damaged.
    """
    stated, columns, derived = work / STATED, work / COLUMNS, work / CONTENT / DERIVED
    with ThreadPoolExecutor(1) as beside:
        steps.begin(f"Patching the columns of {like.version}")
        copy_columns(like.columns, columns)
        patching = beside.submit(patch_columns, columns, patch.removed, patch.added)
        copy_columns(like.path / STATED, stated)
        patch_columns(stated, patch.removed, patch.added)
        steps.begin("Deriving what follows from the change")
        came = rederive(like.path / STATED, stated, patch.removed, patch.added, rules, work)
        known = next(part for part in like.parts if part.name == DERIVED)
        written = Written(known.sha256, known.size, known.statements)
        revision = Revision(like.content / DERIVED, written, came.removed, came.added)
        patching.result()
        steps.begin("Patching what was derived")
        writing = beside.submit(revision.write, derived)
        change = Patch(revision.changes)
        patch_columns(columns, change.removed, change.added)
        revised = writing.result()
    if revised is not None:
        return Made(Kind.INCREMENTAL, part_of(DERIVED, revised), Patch((*patch.changes, *revision.changes)))
    for path in (stated, columns):
        shutil.rmtree(path)
    derived.unlink()
    return None
