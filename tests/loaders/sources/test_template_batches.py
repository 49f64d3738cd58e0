"""Rows that are read many at a time give what they give one by one."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.batches import Batch, each_record
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding
from loaders.sources import template_batches
from loaders.sources.template import read_batches

DATASET = Dataset("submission", {"en": "Test"}, "template", "submission")
#: So many rows are looked at one by one, in search of the header.
BEFORE = 25

GRANTS = ("Id", "Project", "Donor", "Description (en)", "Amount: value", "Amount: currency")
PARTICIPATIONS = ("Project", "Partnership", "Organisation", "Role")
#: Cells of which some make a row blank, a comment, a duplicate, wrong, or one that continues another.
_CELL = st.sampled_from(["", "", "", "a", "b", " a ", "#a", "a;b", "10", "a\x07", "two\nlines", "Partner", "žluť"])
_ROWS = st.lists(st.lists(_CELL, min_size=3, max_size=7), max_size=12)


def told(path: Path, most: int, *, plain: bool = True) -> tuple[Counter[str], list[Finding]]:
    """Return the records and findings of a file, as many rows held at a time as wanted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(template_batches, "_ROWS", most)
        if not plain:
            patch.setattr(template_batches._Gatherer, "take", lambda _self, _rows: False)
        records: Counter[str] = Counter()
        findings = []
        try:
            for item in each_record(read_batches(path, DATASET)):
                if isinstance(item, Finding):
                    findings.append(item)
                else:
                    records[repr(item)] += 1
        except SourceFault as fault:
            findings += fault.findings
        return records, findings


def written(path: Path, heading: tuple[str, ...], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(heading)
        writer.writerows([f"p{number}", *["x"] * (len(heading) - 2), str(number)] for number in range(BEFORE))
        writer.writerows(rows)
    return path


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from([("grants", GRANTS), ("participations", PARTICIPATIONS)]), rows=_ROWS, more=_ROWS)
def test_many_rows_say_what_each_says(
    tmp_path: Path, name: tuple[str, tuple[str, ...]], rows: list[list[str]], more: list[list[str]]
) -> None:
    key, heading = name
    # Of the same width, rows come together; of any other, hardly ever.
    even = [(row + [""] * len(heading))[: len(heading)] for row in more]
    path = written(tmp_path / f"{key}.csv", heading, [*even, *rows])
    alone = told(path, 500, plain=False)
    assert told(path, 500) == alone
    assert told(path, 4) == alone


def test_rows_come_in_batches_of_the_same_size_whatever_they_say(tmp_path: Path) -> None:
    rows = [[f"g{number // 2}", "p", "d", "", str(number), "EUR"] for number in range(3_000)]
    path = written(tmp_path / "grants.csv", GRANTS, rows)
    batches = [item for item in read_batches(path, DATASET) if isinstance(item, Batch)]
    grants = [len(batch.keys) for batch in batches if batch.kind == "grant"]
    assert grants == [500, 500, 500, BEFORE]
    assert sum(len(batch.keys) for batch in batches if batch.kind == "amount") == 3_000 + BEFORE


def test_a_fault_below_comes_after_the_rows_above(tmp_path: Path) -> None:
    path = written(tmp_path / "grants.csv", GRANTS, [["g1", "p", "d", "", "1", "EUR"]])
    with path.open("a", encoding="utf-8") as stream:
        stream.write('g2,p,d,,1,EUR\ng3,"p,d\n')
    records, findings = told(path, 500)
    assert sum(records.values()) == 2 * (BEFORE + 2)
    assert findings[-1].rule == "csv-quotes"
    assert findings[-1].location is not None
    assert findings[-1].location.line == BEFORE + 4


@pytest.mark.parametrize("most", [1, 2, 7])
def test_a_table_too_large_gives_the_rows_that_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    from dataclasses import replace

    from loaders.sources import csv_table, template

    def read_csv(file: Any) -> Any:
        return csv_table.read_csv(file, limits=replace(csv_table.ENTERED, rows=BEFORE + 3))

    monkeypatch.setattr(template, "read_csv", read_csv)
    path = written(tmp_path / "grants.csv", GRANTS, [[f"g{number}", "p", "d", "", "1", "EUR"] for number in range(9)])
    records, findings = told(path, most)
    assert sum(records.values()) == 2 * (BEFORE + 2)
    assert findings[-1].rule == "table-too-large"
    assert findings[-1].location is not None
    assert findings[-1].location.line == BEFORE + 4
