"""Broken and hostile files of 360Giving: what is said of each, and what is read all the same."""

import contextlib
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from loaders.errors import SourceFault
from loaders.findings import Finding, Severity
from loaders.load import load_lines
from loaders.records import Record
from loaders.sources.threesixty import SOURCE
from tests.loaders.sources.threesixty.files import DATASET, read_bytes
from tests.loaders.sources.written import written

CASES: dict[str, dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("broken.yaml"))
#: Seconds and bytes that no file of any kind may take beyond its own size.
LONGEST, MOST = 10, 200_000_000


def content(case: dict[str, Any]) -> bytes:
    """The bytes of a case: ``@`` is filled, ``%`` closes what was filled."""
    times = case.get("times", 1)
    text: str = case["text"].replace("@", case.get("fill", "@") * times).replace("%", case.get("close", "%") * times)
    return text.encode(case.get("encoding", "utf-8"))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "fault" in case])
def test_a_file_that_cannot_be_read_is_refused_with_its_place(name: str) -> None:
    case = CASES[name]
    path = written("broken.json", b"{}").path
    path.write_bytes(content(case))
    with pytest.raises(SourceFault) as caught:
        list(SOURCE.read(path, DATASET))
    found = caught.value.finding
    assert found.rule == case["fault"]
    assert found.severity is Severity.VIOLATION
    if "line" in case:
        assert found.location is not None
        assert found.location.line == case["line"]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "fault" not in case])
def test_a_grant_that_cannot_be_read_leaves_the_others(name: str) -> None:
    case = CASES[name]
    items = read_bytes("broken.json", content(case))
    records = [item for item in items if isinstance(item, Record)]
    assert sum(record.kind == "grant" for record in records) == case.get("grants")
    loaded = load_lines(written("broken.json", content(case)).path, DATASET)
    # That nothing is left is said of the file as a whole.
    findings = [item for item in loaded if isinstance(item, Finding) and item.rule != "no-records"]
    told = {item.rule for item in findings if item.severity is not Severity.INFO}
    assert told == set(case.get("rules", ()))
    assert all(item.location and item.location.line for item in findings if item.severity is not Severity.INFO)
    assert all(item.severity is not Severity.VIOLATION for item in findings)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.get("times", 0) > 1000])
def test_a_hostile_file_takes_little_time_and_memory(name: str) -> None:
    data = content(CASES[name])
    file = written("hostile.json", data)
    tracemalloc.start()
    started = time.process_time()
    with contextlib.suppress(SourceFault):
        list(SOURCE.read(file.path, DATASET))
    taken, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < LONGEST
    assert peak < MOST
