"""Make a release from the datasets: load, derive, store, describe, and swap it in."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from graph_app.releases.findings import count_by_severity, read_findings, write_findings
from graph_app.releases.publish import Busy, point_to, settle, workshop
from graph_app.releases.release import (
    CONTENT,
    CURRENT,
    DESCRIPTION,
    LAYOUT,
    STORE,
    DatasetNote,
    NoRelease,
    Release,
    read_release,
    releases_folder,
)
from graph_app.releases.rules import RuleError, derive
from graph_app.settings import Settings
from graph_app.store.canonical import write_canonical
from graph_app.store.oxigraph import StoreError, build_store, open_store
from loaders import resources
from loaders.datasets import Dataset, read_datasets
from loaders.errors import SourceError
from loaders.findings import Finding, Severity
from loaders.load import load
from loaders.mapping.ontology import ontology_quads
from loaders.mapping.quads import derived_graph
from loaders.vocabulary import prefixes
from loaders.writer import nquad

__all__ = ["BuildError", "build"]

Progress = Callable[[str], None]

_DATASETS = "datasets.yaml"
_ENTITIES = """
SELECT ?class (COUNT(DISTINCT ?entity) AS ?count) WHERE { ?entity a ?class FILTER(STRSTARTS(STR(?class), STR(ig:))) }
GROUP BY ?class ORDER BY ?class
"""


class BuildError(Exception):
    """No release was made; the current one stays.

    :param message: why, as a sentence.
    :param findings: the findings that block, where findings are the reason.
    """

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


def build(settings: Settings, progress: Progress = lambda _: None) -> Release:
    """Make a release of everything that ``data/datasets.yaml`` names, and make it the current one.

    Releases that were current before stay on disk. Where the content has not changed, so does the current release.

    :param settings: where data and releases are.
    :param progress: told in a sentence what is done next.
    :returns: the release that is current now.
    :raises BuildError: if a dataset has violations or cannot be read, a rule fails, or another build is running.
    """
    folder = releases_folder(settings)
    try:
        with workshop(folder) as work:
            release = _make(settings, work, progress)
            return _publish(release, work, folder, progress)
    except (SourceError, StoreError, RuleError, Busy) as error:
        raise BuildError(str(error)) from error


def _make(settings: Settings, work: Path, progress: Progress) -> Release:
    listed = settings.data / _DATASETS
    datasets = read_datasets(listed)
    findings: list[Finding] = []
    base = work / "loaded.nq"
    _, quads = write_canonical(_loaded(settings, datasets, findings, progress), base)
    blocking = tuple(found for found in findings if found.severity is Severity.VIOLATION)
    if blocking:
        number = "One finding blocks" if len(blocking) == 1 else f"{len(blocking)} findings block"
        raise BuildError(f"{number} this build. Repair the records named and build again.", blocking)
    progress(f"Storing {quads:,} statements")
    build_store(work / STORE, base)
    progress("Deriving what follows by rule")
    derived = derive(work / STORE, resources.QUERIES / "rules", str(derived_graph(settings.base)), prefixes())
    with base.open(encoding="utf-8", newline="\n") as lines:
        sha256, count_all = write_canonical(chain(lines, derived), work / CONTENT)
    base.unlink()
    created = datetime.now(UTC).replace(microsecond=0)
    release = Release(
        version=f"{created:%Y-%m-%d}-{sha256[:12]}",
        path=work,
        sha256=sha256,
        created=created,
        triples=count_all,
        entities=_entities(work / STORE),
        datasets=tuple(_note(dataset, settings.data) for dataset in datasets),
        findings=count_by_severity(findings),
    )
    write_findings(findings, work)
    return release


def _loaded(
    settings: Settings, datasets: tuple[Dataset, ...], findings: list[Finding], progress: Progress
) -> Iterator[str]:
    progress("Reading the ontology")
    yield from map(nquad, ontology_quads(settings.base))
    for dataset in datasets:
        progress(f"Loading {dataset.key}")
        for item in load(settings.data / dataset.file, dataset, base=settings.base):
            if isinstance(item, Finding):
                findings.append(item)
            else:
                yield nquad(item)


def _entities(store: Path) -> dict[str, int]:
    namespace = prefixes()["ig"]
    answer = json.loads(open_store(store).evaluate(_ENTITIES, prefixes=prefixes()).body)
    rows = answer["results"]["bindings"]
    return {row["class"]["value"].removeprefix(namespace): int(row["count"]["value"]) for row in rows}


def _note(dataset: Dataset, data: Path) -> DatasetNote:
    file = data / dataset.file
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    return DatasetNote(dataset.key, dict(dataset.title), dataset.publisher, dataset.licence, sha256)


def _describe(release: Release, work: Path) -> None:
    document = asdict(release) | {"created": release.created.isoformat(), "layout": LAYOUT}
    del document["path"]
    text = json.dumps(document, ensure_ascii=False, indent=2)
    (work / DESCRIPTION).write_text(text + "\n", encoding="utf-8")


def _publish(release: Release, work: Path, folder: Path, progress: Progress) -> Release:
    link = folder / CURRENT
    current = _intact(link.resolve()) if link.exists() else None
    if current is not None and current.sha256 == release.sha256:
        progress(f"Nothing has changed: {current.version} stays the current release")
        return current
    progress(f"Publishing {release.version}")
    # The same content may have been current before, today; a folder of that name that cannot be read stays untouched.
    for number in count(1):
        version = release.version if number == 1 else f"{release.version}.{number}"
        target = folder / version
        if not target.exists():
            _describe(replace(release, version=version), work)
            settle(work, target)
            break
        if _intact(target) is not None:
            break
    point_to(link, target)
    return read_release(target)


def _intact(path: Path) -> Release | None:
    """Return a release if every part of it can be read, and its content is what it says."""
    try:
        release = read_release(path)
        open_store(release.store)
        read_findings(release)
        with release.content.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    except (NoRelease, StoreError, OSError):
        return None
    return release if sha256 == release.sha256 else None
