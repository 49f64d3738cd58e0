"""IATI files to records: every part of an activity, in the forms of IATI 2.0x and 1.0x, and what is left out."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from ruamel.yaml import YAML

from loaders.datasets import Dataset
from loaders.errors import SourceError
from loaders.findings import Effect, Finding, Severity
from loaders.load import load_lines
from loaders.records import Record
from loaders.sources.iati import SOURCE
from loaders.sources.look import Look
from tests.loaders.sources.written import written

HERE = Path(__file__).parent
DATASET = Dataset("aid", {"en": "Aid"}, "iati", "iati")
EXPECTED: dict[str, Any] = YAML(typ="safe").load(HERE / "expected.yaml")
WHOLE = (HERE / "activity.xml").read_bytes()
#: Attributes and elements whose order or text random changes must survive.
PARSER = etree.XMLParser(remove_blank_text=True)


def read(name: str) -> list[Record | Finding]:
    return list(SOURCE.read(HERE / name, DATASET))


def of(content: bytes, name: str = "changed.xml") -> list[Record | Finding]:
    return list(SOURCE.read(written(name, content).path, DATASET))


def records(items: Iterable[Record | Finding]) -> list[Record]:
    return [item for item in items if isinstance(item, Record)]


def shown(record: Record) -> str:
    """A record on one line: kind, key, line, and the texts of its fields with their languages."""
    fields = [
        f"{name}={'|'.join(cell.text + (f'@{cell.language}' if cell.language else '') for cell in cells)}"
        for name, cells in record.fields.items()
    ]
    return f"{record.source.line} {record.kind} {'/'.join(record.key)}: {', '.join(fields)}"


def keys(items: Iterable[Record | Finding]) -> set[tuple[str, ...]]:
    return {(record.kind, *record.key) for record in records(items)}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_gives_these_records(name: str) -> None:
    assert [shown(record) for record in records(read(name))] == EXPECTED[name]["records"]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_not_taken_is_said_at_its_place(name: str) -> None:
    told = {rule for rule, *_ in EXPECTED[name]["findings"]}
    found = [item for item in read(name) if isinstance(item, Finding) and item.rule in told]
    assert [
        [item.rule, item.location.line or 0, item.location.column, item.value] for item in found if item.location
    ] == EXPECTED[name]["findings"]


def test_a_value_read_by_the_standard_still_shows_what_was_written() -> None:
    (project,) = (r for r in records(read("earlier.xml")) if r.kind == "participation" and "funder" in r.key)
    (role,) = project.fields["role"]
    assert (role.text, role.source, role.line, role.column) == ("funder", "Funding", 13, "participating-org/@role")


def test_persons_appear_nowhere() -> None:
    for item in read("activity.xml"):
        assert "Jane" not in str(item)
        assert "jane@" not in str(item)


def test_an_organisation_has_one_name_a_language() -> None:
    names = [
        (record.key, cell.language)
        for record in records(read("activity.xml"))
        if record.kind == "organisation"
        for cell in record.fields.get("name", ())
    ]
    assert len(names) == len(set(names))


def test_earlier_versions_give_the_same_entities() -> None:
    earlier = {key for key in keys(read("earlier.xml")) if key[0] not in {"participation", "project"}}
    assert earlier <= keys(read("activity.xml"))


def test_every_record_can_be_mapped() -> None:
    found = [item for item in load_lines(HERE / "activity.xml", DATASET) if isinstance(item, Finding)]
    rules = sorted(item.rule for item in found if item.rule.startswith("unknown"))
    assert rules == ["unknown-countries", "unknown-transaction-types"]
    assert not [item for item in found if item.severity is Severity.VIOLATION]


def test_it_is_recognised_by_its_root_alone() -> None:
    assert "<iati-activities>" in SOURCE.recognise(Look(HERE / "activity.xml"))
    assert "<iati-organisations>" in SOURCE.recognise(Look(HERE / "organisations.xml"))
    assert SOURCE.recognise(Look(HERE / "expected.yaml")) == ""
    assert SOURCE.recognise(Look(HERE)) == ""


@given(st.randoms(use_true_random=False))
def test_the_order_of_elements_changes_no_identity(random: Any) -> None:
    root = etree.fromstring(WHOLE, PARSER)
    # Of activities with one identifier the first counts, so these keep their order.
    for element in root.iter():
        if element is not root and len(element) > 1:
            children = list(element)
            random.shuffle(children)
            element[:] = children
    assert keys(of(etree.tostring(root))) == keys(of(etree.tostring(etree.fromstring(WHOLE, PARSER))))


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=3)), min_size=1, max_size=5))
def test_whatever_happens_to_a_file_it_is_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(WHOLE)
    for place, new in changes:
        content[place : place + len(new)] = new
    with suppress(SourceError):
        of(bytes(content))


def test_effects_tell_skipped_records() -> None:
    found = [item for item in read("activity.xml") if isinstance(item, Finding)]
    skipped = sorted(item.rule for item in found if item.effect is Effect.RECORD_SKIPPED)
    assert skipped == ["iati-activity-twice", "iati-activity-without-identifier", "iati-participant-unnamed"]
