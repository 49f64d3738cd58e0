"""The curated records hold together, and hold what the source documents state."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from loaders.datasets import Dataset, read_datasets
from loaders.fields import ValueKind
from loaders.findings import Finding
from loaders.model import ENTITIES
from loaders.records import Cell, Record
from loaders.schemes import scheme
from loaders.sources.curated import read

DATA = Path(__file__).resolve().parents[2] / "data"
EXPECTED = YAML(typ="safe").load((Path(__file__).parent / "expected.yaml").read_text(encoding="utf-8"))
DATASETS = read_datasets(DATA / "datasets.yaml")
KEYS = [dataset.key for dataset in DATASETS]
LOCATOR = re.compile(r"lines? (\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*)")
BILINGUAL = {"name", "description", "statement"}


@cache
def contents(key: str) -> tuple[Record | Finding, ...]:
    (dataset,) = (dataset for dataset in DATASETS if dataset.key == key)
    return tuple(read(DATA / "records" / f"{key}.yaml", dataset))


@cache
def records() -> tuple[Record, ...]:
    return tuple(item for key in KEYS for item in contents(key) if isinstance(item, Record))


def of_kind(kind: str) -> Iterator[Record]:
    return (record for record in records() if record.kind == kind)


def values(record: Record, field: str) -> list[str]:
    return [cell.text for cell in record.fields.get(field, ())]


def value(record: Record, field: str) -> str:
    return next(iter(values(record, field)), "")


def cells(kind: ValueKind) -> Iterator[tuple[Record, str, str, Cell]]:
    """Yield every cell of a kind with its record, field name and the field's target."""
    for record in records():
        for name, found in record.fields.items():
            field = ENTITIES[record.kind].field(name)
            if field.kind is kind:
                for cell in found:
                    yield record, name, field.target, cell


@pytest.mark.parametrize("dataset", DATASETS, ids=KEYS)
def test_every_dataset_is_described_and_has_its_file(dataset: Dataset) -> None:
    assert dataset.file == f"records/{dataset.key}.yaml"
    assert (DATA / dataset.file).is_file()
    assert dataset.namespace == "curated"
    assert dataset.document
    assert len(dataset.sha256) == len(hashlib.sha256().hexdigest())
    assert set(dataset.title) == set(dataset.description) == {"en", "cs"}


def test_every_file_of_records_belongs_to_a_dataset() -> None:
    assert sorted(path.stem for path in (DATA / "records").iterdir()) == sorted(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_reading_finds_no_fault(key: str) -> None:
    assert [str(item.location) for item in contents(key) if isinstance(item, Finding)] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_entry_names_lines_that_the_document_has(key: str) -> None:
    last = EXPECTED["documents"][key]["lines"]
    for record in (item for item in contents(key) if isinstance(item, Record)):
        match = LOCATOR.fullmatch(record.source.locator)
        assert match, f"{record.kind} {record.key}: {record.source.locator!r}"
        ends = [int(number) for number in re.findall(r"\d+", match[1])]
        assert ends == sorted(ends), f"{record.kind} {record.key}: {record.source.locator!r}"
        assert 1 <= ends[0] <= ends[-1] <= last, f"{record.kind} {record.key}: {record.source.locator!r}"


def test_every_reference_leads_to_an_entry() -> None:
    known = {f"{record.kind}/{record.key[0]}" for record in records() if len(record.key) == 1}
    targets = {
        f"{target}/{cell.text}" if target else cell.text: (record.source.file, cell.line)
        for record, _name, target, cell in cells(ValueKind.REFERENCE)
    }
    assert {target: place for target, place in targets.items() if target not in known} == {}


def test_every_concept_is_in_its_scheme() -> None:
    unknown = {
        (record.source.file, cell.line, cell.text)
        for record, _name, target, cell in cells(ValueKind.CONCEPT)
        if scheme(target).find(cell.text) is None
    }
    assert unknown == set()


def test_texts_of_ours_are_in_english_and_czech() -> None:
    written: dict[tuple[str, int | None, str], set[str]] = defaultdict(set)
    for record, name, _target, cell in cells(ValueKind.TEXT):
        if name in BILINGUAL:
            written[record.source.file, record.source.line, name].add(cell.language)
    assert {place: found for place, found in written.items() if found != {"en", "cs"}} == {}


@pytest.mark.parametrize("field", ["name", "title"])
def test_an_entity_has_one_name_over_all_documents(field: str) -> None:
    names: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for record in records():
        for cell in record.fields.get(field, ()):
            names[record.kind, record.key[0], cell.language].add(cell.text)
    assert {entity: found for entity, found in names.items() if len(found) > 1} == {}


def test_no_natural_person_is_named() -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in DATA.rglob("*.*"))
    assert [word for word in EXPECTED["absent"] if word in texts] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_document_gives_all_it_states(key: str) -> None:
    found = Counter(item.kind for item in contents(key) if isinstance(item, Record))
    assert dict(found) == EXPECTED["documents"][key]["entries"]


