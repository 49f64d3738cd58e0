"""The content of a release in the making: files loaded from the inbox, or linked from the release before it."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph_app.journal.inbox import Inbox
from graph_app.journal.loads import Load
from graph_app.releases.findings import dataset_findings, write_findings
from graph_app.releases.notes import DatasetNote, FileNote, Part, load_digest, part_name
from graph_app.releases.prepared import Prepared
from graph_app.releases.release import CONTENT, Release
from graph_app.releases.report import Steps
from graph_app.store.canonical import Written, write_canonical
from loaders.findings import Finding
from loaders.load import load_lines
from loaders.mapping.ontology import ontology_lines

__all__ = ["DERIVED", "IDENTITY", "ONTOLOGY", "Loaded", "load_content", "part_of", "write_part"]

#: Files of the content that belong to no dataset; the journal takes no dataset of these names.
ONTOLOGY = "ontology.nq"
DERIVED = "derived.nq"
IDENTITY = "identity.nq"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded.

    :param parts: the files of the content, without what is derived.
    :param datasets: what the release says about its datasets.
    :param findings: what loading found.
    :param as_loaded: the files of what was loaded whose content is another, as several mentions in it are one.
    """

    parts: list[Part] = field(default_factory=list)
    datasets: list[DatasetNote] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    as_loaded: list[Part] = field(default_factory=list)


def write_part(lines: Iterable[str], folder: Path, name: str) -> Part:
    """Write one file of the content.

    :param lines: whole lines of N-Quads, in any order.
    :param folder: folder of the release in the making.
    :param name: name of the file.
    """
    return part_of(name, write_canonical(lines, folder / CONTENT / name))


def part_of(name: str, written: Written) -> Part:
    """Describe one file of the content.

    :param name: its name.
    :param written: what was written.
    """
    return Part(name, written.sha256, written.size, written.lines)


def load_content(
    loads: Iterable[Load],
    inbox: Inbox,
    base: str,
    work: Path,
    like: Release | None,
    steps: Steps,
    prepared: Prepared | None = None,
) -> Loaded:
    """Write the content of a release, without what is derived.

    Linked files are not read: their size and hash are known.

    :param loads: what the release is made of.
    :param inbox: where the files are; each is checked before it is read.
    :param base: base of all instance IRIs.
    :param work: folder of the release in the making.
    :param like: a release whose ontology, and whose datasets where the same event published them, are the same.
    :param steps: told what is done.
    :param prepared: content that was made when the files were taken in; without it they are read again.
    :returns: what was loaded, violations among the findings or not.
    :raises SourceError: if a file cannot be read at all.
    :raises JournalError: if a file of the inbox is missing or was changed.
    """
    (work / CONTENT).mkdir()
    known = {note.key: note for note in like.datasets} if like else {}
    loaded = Loaded()
    for load in loads:
        key = load.dataset.key
        if like and key in known and known[key].load == load_digest(load):
            part, findings = _link(like, part_name(key), work), list(dataset_findings(like, key))
        else:
            part, findings = _read(load, inbox, base, work, prepared, steps)
        loaded.parts.append(part)
        write_findings(findings, work, key)
        loaded.findings.extend(findings)
        loaded.datasets.append(_note(load))
    if like:
        loaded.parts.append(_link(like, ONTOLOGY, work))
    else:
        steps.begin("Reading the ontology")
        loaded.parts.append(write_part(ontology_lines(base), work, ONTOLOGY))
    return loaded


def _read(
    load: Load, inbox: Inbox, base: str, work: Path, prepared: Prepared | None, steps: Steps
) -> tuple[Part, list[Finding]]:
    key = load.dataset.key
    with inbox.lend(load.files, name=load.name, folder=load.folder) as path:
        if prepared is not None and prepared.holds(load):
            steps.begin(f"Taking {key} as it was read")
            if ready := prepared.take(load, work):
                return ready
        steps.begin(f"Loading {key}")
        findings: list[Finding] = []
        return write_part(_lines(path, load, base, findings), work, part_name(key)), findings


def _lines(path: Path, load: Load, base: str, findings: list[Finding]) -> Iterator[str]:
    for item in load_lines(path, load.dataset, base=base):
        if isinstance(item, Finding):
            findings.append(item)
        else:
            yield item


def _link(like: Release, name: str, work: Path) -> Part:
    """Take over a file as it was loaded."""
    os.link(like.as_loaded_file(name), work / CONTENT / name)
    return next(part for part in (*like.as_loaded, *like.parts) if part.name == name)


def _note(load: Load) -> DatasetNote:
    dataset = load.dataset
    return DatasetNote(
        key=dataset.key,
        title=dict(dataset.title),
        publisher=dataset.publisher,
        licence=dataset.licence,
        retrieved=dataset.retrieved,
        files=tuple(FileNote(file.name, file.sha256, file.size) for file in load.files),
        event=load.event.hash,
        load=load_digest(load),
    )
