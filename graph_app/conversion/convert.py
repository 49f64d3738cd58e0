"""One dataset to one shard: a step that any process can take which sees the file and the folder for the results."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from graph_app.conversion.layout import content_path, findings_path, originals
from graph_app.journal.fresh import Fresh, keep_fresh
from graph_app.journal.keeper import Keeper
from graph_app.journal.loads import dataset_details
from graph_app.journal.reading import read_kept
from graph_app.releases.fingerprint import fingerprint
from graph_app.settings import Settings
from graph_app.store.canonical import Written, write_canonical
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Severity
from loaders.tally import Tally

__all__ = ["Task", "convert"]


@dataclass(frozen=True, slots=True)
class Task:
    """A file or folder to be converted, in values that pass from one machine to another.

    :param path: where every worker finds it.
    :param dataset: what it is, as events of the journal say it.
    """

    path: str
    dataset: Mapping[str, Any]

    @classmethod
    def of(cls, path: Path, dataset: Dataset) -> "Task":
        """Make a task.

        :param path: the file or folder.
        :param dataset: what it is.
        """
        return cls(str(path.absolute()), dataset_details(dataset))


class _Shard(Keeper):
    """Writes what a file gives.

    :param content: where statements go.
    :param findings: where findings go.
    """

    def __init__(self, content: Path, findings: IO[str]) -> None:
        self._content = content
        self._findings = findings
        self.written: Written | None = None

    def write(self, lines: Iterable[str]) -> None:
        """Write the statements, each once and in order."""
        self.written = write_canonical(lines, self._content)

    def find(self, found: Finding) -> None:
        """Write a finding."""
        self._findings.write(json.dumps(asdict(found), ensure_ascii=False) + "\n")


def convert(task: Task, output: Path, base: str) -> dict[str, Any]:
    """Convert one file or folder, all or nothing, into the same bytes as the content of a release would be.

    The file is kept first, and what is read are the bytes that were kept. A task that is tried again writes the same.

    :param task: the file, and what it is.
    :param output: folder for the results; every worker writes to it.
    :param base: base of all instance IRIs.
    :returns: what it came to, as a report holds it; a file with a violation, or that cannot be read, has no content.
    :raises JournalError: if the file cannot be kept.
    :raises OSError: if the results cannot be written.
    """
    dataset, inbox, tally = Dataset(**task.dataset), originals(output), Tally()
    fresh = Fresh(dataset, (), folder=False, name=Path(task.path).name)
    with TemporaryDirectory(dir=output, prefix=".converting-") as made:
        content, findings = Path(made) / "content", Path(made) / "findings"
        with findings.open("w", encoding="utf-8", newline="\n") as lines:
            shard = _Shard(content, lines)
            try:
                fresh = keep_fresh(Path(task.path), dataset, inbox)
                # A worker has one processor, so nothing reads beside it.
                read_kept(fresh, inbox, base, tally, shard.find, shard, beside=False)
            except SourceFault as fault:
                shard.written = None
                tally.find(*fault.findings)
                for found in fault.findings:
                    shard.find(found)
        whole = not any(found.severity is Severity.VIOLATION for found in tally.examples)
        if shard.written is not None and whole:
            content.replace(content_path(output, dataset.key))
        findings.replace(findings_path(output, dataset.key))
    return {
        "load": fresh.details,
        "content": asdict(shard.written) if shard.written is not None and whole else None,
        "records": dict(sorted(tally.records.items())),
        "findings": dict(sorted(tally.rules.items())),
        "fingerprint": fingerprint(Settings(base=base)),
    }
