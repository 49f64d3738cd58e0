"""The columns of a release in the making, and what follows by rule: from its content, or from a release like it."""

from collections.abc import Iterable, Sequence
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
from graph_app.store.difference import Change, changes
from graph_app.store.revision import revise
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
    stated, columns, content = work / STATED, work / COLUMNS, work / CONTENT
    rules = tuple(read_rules(resources.QUERIES / "rules", str(derived_graph(base)), prefixes()))
    if like is None or patch is None:
        parts = tuple(parts)
        steps.begin(f"Encoding {sum(part.statements for part in parts):,} statements")
        build_columns(stated, *(content / part.name for part in parts))
        derived = _derive(rules, work, steps)
        steps.begin("Encoding what was derived")
        copy_columns(stated, columns)
        with (content / DERIVED).open("rb") as lines:
            patch_columns(columns, (), lines)
        return Made(Kind.FULL, derived)
    steps.begin(f"Patching the columns of {like.version}")
    copy_columns(like.path / STATED, stated)
    patch_columns(stated, patch.removed, patch.added)
    derived, changed = _derive_again(rules, like, patch, work, steps)
    steps.begin("Patching what was derived")
    whole = Patch((*patch.changes, *changed))
    copy_columns(like.columns, columns)
    patch_columns(columns, whole.removed, whole.added)
    return Made(Kind.INCREMENTAL, derived, whole)


def _derive(rules: Sequence[Rule], work: Path, steps: Steps) -> Part:
    steps.begin("Deriving what follows by rule")
    return write_part(derive(work / STATED, rules, work), work, DERIVED)


def _derive_again(
    rules: Sequence[Rule], like: Release, patch: Patch, work: Path, steps: Steps
) -> tuple[Part, Iterable[Change]]:
    """Change what another release derives where the change of what is stated touches it."""
    steps.begin("Deriving what follows from the change")
    came = rederive(like.path / STATED, work / STATED, patch.removed, patch.added, rules, work)
    known = next(part for part in like.parts if part.name == DERIVED)
    revised = revise(like.content / DERIVED, work / CONTENT / DERIVED, came.removed, came.added)
    if revised.before == known.sha256:
        return part_of(DERIVED, revised.written), revised.changes
    # It is not what was derived: what it lacks or has too much would stay for ever.
    return _derive(rules, work, steps), changes(like.content / DERIVED, work / CONTENT / DERIVED)
