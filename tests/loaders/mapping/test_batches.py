"""A batch states, finds and counts what its records do one by one."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.batches import Batch, BatchColumn, each_record
from loaders.changes import Changes, Contents, compare
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding
from loaders.mapping.batches import BatchMapper
from loaders.mapping.entities import Mapper
from loaders.mapping.values import Names
from loaders.records import Record, SourceRef
from loaders.sources.template import read_batches
from loaders.tally import Tally
from loaders.vocabulary import BASE
from tests.loaders.template.broken import build

DATASET = Dataset("submission", {"en": "Test"}, "template", "submission")
NAMES = Names("submission", BASE, addresses=True)
WORKBOOK_FAULTS = build.faults(in_workbook=True)
CSV_FAULTS = build.faults(in_workbook=False)

Items = list[Record | Batch | Finding]
Told = tuple[set[str], Counter[str]]


def items_of(path: Path) -> Items:
    items: Items = []
    try:
        items.extend(read_batches(path, DATASET))
    except SourceFault as fault:
        items.extend(fault.findings)
    return items


def together(items: Items) -> Told:
    return told(list(BatchMapper(NAMES).lines(items)))


def one_by_one(items: Items) -> Told:
    mapper = Mapper(NAMES)
    made: list[str | Finding] = []
    for item in each_record(items):
        made += mapper.lines(item) if isinstance(item, Record) else [item]
    return told(made)


def told(made: list[str | Finding]) -> Told:
    lines = {line for item in made if isinstance(item, str) for line in item.splitlines(keepends=True)}
    return lines, Counter(repr(item) for item in made if isinstance(item, Finding))


def batch(kind: str, keys: list[str], *columns: tuple[str, str, list[str]], separator: str = "") -> Batch:
    """Records of rows from 2 on; columns by field, language and texts."""
    count = len(keys)
    letters = "BCDEFGH"
    return Batch(
        kind,
        SourceRef("submission", "table.csv", "ab" * 32),
        [(key,) for key in keys],
        range(2, 2 + count),
        range(2, 2 + count),
        tuple(
            BatchColumn(field, letters[index], language, separator, texts)
            for index, (field, language, texts) in enumerate(columns)
        ),
    )


@pytest.mark.parametrize("fault", WORKBOOK_FAULTS, ids=lambda fault: fault["name"])
def test_a_workbook_with_a_fault_says_the_same_either_way(tmp_path: Path, fault: dict[str, Any]) -> None:
    path = tmp_path / "entries.xlsx"
    build.write_broken(path, [fault])
    items = items_of(path)
    assert together(items) == one_by_one(items)


@pytest.mark.parametrize("fault", CSV_FAULTS, ids=lambda fault: fault["name"])
def test_a_text_file_with_a_fault_says_the_same_either_way(tmp_path: Path, fault: dict[str, Any]) -> None:
    items = items_of(build.write_broken_csv(tmp_path, fault))
    assert together(items) == one_by_one(items)


def test_plain_rows_come_together(tmp_path: Path) -> None:
    build.write_entries(tmp_path / "entries.xlsx", "en")
    items = items_of(tmp_path / "entries.xlsx")
    assert any(isinstance(item, Batch) for item in items)
    assert not any(isinstance(item, Record) for item in items)
    assert together(items) == one_by_one(items)


#: Texts of which some cannot be read, some are in doubt, some are read as something that says it otherwise.
_TEXTS = st.sampled_from(
    ["", "", "2024", "2024-02-30", "1. 5. 2024", "CZE", "Czechia", "CZ", "Atlantis", "CZE; FRA", ";", "; FRA", "EL",
     "Plain", "Příliš žluťoučký", 'Quo"te \\ back', "Wor\u200bd", "Сorp", "two\nlines", "x" * 70_000, " padded "],
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), _TEXTS, _TEXTS, _TEXTS, _TEXTS), min_size=1, max_size=8))
def test_any_batch_says_the_same_either_way(rows: list[tuple[str, ...]]) -> None:
    keys, titles, names, countries, starts = ([cell.strip() for cell in column] for column in zip(*rows, strict=True))
    made = batch("project", keys, ("title", "en", titles), ("title", "en", names), ("start", "", starts))
    several = batch("project", keys, ("country", "", countries), ("website", "", titles), separator=";")
    assert together([made, several]) == one_by_one([made, several])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from(["g1", "g2", ""]), _TEXTS, _TEXTS, _TEXTS, _TEXTS), max_size=8))
def test_any_table_says_the_same_either_way(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    path = tmp_path / "grants.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [("Id", "Project", "Donor", "Amount: value", "Amount: currency"), *rows, ("g1", "p1", "", "10", "EUR")]
        )
    items = items_of(path)
    assert together(items) == one_by_one(items)


def test_a_link_to_what_states_it_has_the_other_as_its_subject() -> None:
    made = batch("amount", ["a"], ("grant", "", ["g1"]), ("value", "", ["10.50"]), ("currency", "", ["EUR"]))
    lines, _ = together([made])
    assert (lines, Counter()) == one_by_one([made])
    assert any(line.startswith(f"<{BASE}grant/submission/g1> ") for line in lines)


def test_batches_are_counted_and_compared_as_their_records() -> None:
    old = batch("project", ["a", "b", "c"], ("country", "", ["CZE; FRA", "", "CZE"]), separator=";")
    new = batch("project", ["a", "b", "d"], ("country", "", ["FRA;CZE", "CZE", "CZE"]), separator=";")
    tally, whole, single, other = Tally(), Contents(), Contents(), Contents()
    tally.take(old)
    whole.take(old)
    other.take(new)
    for record in old.records():
        single.take(record)
    assert tally.records == {"project": 3}
    assert compare(whole, single) == {"project": Changes(0, 0, 3, 0)}
    assert compare(single, other) == {"project": Changes(new=1, replaced=1, kept=1, retired=1)}
