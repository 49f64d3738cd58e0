"""Entries as people send them in, against a graph that knows one organisation and one project with a coordinator."""

from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from graph_app.validation import entry
from graph_app.validation.entry import check_entry
from loaders.datasets import Dataset
from loaders.errors import SourceError
from loaders.findings import Severity

_DATASET = Dataset("entry", {"en": "Entry"}, "curated", "curated")
_KNOWN = """
@prefix ig: <https://w3id.org/integration-graph/ontology#> . @prefix id: <https://w3id.org/integration-graph/id/> .
@prefix role: <https://w3id.org/integration-graph/role/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/integration-graph/id/organisation/curated/iom> a ig:Organisation ; skos:prefLabel "IOM"@en .
<https://w3id.org/integration-graph/id/project/curated/access> a ig:Project ; dct:title "ACCESS"@en ;
    ig:startDate "2013-12"^^xsd:gYearMonth .
<https://w3id.org/integration-graph/id/participation/curated/access/iom/coordinator> a ig:Participation ;
    ig:project <https://w3id.org/integration-graph/id/project/curated/access> ; ig:role role:coordinator ;
    ig:organisation <https://w3id.org/integration-graph/id/organisation/curated/iom> .
"""
_HEAD = "dataset: entry\n"


def _known(_iris):
    return Graph().parse(data=_KNOWN, format="turtle")


@pytest.fixture
def check(tmp_path):
    """Check one YAML file; give what blocks, as line, key and rule."""

    def run(text):
        path = tmp_path / "entry.yaml"
        path.write_text(_HEAD + text, encoding="utf-8")
        report = check_entry(path, _DATASET, _known)
        blocking = [found for found in report.findings if found.severity is Severity.VIOLATION]
        assert report.accepted is not bool(blocking)
        return [(found.location.line, found.location.column, found.rule) for found in blocking]

    return run


# The dataset stands on line 1, so the entry begins on line 2.
_FAULTS = {
    "an entry without fault": (
        """projects:
  - id: course
    locator: line 1
    title: {en: Course}
    continues: access
    participations: [{organisation: iom, role: partner}]
""",
        [],
    ),
    "no title": ("projects:\n  - {id: course, locator: line 1, country: CZE}\n", [(3, "", "ProjectTitleGiven")]),
    "an unknown role is not also a missing one": (
        "participations:\n  - {project: access, organisation: iom, role: sponsor, locator: line 1}\n",
        [(3, "role", "unknown-roles")],
    ),
    "a missing role": (
        "participations:\n  - {project: access, organisation: iom, locator: line 1}\n",
        [(3, "", "ParticipationRole")],
    ),
    "a reference that nothing knows": (
        "participations:\n  - {project: access, organisation: nobody, role: partner, locator: line 1}\n",
        [(3, "organisation", "ParticipationOrganisation")],
    ),
    "a grant that nothing knows": (
        "amounts:\n  - {grant: none, value: '5', currency: EUR, amount_kind: awarded, locator: line 1}\n",
        [(3, "grant", "AmountGrant")],
    ),
    "an end before the start": (
        "projects:\n  - id: course\n    locator: line 1\n    title: {en: Course}\n    start: 2024-05\n    end: 2023\n",
        [(7, "end", "DatesInOrder")],
    ),
    "a negative amount": (
        """grants:
  - id: money
    locator: line 1
    project: access
    donor: iom
    amounts: [{value: "-5", currency: EUR, amount_kind: awarded}]
""",
        [(7, "value", "AmountValueNotNegative")],
    ),
    "a value that the loader refuses is not also missing": (
        """grants:
  - id: money
    locator: line 1
    project: access
    amounts: [{value: "many", currency: EUR, amount_kind: awarded}]
""",
        [(6, "value", "number-unreadable")],
    ),
    "a follow-up that starts before a project of the graph": (
        """projects:
  - id: course
    locator: line 1
    title: {en: Course}
    start: 2012
    continues: access
""",
        [(7, "continues", "FollowUpStartsLater")],
    ),
    "a second coordinator of a project of the graph": (
        """organisations:
  - {id: club, locator: line 1, name: {en: Club}}
participations:
  - {project: access, organisation: club, role: coordinator, locator: line 1}
""",
        [(5, "role", "OneCoordinator")],
    ),
    "another title for a project of the graph": (
        "projects:\n  - id: access\n    locator: line 1\n    title: {en: Accession}\n",
        [(5, "title.en", "ProjectTitleOnce")],
    ),
    "a file that cannot be read": ("projects: [\n", [(3, "", "yaml-broken")]),
}


@pytest.mark.parametrize(("text", "expected"), _FAULTS.values(), ids=_FAULTS)
def test_each_fault_is_one_finding_at_its_place(check, text, expected):
    assert check(text) == expected


def test_the_graph_is_asked_for_what_the_entry_defines_and_refers_to(tmp_path):
    path = tmp_path / "entry.yaml"
    path.write_text(
        _HEAD + "participations:\n  - {project: access, organisation: iom, role: partner, locator: line 1}\n",
        encoding="utf-8",
    )
    asked = []

    check_entry([path], _DATASET, lambda iris: asked.append(iris) or _known(iris))

    base = "https://w3id.org/integration-graph/id/"
    assert asked == [
        {
            f"{base}project/curated/access",
            f"{base}organisation/curated/iom",
            f"{base}participation/curated/access/iom/partner",
        }
    ]


def test_faults_of_the_graph_are_not_held_against_the_entry(tmp_path):
    path = tmp_path / "entry.yaml"
    path.write_text(
        _HEAD + "participations:\n  - {project: access, organisation: iom, role: author, locator: line 1}\n",
        encoding="utf-8",
    )

    def faulty(_iris):
        known = _known(_iris)
        known.remove((None, URIRef("http://purl.org/dc/terms/title"), None))
        return known

    report = check_entry(path, _DATASET, faulty)

    assert report.accepted
    assert report.findings == ()
    assert report.statements


def test_findings_of_several_files_come_in_the_order_of_files(tmp_path):
    for name in ("b.yaml", "a.yaml"):
        (tmp_path / name).write_text(_HEAD + f"projects:\n  - {{id: {name[0]}, locator: line 1}}\n", encoding="utf-8")

    report = check_entry([tmp_path / "b.yaml", tmp_path / "a.yaml"], _DATASET, _known)

    files = [found.location.file for found in report.findings]
    assert files == sorted(files)
    assert set(files) == {"a.yaml", "b.yaml"}


def test_an_unknown_format_stops_the_run(tmp_path):
    path = Path(tmp_path / "entry.yaml")
    path.write_text(_HEAD, encoding="utf-8")

    with pytest.raises(SourceError, match="parchment"):
        check_entry(path, Dataset("entry", {"en": "Entry"}, "parchment", "curated"), _known)


def test_a_large_entry_is_checked_on_columns_with_the_same_findings(tmp_path, monkeypatch):
    paths = []
    for number, (text, _) in enumerate(_FAULTS.values()):
        path = tmp_path / f"{number:02}.yaml"
        path.write_text(_HEAD + text, encoding="utf-8")
        paths.append(path)

    asked = []
    known = lambda iris: asked.append(iris) or _known(iris)  # noqa: E731 - as short as it is clear
    in_memory = check_entry(paths, _DATASET, known)
    monkeypatch.setattr(entry, "SMALL", 0)
    on_columns = check_entry(paths, _DATASET, known)

    assert on_columns == in_memory
    assert not in_memory.accepted
    assert asked[0] == asked[1]
