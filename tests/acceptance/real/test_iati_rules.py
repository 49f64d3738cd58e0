"""The rules of the IATI standard beside its own schemas: on pyIATI's test files, real files and random changes."""

import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from ruamel.yaml import YAML

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Severity
from loaders.sources.iati.reader import SOURCE
from loaders.sources.iati.rules import check
from loaders.sources.iati.standard import ROOTS, VERSIONS

IATI = Path(__file__).resolve().parents[3].parent / "shared" / "real-data" / "iati"
RULES: list[tuple[str, str]] = YAML(typ="safe").load(Path(__file__).with_name("iati_rules.yaml"))
#: What the standard's ruleset adds to its schemas.
ADVICE = {
    *(
        "iati-dates-reversed",
        "iati-identifier-signs",
        "iati-nameless-organisation",
        "iati-shares",
        "iati-without-sector",
    ),
    "iati-without-start",
}
ORIGINAL_VERSION = "{http://d-portal.org/xmlns/iati-activities}version"

pytestmark = pytest.mark.skipif(not IATI.is_dir(), reason="the real files of IATI are not here")


@cache
def schema(root: str, version: str) -> etree.XMLSchema:
    """The standard's own schema, read where it is."""
    name = f"{root}-schema.xsd"
    return etree.XMLSchema(etree.parse(IATI / "standard" / "xsd" / version / name))


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of pyIATI for the versions from 2.01, by their path without suffix."""
    folder = tmp_path_factory.mktemp("pyiati")
    with tarfile.open(IATI / "pyiati-test-files.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    data = folder / "pyiati" / "test_data"
    # Their files say version="xx"; the folder says the version.
    return {
        str(path.relative_to(data).with_suffix("")): path
        for version in VERSIONS
        for path in sorted((data / version.replace(".", "-")).rglob("*.xml"))
    }


def told(good: str, files: dict[str, Path]) -> dict[str, Path]:
    """The files in a folder that ends so, at any depth."""
    return {name: path for name, path in files.items() if f"-{good}/" in name}


def judged(path: Path) -> list[Finding]:
    """What the loader says of a file."""
    dataset = Dataset("test", {"en": "Test"}, "iati", "iati")
    try:
        return [item for item in SOURCE.read(path, dataset) if isinstance(item, Finding)]
    except SourceFault as fault:
        return [fault.finding]


def in_version(path: Path, name: str, folder: Path) -> Path:
    """The same file with the version that its folder names."""
    version = name[:4].replace("-", ".")
    copy = folder / path.name
    copy.write_bytes(path.read_bytes().replace(b'version="xx"', f'version="{version}"'.encode(), 1))
    return copy


def rules(path: Path) -> set[str]:
    """The names of the rules that a file breaks."""
    return {finding.rule for finding in judged(path)}


def violations(found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.severity is Severity.VIOLATION]


def test_files_are_counted_by_their_folders(files: dict[str, Path]) -> None:
    assert (len(told("pass", files)), len(told("fail", files))) == (363, 1126)


def test_every_good_file_keeps_to_its_version(files: dict[str, Path], tmp_path: Path) -> None:
    found = {name: judged(in_version(path, name, tmp_path)) for name, path in told("pass", files).items()}
    assert {name: findings for name, findings in found.items() if violations(findings)} == {}


def test_every_bad_file_breaks_the_rule_that_its_name_says(files: dict[str, Path], tmp_path: Path) -> None:
    missed = {}
    for name, path in told("fail", files).items():
        found = violations(judged(in_version(path, name, tmp_path)))
        assert all(finding.location and finding.location.file and finding.location.line for finding in found)
        rule = next(rule for pattern, rule in RULES if re.search(pattern, name))
        if rule not in {finding.rule for finding in found}:
            missed[name] = (rule, found)
    assert missed == {}


def test_files_of_unknown_version_are_judged_as_well(files: dict[str, Path]) -> None:
    good = {name: judged(path) for name, path in told("pass", files).items()}
    assert {name: found for name, found in good.items() if violations(found)} == {}
    bad = {name: rules(path) for name, path in told("fail", files).items()}
    expected = {name: next(rule for pattern, rule in RULES if re.search(pattern, name)) for name in bad}
    assert {name: broken for name, broken in bad.items() if expected[name] not in broken} == {}


def test_the_good_files_beside_them_keep_to_the_standard(files: dict[str, Path]) -> None:
    good = {name: judged(path) for name, path in files.items() if "/valid_" in name}
    assert len(good) == 27
    assert {name: found for name, found in good.items() if violations(found)} == {}


def test_bad_files_for_the_ruleset_are_found(files: dict[str, Path]) -> None:
    found = {name.partition("invalid_std_ruleset_")[2]: judged(path) for name, path in files.items() if "_std_" in name}
    advice = {name: {finding.rule for finding in findings} & ADVICE for name, findings in found.items()}
    assert advice == {
        "": set(),
        "bad_date_order": {"iati-dates-reversed"},
        "bad_identifier": {"iati-identifier-signs"},
        "does_not_sum_100": {"iati-shares"},
        "missing_sector_element": {"iati-without-sector"},
        "multiple_rule_errors": {"iati-identifier-signs", "iati-nameless-organisation"},
    }


def test_files_with_wrong_sector_codes_are_found(files: dict[str, Path]) -> None:
    vocabularies = [name for name, path in files.items() if "iati_vocab" in name and "iati-sector-code" in rules(path)]
    assert {name.partition("iati_vocab_")[2] for name in vocabularies} == {
        "default_implicit_invalid_code",
        "multiple_different_invalid_code",
        "multiple_same_invalid_code",
    }


def activities() -> Iterator[tuple[str, Any]]:
    for path in sorted((IATI / "dportal-2021-06-15").glob("*.xml")):
        for activity in etree.parse(path).getroot():
            yield path.name, activity


def alone(element: Any, version: str) -> Any:
    """An element under a root of its own, as the schemas want it."""
    root = etree.Element(next(root for root, child in ROOTS.items() if child == element.tag), version=version)
    root.append(deepcopy(element))
    return root


def test_real_activities_are_judged_as_the_schemas_judge_them() -> None:
    counted: Counter[str] = Counter()
    broken = 0
    for name, activity in activities():
        version = activity.get(ORIGINAL_VERSION)
        found = list(check(activity, version, name))
        valid = schema("iati-activities", version).validate(alone(activity, version))
        assert valid is not bool(found), (name, activity.sourceline, found)
        broken += not valid
        counted.update(finding.rule for finding in found)
    assert broken == 386
    assert counted == {
        "iati-unknown-attribute": 516,
        "iati-unknown-element": 102,
        "iati-missing-attribute": 60,
        "iati-loose-text": 42,
        "iati-not-a-date": 21,
        "iati-order": 21,
        "iati-empty": 21,
        "iati-missing-element": 7,
    }


@cache
def seeds() -> list[tuple[str, Any]]:
    """The good files of pyIATI, each the beginning of random changes."""
    with tarfile.open(IATI / "pyiati-test-files.tar.gz") as archive:
        members = [member for member in archive if re.search(r"/2-0\d/ssot-[a-z]+-xml-pass/.*\.xml$", member.name)]
        return [
            (member.name.split("/")[2].replace("-", "."), etree.fromstring(archive.extractfile(member).read()))  # type: ignore[union-attr]
            for member in members
        ]


#: No date with white space around it is here: libxml2 refuses what XML Schema allows.
VALUES = [
    *(
        "",
        " ",
        "0",
        "1",
        "true",
        "TRUE",
        "yes",
        "-1",
        "+2",
        "2016",
        "1.5",
        "1.",
        ".5",
        ".",
        "1,5",
        "1e3",
        "NaN",
        "99999999999",
    ),
    *("2024-02-29", "2023-02-29", "2024-2-9", "2024-01-01Z", "2024-01-01+14:00", "2024-01-01+15:00"),
    *(
        "0000-01-01",
        "-0044-03-15",
        "12024-01-01",
        "2024-01-01T00:00:00",
        "2024-01-01T24:00:00",
        "2024-01-01T10:00:00.5Z",
    ),
    *("https://example.org/a b", "https://example.org/%zz", "example.org", "//x", "a:b", "1:2", "mailto:a@example.org"),
    *(
        "http://[::1]:80/x?y#z",
        "a#b#c",
        "https://příklad.cz/{x}|",
        "http://x:y/",
        "en",
        "EN",
        "cs-CZ",
        "en_GB",
        "x-klingon",
        "čeština",
    ),
    *("two words", "a.b-c:d", "\u00a0", "\u00a01\u00a0"),
]
NAMES = [
    "narrative",
    "title",
    "description",
    "value",
    "foo",
    "{u:x}foo",
    "iati-identifier",
    "period-end",
    "document-link",
]
ATTRIBUTES = [
    *(
        "code",
        "ref",
        "type",
        "percentage",
        "iso-date",
        "value-date",
        "foo",
        "{u:x}foo",
        "vocabulary",
        "url",
        "humanitarian",
    ),
    "{http://www.w3.org/XML/1998/namespace}lang",
]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["drop", "double", "rename", "move", "text", "tail", "set", "unset", "value"]),
        st.integers(0, 200),
        st.sampled_from(VALUES),
        st.sampled_from(NAMES),
        st.sampled_from(ATTRIBUTES),
    ),
    min_size=1,
    max_size=3,
)


def change(judged: Any, kind: str, place: int, value: str, name: str, attribute: str) -> None:
    """Change one thing inside an activity or organisation.

    What an element of another namespace holds is its own, and an organisation's identifier may hold anything; the
    schemas look inside both for what they happen to know, the rules do not.
    """
    inside = [element for element in judged.iter(etree.Element) if element.tag != "organisation-identifier"][1:]
    if not inside or (name.startswith("{") and kind == "rename" and len(inside[place % len(inside)])):
        return
    element = inside[place % len(inside)]
    parent = element.getparent()
    names = sorted(element.attrib) or [attribute]
    given_name = names[place % len(names)]
    match kind:
        case "drop":
            parent.remove(element)
        case "double":
            element.addnext(deepcopy(element))
        case "rename":
            element.tag = name
        case "move":
            parent.insert(place % 3, element)
        case "text":
            element.text = value
        case "tail":
            element.tail = value
        case "unset":
            element.attrib.pop(given_name, None)
        case _:
            element.set(attribute if kind == "set" else given_name, value)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_random_changes_are_judged_as_the_schemas_judge_them(data: st.DataObject) -> None:
    version, seed = data.draw(st.sampled_from(seeds()))
    element = deepcopy(next(seed.iterchildren(etree.Element)))
    for what in data.draw(CHANGES):
        change(element, *what)
    found = list(check(element, version, "file.xml"))
    valid = schema(seed.tag, version).validate(alone(element, version))
    assert valid is not bool(found), (etree.tostring(element), found, schema(seed.tag, version).error_log)
