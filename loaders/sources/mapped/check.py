"""What a column map takes of a file, and what it skips."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders.datasets import Dataset
from loaders.findings import Effect, Finding
from loaders.letters import column_letter
from loaders.records import Record
from loaders.sources.mapped.header import find_header
from loaders.sources.mapped.map_reader import parse_map
from loaders.sources.mapped.source import SOURCE
from loaders.sources.mapped.tables import read_tables, split_head

__all__ = ["MapCheck", "check_map"]


@dataclass(frozen=True, slots=True)
class MapCheck:
    """What became of a file.

    :param columns: place of a column, its heading, what it fills, and why it fills nothing where it does not.
    :param entities: kind to number of different entities.
    :param rows: number of rows that gave a project.
    :param findings: what was found, in the order of the file.
    """

    columns: tuple[tuple[str, str, str, str], ...]
    entities: dict[str, int]
    rows: int
    findings: tuple[Finding, ...]

    @property
    def skipped(self) -> int:
        """Number of rows and values that were left out."""
        return sum(found.effect in (Effect.RECORD_SKIPPED, Effect.VALUE_SKIPPED) for found in self.findings)


def check_map(text: str, path: Path) -> MapCheck:
    """Read a file through a map and tell what comes of it; nothing is taken in.

    :param text: the map.
    :param path: the file.
    :raises SourceError: if either cannot be read, or they do not fit each other.
    """
    dataset = Dataset("check", {"en": "Check"}, SOURCE.name, "check", map=text)
    keys: set[int] = set()
    entities: Counter[str] = Counter()
    rows: set[tuple[str, int | None]] = set()
    findings: list[Finding] = []
    for item in SOURCE.read(path, dataset):
        if isinstance(item, Finding):
            findings.append(item)
            continue
        rows.add((item.source.sheet, item.source.row))
        key = _hash(item)
        if key not in keys:
            keys.add(key)
            entities[item.kind] += 1
    return MapCheck(tuple(_columns(text, path)), dict(entities), len(rows), tuple(findings))


def _hash(record: Record) -> int:
    return hash((record.kind, record.space, record.key))


def _columns(text: str, path: Path) -> Iterator[tuple[str, str, str, str]]:
    column_map = parse_map(text)
    for table in read_tables(path, column_map.table):
        if column_map.table.sheet and table.sheet and table.sheet.strip() != column_map.table.sheet.strip():
            continue
        head, _ = split_head(table)
        header = find_header(column_map, head)
        if header is None:
            continue
        headings = next(row.cells for row in head if row.number == header.row)
        for index, heading in enumerate(headings):
            if not heading.strip():
                continue
            column = header.places.get(index)
            fills = ", ".join(f"{target.part}.{target.field}" for target in column.targets) if column else ""
            why = header.left_out.get(index, "") if column is None else ""
            yield f"{table.sheet} {column_letter(index)}".strip(), " ".join(heading.split()), fills, why
        for column in header.missing:
            yield "", column.heading, "", "not in the file"
