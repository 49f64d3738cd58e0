"""The check of a submission against the graph of now: findings, what it stands on, and what it will change."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rdflib import Graph

from graph_app.journal.deployment import open_inbox
from graph_app.journal.events import Event
from graph_app.journal.loads import Load, loads_in_force
from graph_app.questions.current import current_engine
from graph_app.questions.engine import Engine
from graph_app.questions.neighbourhood import neighbourhood
from graph_app.releases.notes import part_name
from graph_app.releases.release import Release
from graph_app.settings import Settings
from graph_app.stewardship.basis import Basis, basis_of
from graph_app.stewardship.changes import Change, Said, changes, said_by
from graph_app.validation.entry import check_entry
from graph_app.validation.shapes import concepts_for
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Severity
from loaders.load import load as load_quads
from loaders.mapping.lines import iri, read_quads
from loaders.mapping.quads import Quad, data_graph, derived_graph, provenance_graph

__all__ = ["Examination", "examine", "examine_files"]

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Examination:
    """What a check came to.

    :param accepted: whether nothing blocks.
    :param findings: all that was found, one for each fault, in the order of files.
    :param release: the release that it was checked against; ``None`` where nothing was published yet.
    :param basis: what it stands on.
    :param changes: what it will change, entity by entity.
    """

    accepted: bool
    findings: tuple[Finding, ...]
    release: Release | None
    basis: Basis
    changes: tuple[Change, ...]

    @property
    def version(self) -> str:
        """Version of the release that it was checked against, or empty."""
        return self.release.version if self.release else ""

    @property
    def details(self) -> dict[str, Any]:
        """What an event says of it."""
        counted = {kind.value: sum(found.severity is kind for found in self.findings) for kind in Severity}
        release = {"version": self.release.version, "sha256": self.release.sha256} if self.release else None
        return {
            "accepted": self.accepted,
            "findings": counted,
            "release": release,
            "dataset": self.basis.dataset,
            "entities": dict(self.basis.entities),
        }


def examine(
    load: Load, events: Sequence[Event], settings: Settings, progress: Progress = lambda _: None
) -> Examination:
    """Check the files of a submission as they are in the inbox, with what they refer to in the current release.

    :param load: the files, and the dataset that they are to become.
    :param events: all events of the journal.
    :param settings: where inbox and releases are.
    :param progress: told in a sentence what is done next.
    :returns: what the check came to; a file that cannot be read is a finding.
    :raises NoRelease: if something was published and no release was made of it yet.
    :raises QueryError: if the release does not answer.
    :raises JournalError: if a file of the inbox is missing or was changed.
    """
    with open_inbox(settings).lend(load.files, name=load.name, folder=load.folder) as path:
        return examine_files(path, load.dataset, events, settings, progress)


def examine_files(
    path: Path, dataset: Dataset, events: Sequence[Event], settings: Settings, progress: Progress = lambda _: None
) -> Examination:
    """Check files that are to become a dataset, with what they refer to in the current release.

    :param path: the file or folder.
    :param dataset: what they are to become.
    :param events: all events of the journal.
    :param settings: where releases are.
    :param progress: told in a sentence what is done next.
    :returns: what the check came to; a file that cannot be read is a finding.
    :raises NoRelease: if something was published and no release was made of it yet.
    :raises QueryError: if the release does not answer.
    """
    local = replace(settings, store="")  # what is published is what the journal says, wherever it is pushed to
    progress(f"Checking {path.name}")
    with ExitStack() as held:
        engine = held.enter_context(current_engine(local).lease()) if loads_in_force(events) else None
        around = _Around(engine, dataset.key, settings.base)
        report = check_entry(path, dataset, around.look_up, base=settings.base)
        own = data_graph(dataset.key, settings.base)
        stated = _stated(path, dataset, settings.base)
        after = said_by(quad for quad in stated if quad.graph == own)
        before = _said_now(engine.release, dataset.key, settings.base) if engine else {}
        around.look_up({str(entity) for entity in before})
        names = _names(stated, around.graph, before)
        return Examination(
            accepted=report.accepted,
            findings=report.findings,
            release=engine.release if engine else None,
            basis=basis_of(dataset.key, after, around.graph, events),
            changes=changes(before, after, around.graph, names),
        )


def _stated(path: Path, dataset: Dataset, base: str) -> list[Quad]:
    try:
        return [item for item in load_quads(path, dataset, base=base) if not isinstance(item, Finding)]
    except SourceFault:  # the check has told why, and nothing of the file will be taken in
        return []


class _Around:
    """What a release holds of entities without one dataset, each asked once."""

    def __init__(self, engine: Engine | None, dataset: str, base: str) -> None:
        self.graph = Graph()
        self._engine = engine
        self._asked: set[str] = set()
        # What the dataset holds is replaced, and what was derived from it is derived anew.
        self._leave_out = [data_graph(dataset, base), provenance_graph(dataset, base), derived_graph(base)]

    def look_up(self, iris: Collection[str]) -> Graph:
        fresh = set(iris) - self._asked
        if self._engine is not None and fresh:
            self.graph += neighbourhood(self._engine, fresh, leave_out=self._leave_out)
        self._asked |= fresh
        return self.graph


def _said_now(release: Release, dataset: str, base: str) -> Said:
    """Read what a dataset says in a release, as it was loaded: what it replaces is that too."""
    if dataset not in {note.key for note in release.datasets}:
        return {}
    return said_by(_quads(release, dataset, base))


def _quads(release: Release, dataset: str, base: str) -> Iterator[Quad]:
    end = f" {iri(data_graph(dataset, base))} .\n"
    with release.as_loaded_file(part_name(dataset)).open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if line.endswith(end):
                yield from read_quads(line)


def _names(quads: Sequence[Quad], around: Graph, before: Said) -> Graph:
    """Put together what entities, values and concepts are called."""
    names = Graph()
    names += around
    for quad in quads:
        names.add(quad[:3])
    for entity, pairs in before.items():
        for path, value in pairs:
            names.add((entity, path, value))
    names += concepts_for(names)
    return names
