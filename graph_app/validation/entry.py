"""The check of a new entry: its files, with what they refer to, and nothing else of the graph."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_app.validation.check import SMALL
from graph_app.validation.entry_graph import Referenced, check_in_memory, check_on_columns
from graph_app.validation.findings import cell_key, collapse, in_order
from graph_app.validation.results import Result
from loaders.batches import Batch
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import SEVERITY_RANK, Finding, Severity
from loaders.load import load_lines
from loaders.records import Record
from loaders.vocabulary import BASE

__all__ = ["EntryReport", "Referenced", "check_entry", "pairs_of", "report_of", "stated"]


@dataclass(frozen=True, slots=True)
class EntryReport:
    """What became of an entry.

    :param findings: findings of the loader and of the shapes, one for each fault, in the order of files.
    :param statements: how many statements the files make; to be taken in only if the entry is accepted.
    """

    findings: tuple[Finding, ...]
    statements: int

    @property
    def accepted(self) -> bool:
        """Whether the entry may be taken in: it states something and nothing blocks."""
        return bool(self.statements) and not any(found.severity is Severity.VIOLATION for found in self.findings)


def check_entry(
    paths: Path | Iterable[Path],
    dataset: Dataset,
    referenced: Referenced,
    *,
    base: str = BASE,
    look: Callable[[Record | Batch], None] = lambda _: None,
) -> EntryReport:
    """Check the files of one entry.

    :param paths: the file or files.
    :param dataset: the submission that they make up.
    :param referenced: called once with the IRIs that the entry defines or refers to.
    :param base: base of all instance IRIs.
    :param look: told of each record that is read, by itself or in a batch.
    :returns: findings about what the entry describes, never about the rest of what the graph holds.
    :raises SourceError: if the format of the dataset is unknown; a file that cannot be read is a finding.
    """
    files = [paths] if isinstance(paths, Path) else list(paths)
    found: list[Finding] = []
    counted = _Counted(stated(files, dataset, base, found, look))
    pairs = list(pairs_of(counted, referenced))  # only when all is read, all is found and counted
    return report_of(pairs, found, counted.statements)


def pairs_of(texts: Iterator[str], referenced: Referenced) -> Iterator[tuple[Result, Finding]]:
    """Check what files state.

    :param texts: their statements, whole lines each.
    :param referenced: called once with the IRIs that the entry defines or refers to.
    :returns: results about what the entry describes, each with its finding.
    """
    few, statements = _few(texts)
    if statements <= SMALL:
        yield from check_in_memory("".join(few), referenced)
        return
    with TemporaryDirectory() as folder:
        content = Path(folder) / "entry.nq"
        with content.open("w", encoding="utf-8", newline="\n") as target:
            target.writelines(chain(few, texts))
        yield from check_on_columns(content, referenced, Path(folder))


def report_of(pairs: Iterable[tuple[Result, Finding]], found: Sequence[Finding], statements: int) -> EntryReport:
    """Put together what loader and shapes found.

    :param pairs: results of the shapes, each with its finding.
    :param found: findings of the loader.
    :param statements: how many statements the files make.
    """
    return EntryReport(tuple(in_order([*found, *collapse(_not_told_yet(pairs, found))])), statements)


class _Counted(Iterator[str]):
    """Texts, and how many lines have come by."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self.statements = 0

    def __next__(self) -> str:
        text = next(self._texts)
        self.statements += text.count("\n")
        return text


def stated(
    files: Iterable[Path], dataset: Dataset, base: str, found: list[Finding], look: Callable[[Record | Batch], None]
) -> Iterator[str]:
    """Read files.

    :param files: the files.
    :param dataset: the submission that they make up.
    :param base: base of all instance IRIs.
    :param found: gets what is found on the way.
    :param look: told of each record that is read.
    :returns: what they state, whole lines of N-Quads each.
    """
    for path in files:
        try:
            for item in load_lines(path, dataset, base=base, look=look, entry=True):
                if isinstance(item, Finding):
                    found.append(item)
                else:
                    yield item
        except SourceFault as fault:
            found.extend(fault.findings)


def _few(texts: Iterator[str]) -> tuple[list[str], int]:
    """Take texts until they are more than a few statements, and count these."""
    taken: list[str] = []
    statements = 0
    for text in texts:
        taken.append(text)
        statements += text.count("\n")
        if statements > SMALL:
            break
    return taken, statements


def _not_told_yet(
    results: Iterable[tuple[Result, Finding]], told: Iterable[Finding]
) -> Iterator[tuple[Result, Finding]]:
    """Leave out what a finding of the loader explains: a value that it refused is missing, and a cell has one fault."""
    refused: dict[tuple[str, str], int] = {}
    cells: dict[tuple[object, ...], int] = {}
    for earlier in told:
        rank = SEVERITY_RANK[earlier.severity]
        field, cell = (earlier.focus, earlier.path), cell_key(earlier)
        refused[field] = min(rank, refused.get(field, rank))
        cells[cell] = min(rank, cells.get(cell, rank))
    for result, shown in results:
        ranks = [refused[(shown.focus, str(path))] for path in result.paths if (shown.focus, str(path)) in refused]
        explained = ranks if result.value is None else []
        if cell_key(shown) in cells:
            explained.append(cells[cell_key(shown)])
        if not explained or min(explained) > SEVERITY_RANK[shown.severity]:
            yield result, shown
