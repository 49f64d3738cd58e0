"""One file of one dataset, through its source and the mapping."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from loaders.batches import Batch, each_record
from loaders.datasets import NO_TERMS, Dataset
from loaders.errors import SourceError
from loaders.findings import Finding, Location, Severity, finding
from loaders.mapping.batches import BatchMapper
from loaders.mapping.datasets import dataset_quads
from loaders.mapping.lines import read_quads
from loaders.mapping.quads import Quad
from loaders.mapping.values import Names
from loaders.records import Record
from loaders.sources import SOURCES, Source
from loaders.sources.beside import read_beside
from loaders.sources.files import shown_name
from loaders.terms import with_term_matches
from loaders.vocabulary import BASE
from loaders.writer import nquad

__all__ = ["load", "load_lines", "source_of"]


def load_lines(
    path: Path,
    dataset: Dataset,
    *,
    base: str = BASE,
    look: Callable[[Record | Batch], None] = lambda _: None,
    entry: bool = False,
    beside: bool = True,
) -> Iterator[str | Finding]:
    """Read a file and yield its statements as N-Quads text, with every finding in between.

    The work streams: memory does not grow with the file, unless the source says otherwise.

    :param path: the file, or the folder of a source that is a folder.
    :param dataset: what the file is; its ``format`` names the source.
    :param base: base of all instance IRIs.
    :param look: told of each record that is taken, by itself or in a batch.
    :param entry: whether it is a new entry, whose steward can repair the cells of a table.
    :param beside: whether a large file may be read in a process of its own, beside this one.
    :returns: the description of the dataset, then statements and findings in file order; each text is one or several
        whole lines.
    :raises SourceError: if the format is unknown or the file cannot be read at all; nothing of it may be taken in then.
    """
    source = source_of(dataset)
    names = Names(dataset.namespace, base, addresses=source.addresses)
    yield from map(nquad, dataset_quads(dataset, base))
    read = source.batches or source.read
    items = read_beside(read, path, dataset) if beside else read(path, dataset)
    if source.published and dataset.terms != NO_TERMS:
        items = with_term_matches(each_record(items), dataset)
    seen = _looked_at(items, look, path)
    for made in BatchMapper(names).lines(seen):
        yield _weighed(made, source, entry=entry) if isinstance(made, Finding) else made


def source_of(dataset: Dataset) -> Source:
    """Return the source that reads the files of a dataset.

    :param dataset: the dataset.
    :raises SourceError: if there is none for its format.
    """
    if dataset.format not in SOURCES:
        known = ", ".join(sorted(SOURCES))
        raise SourceError(f"Dataset {dataset.key} names the format {dataset.format!r}; known formats are {known}.")
    return SOURCES[dataset.format]


def _looked_at(
    items: Iterable[Record | Batch | Finding], look: Callable[[Record | Batch], None], path: Path
) -> Iterator[Record | Batch | Finding]:
    empty = True
    for item in items:
        if not isinstance(item, Finding):
            empty = False
            look(item)
        yield item
    if empty:
        yield finding("no-records", Location(shown_name(path.name)))


def _weighed(found: Finding, source: Source, *, entry: bool) -> Finding:
    """Let no fault of a published file keep the rest of it out, unless its steward is there to repair it."""
    kept_out = found.severity is Severity.VIOLATION and source.published and not (entry and source.repairable)
    return replace(found, severity=Severity.WARNING) if kept_out else found


def load(path: Path, dataset: Dataset, *, base: str = BASE) -> Iterator[Quad | Finding]:
    """Read a file and yield its quads, with every finding in between: :func:`load_lines` for who needs terms.

    :param path: the file, or the folder of a source that is a folder.
    :param dataset: what the file is; its ``format`` names the source.
    :param base: base of all instance IRIs.
    :returns: the description of the dataset, then quads and findings in file order.
    :raises SourceError: if the format is unknown or the file cannot be read at all; nothing of it may be taken in then.
    """
    for item in load_lines(path, dataset, base=base):
        if isinstance(item, Finding):
            yield item
        else:
            yield from read_quads(item)