def test_different_entities_are_counted_once() -> None:
    found = {kind: len({record.key for record in of_kind(kind)}) for kind in EXPECTED["entities"]}
    assert found == EXPECTED["entities"]


def test_what_several_documents_tell_of_is_one_entity() -> None:
    sources: dict[str, set[str]] = defaultdict(set)
    for record in records():
        if record.kind in {"organisation", "project", "output", "discrepancy"}:
            sources[f"{record.kind}/{record.key[0]}"].add(record.source.dataset)
    assert {entity: sorted(found) for entity, found in sources.items() if len(found) > 1} == EXPECTED["shared"]


@pytest.mark.parametrize(("entity", "field", "expected"), EXPECTED["facts"], ids=lambda part: str(part)[:40])
def test_a_fact_is_stated(entity: str, field: str, expected: list[object]) -> None:
    kind, identifier = entity.split("/", 1)
    found = {text for record in of_kind(kind) if record.key == (identifier,) for text in values(record, field)}
    assert sorted(found) == sorted(map(str, expected))


def test_every_project_has_its_participants() -> None:
    found: dict[str, dict[str, list[str]]] = {record.key[0]: {} for record in of_kind("project")}
    for record in of_kind("participation"):
        if project := value(record, "project"):
            roles = found[project].setdefault(value(record, "organisation"), [])
            roles.extend(role for role in values(record, "role") if role not in roles)
    usual = {key: {"iom": ["implementing-organisation"]} for key in found}
    assert found == usual | EXPECTED["participants"]


def test_every_project_has_its_funding() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for record in of_kind("grant"):
        found[value(record, "project")] += values(record, "donor") + values(record, "programme")
    assert {project: sorted(names) for project, names in found.items()} == EXPECTED["funding"]


def test_a_donor_here_implements_there() -> None:
    given = {(value(record, "donor"), value(record, "project")) for record in of_kind("grant")}
    done = {
        (value(record, "organisation"), value(record, "project"))
        for record in of_kind("participation")
        if value(record, "role") == "implementing-organisation"
    }
    both = {
        donor for donor, project in given for organisation, other in done if donor == organisation and project != other
    }
    assert sorted(both) == EXPECTED["donors_that_implement"]


def test_expected_numbers_of_people() -> None:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for record in of_kind("beneficiaries"):
        found[value(record, "project")][value(record, "target_group")] = int(value(record, "count"))
    assert found == EXPECTED["beneficiaries"]


def test_expected_numbers_of_other_things() -> None:
    found: dict[str, list[int]] = defaultdict(list)
    for record in of_kind("result"):
        found[value(record, "project")].append(int(value(record, "count")))
    assert {project: sorted(counts) for project, counts in found.items()} == EXPECTED["results"]


def test_rough_numbers_say_so() -> None:
    rough = [record.key[0] for record in records() if value(record, "approximate") == "true"]
    assert sorted(rough) == EXPECTED["approximate"]


@pytest.mark.parametrize(("group", "expected"), EXPECTED["target_groups"].items())
def test_projects_for_a_target_group(group: str, expected: list[str]) -> None:
    found = {record.key[0] for record in of_kind("project") if group in values(record, "target_group")}
    assert sorted(found) == expected
