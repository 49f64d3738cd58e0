"""The rules of the IATI standard: what keeps to them gives no finding, what breaks one gives it at its place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from ruamel.yaml import YAML

from loaders.findings import Finding, Location, Severity
from loaders.sources.iati.examination import LARGEST_REPORT
from loaders.sources.iati.rules import FileRules
from loaders.sources.iati.standard import ROOTS, VERSIONS, standard

DATA: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("rules.yaml"))
OLD = {"2.01", "2.02"}


def judged(text: str) -> Iterator[Finding]:
    root = etree.fromstring(text)
    rules = FileRules(root, "file.xml")
    yield from rules.opening()
    for element in root:
        if isinstance(element.tag, str):
            yield from rules.check(element)
    yield from rules.closing()


def changed(file: str, old: str, new: str) -> str:
    assert DATA[file].count(old) == 1
    return DATA[file].replace(old, new)


@pytest.mark.parametrize("file", ["activities", "organisations"])
def test_what_keeps_to_the_standard_gives_no_finding(file: str) -> None:
    assert list(judged(DATA[file])) == []


@pytest.mark.parametrize(("file", "old", "new", "rule", "line", "path"), DATA["cases"])
def test_what_breaks_a_rule_is_found_at_its_place(
    file: str, old: str, new: str, rule: str, line: int, path: str
) -> None:
    place = Location("file.xml", column=path, line=line)
    found = [found for found in judged(changed(file, old, new)) if (found.rule, found.location) == (rule, place)]
    assert [found.severity for found in found] == [Severity.VIOLATION]


@pytest.mark.parametrize(("old", "new", "rule", "line", "value"), DATA["advice"])
def test_what_is_not_as_advised_is_found_at_its_line(old: str, new: str, rule: str, line: int, value: str) -> None:
    (found,) = judged(changed("activities", old, new))
    assert (found.rule, found.location.line if found.location else None, found.value) == (rule, line, value)
    assert found.severity in {Severity.WARNING, Severity.INFO}


@pytest.mark.parametrize(("file", "old", "new", "version", "rule"), DATA["versions"])
def test_each_version_has_its_own_rules(file: str, old: str, new: str, version: str, rule: str) -> None:
    text = changed(file, old, new)
    assert list(judged(text)) == []
    found = list(judged(text.replace('version="2.03"', f'version="{version}"')))
    assert {found.rule for found in found} == {rule}
    assert {found.severity for found in found} == {Severity.VIOLATION}
    assert all(version in found.text(language) for found in found for language in ("en", "cs"))


@pytest.mark.parametrize(("file", "old", "new", "version", "rule"), DATA["versions"])
def test_a_file_of_unknown_version_is_compared_with_all(file: str, old: str, new: str, version: str, rule: str) -> None:
    del version
    found = list(judged(changed(file, old, new).replace('version="2.03"', 'version="2.3"')))
    assert {found.rule for found in found} == {"iati-version-unknown", rule}
    assert {found.severity for found in found} == {Severity.WARNING}


def test_a_file_of_unknown_version_that_breaks_all_is_judged_by_the_newest() -> None:
    text = DATA["activities"].replace('version="2.03"', 'version="next"').replace('<activity-status code="2"/>', "")
    found = list(judged(text))
    assert [(found.rule, found.severity.value) for found in found] == [
        ("iati-version-unknown", "warning"),
        ("iati-missing-element", "violation"),
    ]


def test_a_file_of_iati_1_is_not_judged_but_said_to_be_old() -> None:
    found = list(judged('<iati-activities version="1.05"><iati-activity><nothing/></iati-activity></iati-activities>'))
    assert [found.rule for found in found] == ["iati-version-old"]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_without_content_lacks_it(version: str) -> None:
    found = list(judged(f'<iati-organisations version="{version}"/>'))
    assert [found.rule for found in found] == ["iati-missing-element"]


def test_what_d_portal_took_from_an_older_file_is_judged_by_that_version() -> None:
    text = changed(
        "activities",
        "<iati-activity ",
        '<iati-activity xmlns:d="http://d-portal.org/xmlns/iati-activities" d:version="2.01" ',
    )
    assert list(judged(text)) == []
    assert [found.rule for found in judged(text.replace("<budget>", '<budget status="1">'))] == [
        "iati-unknown-attribute"
    ]


def test_no_finding_repeats_what_may_be_personal() -> None:
    text = changed("activities", "<narrative>Jana Nováková</narrative>", "Jana Nováková").replace(
        "https://example.org/a", "Jana 100%  Nováková"
    )
    found = list(judged(text))
    assert {found.rule for found in found} == {"iati-loose-text", "iati-missing-element", "iati-not-an-address"}
    assert "Jana" not in repr(found)


def test_a_thousand_faults_are_told_and_the_rest_counted() -> None:
    found = list(judged(changed("activities", "<sector code", "<wrong/>" * (LARGEST_REPORT + 234) + "<sector code")))
    assert len(found) == LARGEST_REPORT + 1
    assert found[-1].rule == "iati-more-faults"
    assert "234" in found[-1].text()


def test_a_value_of_any_length_is_judged_at_once() -> None:
    for value in ("a" * 9_000_000, "%" * 60_000, "/a" * 30_000 + " ", "1" * 60_000):
        text = DATA["activities"].replace("https://example.org/zpr%C3%A1va.pdf", value).replace("-250.50", value)
        assert all(len(found.value) <= 1000 for found in judged(text))


@given(
    st.recursive(
        st.just(()),
        lambda inner: st.lists(
            st.tuples(st.sampled_from(["iati-activity", "value", "title", "{u:x}y"]), inner), max_size=4
        ),
        max_leaves=20,
    )
)
def test_any_tree_is_judged_without_a_crash(tree: Any) -> None:
    def grown(parent: Any, branches: Any) -> None:
        for tag, inner in branches:
            grown(etree.SubElement(parent, tag), inner)

    root = etree.Element("iati-activities", version="2.02")
    grown(root, tree)
    assert all(found.location and found.location.file == "file.xml" for found in judged(etree.tostring(root).decode()))


@pytest.mark.parametrize("version", VERSIONS)
def test_each_type_and_child_of_the_tables_is_understood(version: str) -> None:
    roots = standard(version)
    assert set(roots) == set(ROOTS)
    assert roots["iati-activities"].children["iati-activity"].content.children["budget"].content.least == (
        "period-start",
        "period-end",
        "value",
    )


def test_names_of_any_length_are_cut_in_findings() -> None:
    long = "n" * 40_000
    text = changed("activities", "<sector code", f"<{long}/>" * 3 + f'<sector {long}="1" code')
    assert all(len(repr(found)) < 20_000 for found in judged(text))


def test_an_element_with_very_many_attributes_is_judged_at_once() -> None:
    many = " ".join(f'a{number}="1"' for number in range(50_000))
    found = list(judged(changed("activities", "<sector code", f"<sector {many} code")))
    assert found[-1].rule == "iati-more-faults"
